package skyawg.protocol.setup;

import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import skyawg.protocol.crypto.DhKey;
import skyawg.protocol.crypto.HandshakeAead;
import skyawg.protocol.crypto.Hkdf;
import skyawg.protocol.crypto.KeyVault;
import skyawg.protocol.crypto.Sha256;
import skyawg.protocol.wire.Memory;

/**
 * The handshake {@code Noise_NK_25519_ChaChaPoly_SHA256} in both roles (Noise specification §7.5):
 *
 * <pre>
 *   &lt;- s
 *   ...
 *   -&gt; e, es, {request}        {@link #agreeFirst}, {@link #beginTranscript}, {@link #seal} or {@link #open}
 *   &lt;- e, ee, {reply}          {@link #agreeSecond}, {@link #seal} or {@link #open}
 * </pre>
 *
 * <p>Chaining key and transcript hash go separate ways, since in the first message neither depends on the other: an
 * ingress needs the chaining keys of all hops before the first transcript. Each key seals one part, so the nonce is
 * zero. Between the messages the caller keeps the chaining key and {@link #saveHash}. One thread at a time; call
 * {@link #wipe} when done.
 */
final class NoiseNk {
    static final int HASH_LENGTH = Sha256.HASH_LENGTH;
    static final int TAG_LENGTH = HandshakeAead.TAG_LENGTH;

    /** 32 bytes, so it is its own hash. */
    private static final byte[] PROTOCOL_NAME = "Noise_NK_25519_ChaChaPoly_SHA256".getBytes(StandardCharsets.US_ASCII);

    private final Sha256 sha256 = new Sha256();
    private final Hkdf hkdf = new Hkdf();
    private final HandshakeAead aead = new HandshakeAead();
    private final byte[] hash = new byte[HASH_LENGTH];

    private final Arena arena = Arena.ofAuto();
    /** Chaining key, behind it the key of the next sealed part, behind it a shared secret. */
    private final long chainKey = Memory.allocate(arena, 3 * KeyVault.KEY_LENGTH);

    private final long key = chainKey + KeyVault.KEY_LENGTH;
    private final long shared = key + KeyVault.KEY_LENGTH;

    /**
     * Token es: makes chaining key and key anew.
     *
     * @param own the initiator's ephemeral key, or the responder's static one
     * @param peer 32 bytes at {@code offset}: the other of the two
     * @return false when the peer's key is of low order
     */
    boolean agreeFirst(DhKey own, byte[] peer, int offset) {
        Memory.copy(PROTOCOL_NAME, 0, chainKey, HASH_LENGTH);
        return agree(own, peer, offset);
    }

    /**
     * Begins the transcript: everything before the first sealed part.
     *
     * @param ephemeral the initiator's, 32 bytes at {@code offset}
     */
    void beginTranscript(byte[] prologue, byte[] responderStatic, byte[] ephemeral, int offset) {
        System.arraycopy(PROTOCOL_NAME, 0, hash, 0, HASH_LENGTH);
        mixHash(prologue, 0, prologue.length);
        mixHash(responderStatic, 0, DhKey.LENGTH);
        mixHash(ephemeral, offset, DhKey.LENGTH);
    }

    /**
     * Tokens e and ee of the second message.
     *
     * @param ephemeral the responder's, 32 bytes at {@code ephemeralOffset}: joins the transcript
     * @param own the ephemeral key of the one who calls
     * @param peer the other's ephemeral key, 32 bytes at {@code peerOffset}
     * @return false when the peer's key is of low order
     */
    boolean agreeSecond(byte[] ephemeral, int ephemeralOffset, DhKey own, byte[] peer, int peerOffset) {
        mixHash(ephemeral, ephemeralOffset, DhKey.LENGTH);
        return agree(own, peer, peerOffset);
    }

    /** Writes {@code length + 16} sealed bytes and mixes them into the transcript. */
    void seal(byte[] plaintext, int length, byte[] out, int outOffset) {
        aead.seal(key, plaintext, 0, length, hash, out, outOffset);
        mixHash(out, outOffset, length + TAG_LENGTH);
    }

    /**
     * Opens {@code length} bytes, tag included, and mixes them into the transcript.
     *
     * @return false when they are not genuine; nothing has changed then
     */
    boolean open(byte[] sealed, int offset, int length, byte[] out) {
        if (!aead.open(key, sealed, offset, length, hash, out, 0)) {
            return false;
        }
        mixHash(sealed, offset, length);
        return true;
    }

    /** The transcript so far; not to be changed. */
    byte[] hash() {
        return hash;
    }

    byte[] saveHash() {
        return hash.clone();
    }

    /** Goes on with a handshake after its first message. */
    void resume(byte[] savedHash, long savedChainKey) {
        System.arraycopy(savedHash, 0, hash, 0, HASH_LENGTH);
        Memory.copyShort(savedChainKey, chainKey, KeyVault.KEY_LENGTH);
    }

    /** Goes on with the first message where only {@link #agreeFirst} was done. */
    void resumeKey(long savedKey) {
        Memory.copyShort(savedKey, key, KeyVault.KEY_LENGTH);
    }

    /** Address of the chaining key. */
    long chainKey() {
        return chainKey;
    }

    /** Address of the key of the next sealed part. */
    long key() {
        return key;
    }

    /** Address of the last shared secret. */
    long shared() {
        return shared;
    }

    void wipe() {
        KeyVault.wipe(chainKey, 3 * KeyVault.KEY_LENGTH);
    }

    /** MixKey: HKDF with empty info, the chaining key as salt. */
    private boolean agree(DhKey own, byte[] peer, int offset) {
        if (!own.agree(peer, offset, shared)) {
            return false;
        }
        hkdf.extract(chainKey, KeyVault.KEY_LENGTH, shared, KeyVault.KEY_LENGTH, chainKey);
        hkdf.expand(chainKey, chainKey, 2 * KeyVault.KEY_LENGTH);
        return true;
    }

    private void mixHash(byte[] data, int offset, int length) {
        sha256.begin();
        sha256.update(hash, 0, HASH_LENGTH);
        sha256.update(data, offset, length);
        sha256.finish(hash, 0);
    }
}
