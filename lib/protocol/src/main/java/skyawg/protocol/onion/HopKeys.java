package skyawg.protocol.onion;

import skyawg.protocol.crypto.KeyVault;
import skyawg.protocol.wire.Memory;

/**
 * What one hop and the ingress share for the packets of an LSP, off the heap: six keys that a set-up derives for each
 * hop. F is the direction from the ingress, R the one towards it.
 *
 * <pre>
 *   0      32      64      80      96      128     160
 *   |  KF  |  KR   |  PF   |  PR   |  MF   |  MR   |
 *    stream keys    permutations    hop messages
 * </pre>
 *
 * <p>The owner closes it, which zeroes the keys. Whoever works on packets with them takes copies.
 */
public final class HopKeys implements AutoCloseable {
    /** The keys in that order, as {@link skyawg.protocol.crypto.Hkdf} gives them. */
    public static final int LENGTH = 160;

    private static final int PERMUTATION_LENGTH = 16;

    private final long forwardStream = KeyVault.allocate();
    private final long reverseStream = KeyVault.allocate();
    private final long permutations = KeyVault.allocate();
    private final long forwardMessage = KeyVault.allocate();
    private final long reverseMessage = KeyVault.allocate();
    private boolean closed;

    /**
     * Copies the keys.
     *
     * @param material address of {@link #LENGTH} bytes, which stay the caller's to wipe
     */
    public HopKeys(long material) {
        Memory.copyShort(material, forwardStream, KeyVault.KEY_LENGTH);
        Memory.copyShort(material + 32, reverseStream, KeyVault.KEY_LENGTH);
        Memory.copyShort(material + 64, permutations, KeyVault.KEY_LENGTH);
        Memory.copyShort(material + 96, forwardMessage, KeyVault.KEY_LENGTH);
        Memory.copyShort(material + 128, reverseMessage, KeyVault.KEY_LENGTH);
    }

    /** Address of KF, 32 bytes: the ChaCha20 layer of packets from the ingress. */
    public long forwardStream() {
        return open(forwardStream);
    }

    /** Address of KR, 32 bytes: the ChaCha20 layer of packets towards the ingress. */
    public long reverseStream() {
        return open(reverseStream);
    }

    /** Address of PF, 16 bytes: AES-128 over the IV of packets from the ingress. */
    public long forwardPermutation() {
        return open(permutations);
    }

    /** Address of PR, 16 bytes: AES-128 over the IV of packets towards the ingress. */
    public long reversePermutation() {
        return open(permutations + PERMUTATION_LENGTH);
    }

    /** Address of MF, 32 bytes: hop messages to this hop. */
    public long forwardMessage() {
        return open(forwardMessage);
    }

    /** Address of MR, 32 bytes: hop messages from this hop. */
    public long reverseMessage() {
        return open(reverseMessage);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            KeyVault.release(forwardStream);
            KeyVault.release(reverseStream);
            KeyVault.release(permutations);
            KeyVault.release(forwardMessage);
            KeyVault.release(reverseMessage);
        }
    }

    private long open(long address) {
        if (closed) {
            throw new IllegalStateException("keys of this LSP are erased");
        }
        return address;
    }
}
