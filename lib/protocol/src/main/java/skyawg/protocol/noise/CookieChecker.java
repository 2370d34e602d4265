package skyawg.protocol.noise;

import java.lang.foreign.Arena;
import skyawg.protocol.crypto.Blake2s;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.crypto.KeyVault;
import skyawg.protocol.crypto.XChaCha20Poly1305;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.noise.HandshakeMessage.CookieReply;
import skyawg.protocol.wire.Memory;
import skyawg.protocol.wire.UdpPath;

/**
 * Makes cookies and checks mac2: that the sender of a message receives at the address it claims (WireGuard paper
 * §5.4.7). A cookie is the MAC of address and port under a secret that changes every two minutes; nothing is stored per
 * sender.
 */
final class CookieChecker implements AutoCloseable {
    private static final int MAX_SOURCE_LENGTH = 16 + 2;

    private final Entropy entropy;
    private final Blake2s blake2s = new Blake2s();
    private final XChaCha20Poly1305 cipher = new XChaCha20Poly1305();
    private final Arena arena = Arena.ofAuto();
    private final long sourceBytes = Memory.allocate(arena, MAX_SOURCE_LENGTH);
    private final long secret = KeyVault.allocate();
    private final long cookieKey = KeyVault.allocate();
    private final byte[] cookie = new byte[HandshakeMessage.MAC_LENGTH];
    private final byte[] mac = new byte[HandshakeMessage.MAC_LENGTH];
    private final byte[] nonce = new byte[CookieReply.NONCE_LENGTH];
    private boolean hasSecret;
    private long secretMadeNanos;

    CookieChecker(Entropy entropy) {
        this.entropy = entropy;
    }

    /** Cookies are sealed under a key that follows from our public key. */
    void setPublicKey(byte[] publicKey) {
        byte[] key = new byte[KeyVault.KEY_LENGTH];
        LocalIdentity.cookieKey(blake2s, publicKey, key);
        Memory.copy(key, 0, cookieKey, key.length);
    }

    /** Whether mac2 proves that the sender has a cookie of ours for its address. Compares in constant time. */
    boolean isMac2Genuine(byte[] message, int mac2Offset, UdpPath source, long nowNanos) {
        if (!isSecretFresh(nowNanos)) {
            return false;
        }
        makeCookie(source);
        blake2s.beginMac(cookie, 0, cookie.length);
        blake2s.update(message, 0, mac2Offset);
        blake2s.finish(mac, 0);
        int difference = 0;
        for (int i = 0; i < mac.length; i++) {
            difference |= mac[i] ^ message[mac2Offset + i];
        }
        return difference == 0;
    }

    /**
     * Writes the answer to a message refused under load, all of it but its type word.
     *
     * @param mac1Offset of the refused message
     */
    void writeReply(byte[] refused, int mac1Offset, UdpPath source, long nowNanos, byte[] reply) {
        if (!isSecretFresh(nowNanos)) {
            entropy.fill(secret, KeyVault.KEY_LENGTH);
            hasSecret = true;
            secretMadeNanos = nowNanos;
        }
        makeCookie(source);
        entropy.fill(nonce);
        sealReply(refused, mac1Offset, cookie, nonce, reply);
    }

    /** With everything random given. */
    void sealReply(byte[] refused, int mac1Offset, byte[] givenCookie, byte[] givenNonce, byte[] reply) {
        int receiver = HandshakeMessage.index(refused, HandshakeMessage.FIRST_INDEX_OFFSET);
        HandshakeMessage.putIndex(reply, CookieReply.RECEIVER_OFFSET, receiver);
        System.arraycopy(givenNonce, 0, reply, CookieReply.NONCE_OFFSET, CookieReply.NONCE_LENGTH);
        cipher.seal(
                cookieKey,
                givenNonce,
                0,
                givenCookie,
                0,
                HandshakeMessage.MAC_LENGTH,
                refused,
                mac1Offset,
                HandshakeMessage.MAC_LENGTH,
                reply,
                CookieReply.COOKIE_OFFSET);
    }

    private boolean isSecretFresh(long nowNanos) {
        return hasSecret && nowNanos - secretMadeNanos <= Constants.COOKIE_REFRESH_TIME;
    }

    private void makeCookie(UdpPath source) {
        IpAddress address = source.remote();
        int length;
        if (address.isV6()) {
            Memory.putLongBe(sourceBytes, address.high());
            Memory.putLongBe(sourceBytes + 8, address.low());
            length = 16;
        } else {
            Memory.putIntBe(sourceBytes, (int) address.low());
            length = 4;
        }
        Memory.putShortLe(sourceBytes + length, source.port());
        blake2s.beginMac(secret, KeyVault.KEY_LENGTH);
        blake2s.update(sourceBytes, length + Short.BYTES);
        blake2s.finish(cookie, 0);
    }

    @Override
    public void close() {
        KeyVault.release(secret);
        KeyVault.release(cookieKey);
    }
}
