package skyawg.protocol.setup;

import java.util.List;

/**
 * A set-up that the ingress has sent and waits 3 s for. {@link SetupIngress} makes it and closes it with the reply;
 * whoever gives up earlier closes it himself.
 */
public final class PendingPath implements AutoCloseable {
    private final List<PendingHop> hops;
    private final int reverseLse;
    private boolean closed;

    PendingPath(List<PendingHop> hops, int reverseLse) {
        this.hops = hops;
        this.reverseLse = reverseLse;
    }

    /** The label that the first hop's packets come with, as an LSE; the reply names the set-up by it. */
    public int reverseLse() {
        return reverseLse;
    }

    /** First hop first. */
    List<PendingHop> hops() {
        if (closed) {
            throw new IllegalStateException("this set-up was answered or given up");
        }
        return hops;
    }

    /** Erases the keys. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            hops.forEach(PendingHop::close);
        }
    }
}
