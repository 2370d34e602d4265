package skyawg.protocol.noise;

import java.util.Arrays;
import skyawg.protocol.crypto.DhKey;
import skyawg.protocol.crypto.KeyVault;

/** An initiation that we have sent and that may still be answered. Closed when it is answered, replaced or given up. */
final class PendingInitiation implements AutoCloseable {
    private final int localIndex;
    private final DhKey ephemeral;
    private final byte[] hash = new byte[SymmetricState.HASH_LENGTH];
    private final long chainKey = KeyVault.allocate();

    /** Takes over the ephemeral key. */
    PendingInitiation(int localIndex, DhKey ephemeral, SymmetricState state) {
        this.localIndex = localIndex;
        this.ephemeral = ephemeral;
        state.saveTo(hash, chainKey);
    }

    int localIndex() {
        return localIndex;
    }

    DhKey ephemeral() {
        return ephemeral;
    }

    void restoreTo(SymmetricState state) {
        state.restoreFrom(hash, chainKey);
    }

    @Override
    public void close() {
        ephemeral.close();
        KeyVault.release(chainKey);
        Arrays.fill(hash, (byte) 0);
    }
}
