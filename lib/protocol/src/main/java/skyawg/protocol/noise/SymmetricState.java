package skyawg.protocol.noise;

import java.util.Arrays;
import skyawg.protocol.crypto.Blake2s;
import skyawg.protocol.crypto.HandshakeAead;
import skyawg.protocol.crypto.Kdf;
import skyawg.protocol.crypto.KeyVault;
import skyawg.protocol.wire.Memory;

/**
 * Noise's SymmetricState (Noise specification §5.2) for BLAKE2s and ChaChaPoly: the hash of everything said so far, the
 * chaining key that every shared secret is mixed into, and the key of the next sealed part. WireGuard seals one part
 * under each key, so the nonce is always zero.
 *
 * <p>One is enough for an engine: a handshake under way is kept in its {@link PendingInitiation}. Keys lie in the vault
 * until {@link #close}.
 */
final class SymmetricState implements AutoCloseable {
    static final int HASH_LENGTH = Blake2s.HASH_LENGTH;

    private static final byte[] NOTHING = {};

    private final Blake2s blake2s = new Blake2s();
    private final Kdf kdf = new Kdf();
    private final HandshakeAead aead = new HandshakeAead();
    private final byte[] hash = new byte[HASH_LENGTH];
    private final long chainKey = KeyVault.allocate();
    private final long key = KeyVault.allocate();
    private final long mixed = KeyVault.allocate();

    /** Begins with a protocol name, hashed when it is longer than 32 bytes and padded with zeros otherwise. */
    void initialize(byte[] protocolName, byte[] prologue) {
        if (protocolName.length > HASH_LENGTH) {
            blake2s.begin();
            blake2s.update(protocolName, 0, protocolName.length);
            blake2s.finish(hash, 0);
        } else {
            Arrays.fill(hash, (byte) 0);
            System.arraycopy(protocolName, 0, hash, 0, protocolName.length);
        }
        Memory.copy(hash, 0, chainKey, HASH_LENGTH);
        mixHash(prologue, 0, prologue.length);
    }

    void mixHash(byte[] data, int offset, int length) {
        blake2s.begin();
        blake2s.update(hash, 0, HASH_LENGTH);
        blake2s.update(data, offset, length);
        blake2s.finish(hash, 0);
    }

    /** Mixes public bytes into the chaining key, with no key of a sealed part following. */
    void mixKey(byte[] data, int offset, int length) {
        kdf.kdf1(chainKey, data, offset, length, chainKey);
    }

    /** Mixes a secret of 32 bytes into the chaining key, with no key of a sealed part following. */
    void mixKey(long secret) {
        kdf.kdf1(chainKey, secret, KeyVault.KEY_LENGTH, chainKey);
    }

    /** Mixes a secret of 32 bytes into the chaining key and makes the key of the next sealed part. */
    void mixKeyForSealing(long secret) {
        kdf.kdf2(chainKey, secret, KeyVault.KEY_LENGTH, chainKey, key);
    }

    /** Mixes a preshared key into chaining key and hash, and makes the key of the next sealed part. */
    void mixPresharedKey(long presharedKey) {
        kdf.kdf3(chainKey, presharedKey, KeyVault.KEY_LENGTH, chainKey, mixed, key);
        blake2s.begin();
        blake2s.update(hash, 0, HASH_LENGTH);
        blake2s.update(mixed, HASH_LENGTH);
        blake2s.finish(hash, 0);
        KeyVault.wipe(mixed, KeyVault.KEY_LENGTH);
    }

    /** Seals and mixes the sealed bytes, {@code length + 16} of them, into the hash. */
    void seal(byte[] plaintext, int offset, int length, byte[] out, int outOffset) {
        aead.seal(key, plaintext, offset, length, hash, out, outOffset);
        mixHash(out, outOffset, length + HandshakeAead.TAG_LENGTH);
    }

    /**
     * Opens {@code length} bytes, tag included, and mixes them into the hash.
     *
     * @return false when they are not genuine; nothing has changed then
     */
    boolean open(byte[] sealed, int offset, int length, byte[] out, int outOffset) {
        if (!aead.open(key, sealed, offset, length, hash, out, outOffset)) {
            return false;
        }
        mixHash(sealed, offset, length);
        return true;
    }

    /** Makes the two session keys, the initiator's sending key first. */
    void split(long first, long second) {
        kdf.kdf2(chainKey, NOTHING, 0, 0, first, second);
    }

    void saveTo(byte[] hashOut, long chainKeyOut) {
        System.arraycopy(hash, 0, hashOut, 0, HASH_LENGTH);
        Memory.copy(chainKey, chainKeyOut, KeyVault.KEY_LENGTH);
    }

    void restoreFrom(byte[] savedHash, long savedChainKey) {
        System.arraycopy(savedHash, 0, hash, 0, HASH_LENGTH);
        Memory.copy(savedChainKey, chainKey, KeyVault.KEY_LENGTH);
    }

    /** The transcript hash; not to be changed. */
    byte[] hash() {
        return hash;
    }

    long chainKey() {
        return chainKey;
    }

    /** The key of the next sealed part. */
    long key() {
        return key;
    }

    /** Forgets the handshake. */
    void wipe() {
        KeyVault.wipe(chainKey, KeyVault.KEY_LENGTH);
        KeyVault.wipe(key, KeyVault.KEY_LENGTH);
        Arrays.fill(hash, (byte) 0);
    }

    @Override
    public void close() {
        KeyVault.release(chainKey);
        KeyVault.release(key);
        KeyVault.release(mixed);
    }
}
