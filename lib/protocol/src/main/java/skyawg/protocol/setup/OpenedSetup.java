package skyawg.protocol.setup;

import org.jspecify.annotations.Nullable;
import skyawg.protocol.crypto.KeyVault;
import skyawg.protocol.wire.Memory;

/**
 * A set-up that a hop has opened, until it answers: the state PENDING. Keys are in the vault. {@link SetupHop} makes
 * it, uses it for at most one {@link SetupHop#forward} and one answer, and closes it with the answer; whoever gives up
 * earlier (5 s without a reply) closes it himself.
 */
public final class OpenedSetup implements Opening, AutoCloseable {
    private final Request request;
    private final Status status;
    private final int reverseLse;
    private final byte[] ephemeral;
    private final byte[] hash;
    private final long chainKey = KeyVault.allocate();
    private final long reverseLayer = KeyVault.allocate();
    private byte @Nullable [] nextArea;
    private boolean closed;

    /**
     * Copies the two keys.
     *
     * @param nextArea of a transit: area A for the next hop
     */
    OpenedSetup(
            Request request,
            Status status,
            int reverseLse,
            byte[] ephemeral,
            byte[] hash,
            long chainKey,
            long reverseLayer,
            byte @Nullable [] nextArea) {
        this.request = request;
        this.status = status;
        this.reverseLse = reverseLse;
        this.ephemeral = ephemeral;
        this.hash = hash;
        this.nextArea = nextArea;
        Memory.copyShort(chainKey, this.chainKey, KeyVault.KEY_LENGTH);
        Memory.copyShort(reverseLayer, this.reverseLayer, KeyVault.KEY_LENGTH);
    }

    /** What the ingress asks. */
    public Request request() {
        return request;
    }

    /** What the {@link RequestRules} say: anything but OK is to be refused with it. */
    public Status status() {
        return status;
    }

    /** The label that the upstream neighbour wants on packets to it, as an LSE. */
    public int reverseLse() {
        return reverseLse;
    }

    /** E; not to be changed. */
    byte[] ephemeral() {
        return ephemeral;
    }

    /** The transcript after the request; not to be changed. */
    byte[] hash() {
        return hash;
    }

    long chainKey() {
        checkOpen();
        return chainKey;
    }

    /** LR. */
    long reverseLayer() {
        checkOpen();
        return reverseLayer;
    }

    /** The area for the next hop, once: nothing is repeated by hops. */
    byte[] takeNextArea() {
        checkOpen();
        byte[] area = nextArea;
        if (area == null) {
            throw new IllegalStateException("this set-up has no next hop, or was forwarded before");
        }
        nextArea = null;
        return area;
    }

    /** Erases what an answer would need. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            nextArea = null;
            KeyVault.release(chainKey);
            KeyVault.release(reverseLayer);
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("this set-up was answered or given up");
        }
    }
}
