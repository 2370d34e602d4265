package skyawg.protocol.multipath;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes that all tunnels of a node may hold together. Any thread. */
public final class ByteBudget {
    /** What a node's resequencers share, in bytes. */
    public static final long NODE_DEFAULT = 64L << 20;

    private final long limit;
    private final AtomicLong taken = new AtomicLong();

    public ByteBudget(long limitBytes) {
        this.limit = limitBytes;
    }

    boolean tryTake(int bytes) {
        if (taken.addAndGet(bytes) <= limit) {
            return true;
        }
        taken.addAndGet(-bytes);
        return false;
    }

    void giveBack(int bytes) {
        taken.addAndGet(-bytes);
    }

    public long takenBytes() {
        return taken.get();
    }
}
