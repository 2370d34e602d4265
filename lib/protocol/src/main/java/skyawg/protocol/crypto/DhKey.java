package skyawg.protocol.crypto;

import java.lang.foreign.Arena;
import skyawg.protocol.names.Secret;
import skyawg.protocol.wire.Memory;

/**
 * An X25519 private key (RFC 7748), kept in the {@link KeyVault}, with its public key. One thread at a time; its owner
 * closes it, which zeroes the key.
 */
public final class DhKey implements AutoCloseable {
    public static final int LENGTH = 32;

    private static final long BASE_POINT = basePoint();
    private static final X25519Function FUNCTION = X25519Function.best();

    /** Two cells: the private key, and one for the public key and for a peer's while it is used. */
    private final long scalar;

    private final long point;
    private final byte[] publicKey = new byte[LENGTH];
    private boolean closed;

    private DhKey(long scalar) {
        this.scalar = scalar;
        point = KeyVault.allocate();
        Memory.putByte(scalar, Memory.getByte(scalar) & 0xf8);
        Memory.putByte(scalar + 31, (Memory.getByte(scalar + 31) & 0x7f) | 0x40);
        FUNCTION.multiply(scalar, BASE_POINT, point);
        Memory.copy(point, publicKey, 0, LENGTH);
    }

    /** A fresh key. */
    public static DhKey generate(Entropy entropy) {
        long scalar = KeyVault.allocate();
        entropy.fill(scalar, LENGTH);
        return new DhKey(scalar);
    }

    /** The key with these bytes, clamped; the secret stays the caller's to close. */
    public static DhKey load(Secret secret) {
        return new DhKey(KeyVault.store(secret));
    }

    /** Writes the 32 bytes of the public key. */
    public void publicKey(byte[] out) {
        System.arraycopy(publicKey, 0, out, 0, LENGTH);
    }

    /** A copy of the private key on the heap, clamped, for output that the user asked for; the caller closes it. */
    public Secret reveal() {
        checkOpen();
        return KeyVault.reveal(scalar);
    }

    /**
     * Writes the secret shared with the holder of {@code peerPublic} (32 bytes at {@code offset}): 32 bytes at
     * {@code sharedSecretAddress}.
     *
     * @return false when it is all zero, which is what a low-order point gives (RFC 7748 §6.1): the handshake must end
     */
    public boolean agree(byte[] peerPublic, int offset, long sharedSecretAddress) {
        checkOpen();
        Memory.copy(peerPublic, offset, point, LENGTH);
        FUNCTION.multiply(scalar, point, sharedSecretAddress);
        return !KeyVault.isZero(sharedSecretAddress);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            KeyVault.release(scalar);
            KeyVault.release(point);
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("private key is closed");
        }
    }

    private static long basePoint() {
        long point = Memory.allocate(Arena.global(), LENGTH);
        Memory.putByte(point, 9);
        return point;
    }
}
