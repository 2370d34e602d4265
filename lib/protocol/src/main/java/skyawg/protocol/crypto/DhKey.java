package skyawg.protocol.crypto;

import java.util.Arrays;
import org.bouncycastle.math.ec.rfc7748.X25519;
import skyawg.protocol.names.Secret;
import skyawg.protocol.wire.Memory;

/**
 * An X25519 private key (RFC 7748) kept off the heap, with its public key. One thread at a time; its owner closes it,
 * which zeroes the key.
 */
public final class DhKey implements AutoCloseable {
    public static final int LENGTH = 32;

    private final long cell;
    private final byte[] publicKey = new byte[LENGTH];
    private final byte[] scalar = new byte[LENGTH];
    private final byte[] shared = new byte[LENGTH];

    private DhKey(long cell) {
        this.cell = cell;
        Memory.putByte(cell, Memory.getByte(cell) & 0xf8);
        Memory.putByte(cell + 31, (Memory.getByte(cell + 31) & 0x7f) | 0x40);
        Memory.copy(cell, scalar, 0, LENGTH);
        X25519.scalarMultBase(scalar, 0, publicKey, 0);
        Arrays.fill(scalar, (byte) 0);
    }

    /** A fresh key. */
    public static DhKey generate(Entropy entropy) {
        long cell = KeyVault.allocate();
        entropy.fill(cell, LENGTH);
        return new DhKey(cell);
    }

    /** The key with these bytes, clamped; the secret stays the caller's to close. */
    public static DhKey load(Secret secret) {
        return new DhKey(KeyVault.store(secret));
    }

    /** Writes the 32 bytes of the public key. */
    public void publicKey(byte[] out) {
        System.arraycopy(publicKey, 0, out, 0, LENGTH);
    }

    /**
     * Writes the secret shared with the holder of {@code peerPublic} (32 bytes at {@code offset}): 32 bytes at
     * {@code sharedSecretAddress}.
     *
     * @return false when it is all zero, which is what a low-order point gives (RFC 7748 §6.1): the handshake must end
     */
    public boolean agree(byte[] peerPublic, int offset, long sharedSecretAddress) {
        Memory.copy(cell, scalar, 0, LENGTH);
        X25519.scalarMult(scalar, 0, peerPublic, offset, shared, 0);
        Memory.copy(shared, 0, sharedSecretAddress, LENGTH);
        Arrays.fill(scalar, (byte) 0);
        Arrays.fill(shared, (byte) 0);
        return !KeyVault.isZero(sharedSecretAddress);
    }

    @Override
    public void close() {
        KeyVault.release(cell);
    }
}
