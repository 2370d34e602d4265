package skyawg.protocol.noise;

import skyawg.protocol.crypto.Blake2s;
import skyawg.protocol.crypto.KeyVault;
import skyawg.protocol.crypto.XChaCha20Poly1305;
import skyawg.protocol.noise.HandshakeMessage.CookieReply;
import skyawg.protocol.wire.Memory;

/** Opens cookie replies (WireGuard paper §5.4.7) and puts the cookie where the next handshake message finds it. */
final class CookieReceiver implements AutoCloseable {
    private final IndexTable indexTable;
    private final Blake2s blake2s = new Blake2s();
    private final XChaCha20Poly1305 cipher = new XChaCha20Poly1305();
    private final byte[] keyBytes = new byte[KeyVault.KEY_LENGTH];
    private final byte[] cookie = new byte[HandshakeMessage.MAC_LENGTH];
    private final long key = KeyVault.allocate();

    CookieReceiver(IndexTable indexTable) {
        this.indexTable = indexTable;
    }

    /** Nothing is sent at once: mac2 appears on the next message that is due. */
    Verdict receive(byte[] message, long nowNanos) {
        IndexTable.Entry entry = indexTable.lookup(HandshakeMessage.index(message, CookieReply.RECEIVER_OFFSET));
        if (entry == null) {
            return Verdict.UNKNOWN_INDEX;
        }
        Peer peer = entry.peer();
        CookieJar jar = peer.handshake().cookies();
        if (!jar.hasSentMac1()) {
            return Verdict.NOT_GENUINE;
        }
        LocalIdentity.cookieKey(blake2s, peer.publicKey().toBytes(), keyBytes);
        Memory.copy(keyBytes, 0, key, keyBytes.length);
        boolean genuine = cipher.open(
                key,
                message,
                CookieReply.NONCE_OFFSET,
                message,
                CookieReply.COOKIE_OFFSET,
                CookieReply.SEALED_COOKIE_LENGTH,
                jar.lastMac1(),
                0,
                HandshakeMessage.MAC_LENGTH,
                cookie,
                0);
        if (!genuine) {
            return Verdict.NOT_GENUINE;
        }
        jar.put(cookie, nowNanos);
        return Verdict.COOKIE_ACCEPTED;
    }

    @Override
    public void close() {
        KeyVault.release(key);
    }
}
