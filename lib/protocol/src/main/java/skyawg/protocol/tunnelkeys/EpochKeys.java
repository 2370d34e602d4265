package skyawg.protocol.tunnelkeys;

import skyawg.protocol.crypto.KeyVault;
import skyawg.protocol.wire.Memory;

/**
 * The keys of one epoch of a tunnel, off the heap: CK, which the next epoch grows from, TF for packets from the ingress
 * and TR for those towards it. The owner closes it, which zeroes them.
 */
public final class EpochKeys implements AutoCloseable {
    /** CK | TF | TR as {@link skyawg.protocol.crypto.Hkdf} gives them. */
    public static final int MATERIAL_LENGTH = 3 * KeyVault.KEY_LENGTH;

    /** The origin IV of hop messages begins with FFFF, so tunnel epochs end before. */
    public static final int LAST_EPOCH = 0xfffe;

    private final int epoch;
    private final long chainKey = KeyVault.allocate();
    private final long forward = KeyVault.allocate();
    private final long reverse = KeyVault.allocate();
    private boolean closed;

    /**
     * Copies the keys; the material stays the caller's to wipe.
     *
     * @param epoch 0 to {@link #LAST_EPOCH}
     * @param material address of {@link #MATERIAL_LENGTH} bytes
     */
    public EpochKeys(int epoch, long material) {
        this.epoch = epoch;
        Memory.copyShort(material, chainKey, KeyVault.KEY_LENGTH);
        Memory.copyShort(material + KeyVault.KEY_LENGTH, forward, KeyVault.KEY_LENGTH);
        Memory.copyShort(material + 2L * KeyVault.KEY_LENGTH, reverse, KeyVault.KEY_LENGTH);
    }

    public int epoch() {
        return epoch;
    }

    /** Address of TF, 32 bytes: seals at the ingress, opens at the egress. */
    public long forward() {
        checkOpen();
        return forward;
    }

    /** Address of TR, 32 bytes: seals at the egress, opens at the ingress. */
    public long reverse() {
        checkOpen();
        return reverse;
    }

    /** Address of CK, 32 bytes. */
    long chainKey() {
        checkOpen();
        return chainKey;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            KeyVault.release(chainKey);
            KeyVault.release(forward);
            KeyVault.release(reverse);
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("keys of epoch " + epoch + " are erased");
        }
    }

    @Override
    public String toString() {
        return "epoch " + epoch;
    }
}
