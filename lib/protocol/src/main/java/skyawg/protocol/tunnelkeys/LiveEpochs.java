package skyawg.protocol.tunnelkeys;

import org.jspecify.annotations.Nullable;

/**
 * The keys of a tunnel that are alive: the current epoch's, those of the one before for 10 s more, those of the next
 * until a packet proves that the other end has them too.
 *
 * <pre>
 *   propose(next)      confirm            10 s
 *   current e    -->   current e+1   -->  current e+1
 *   next e+1           previous e
 * </pre>
 */
final class LiveEpochs implements AutoCloseable {
    static final long PREVIOUS_NANOS = 10 * 1_000_000_000L;

    private final EpochWatcher watcher;
    private EpochKeys current;
    private long currentSinceNanos;
    private @Nullable EpochKeys previous;
    private long previousEndsNanos;
    private @Nullable EpochKeys next;

    /** Takes over the keys. */
    LiveEpochs(EpochKeys current, EpochWatcher watcher, long nowNanos) {
        this.watcher = watcher;
        this.current = current;
        currentSinceNanos = nowNanos;
        watcher.usable(current);
    }

    EpochKeys current() {
        return current;
    }

    long currentSinceNanos() {
        return currentSinceNanos;
    }

    @Nullable
    EpochKeys next() {
        return next;
    }

    /** The keys of this epoch, while packets of it are accepted. */
    @Nullable
    EpochKeys find(int epoch, long nowNanos) {
        expire(nowNanos);
        if (current.epoch() == epoch) {
            return current;
        }
        EpochKeys candidate = next;
        if (candidate != null && candidate.epoch() == epoch) {
            return candidate;
        }
        EpochKeys old = previous;
        return old != null && old.epoch() == epoch ? old : null;
    }

    /** Takes over the keys of the next epoch. */
    void propose(EpochKeys keys) {
        dropNext();
        next = keys;
        watcher.usable(keys);
    }

    /** The next epoch did not come about. */
    void dropNext() {
        next = erase(next);
    }

    /** Both ends have the next epoch: it becomes the current one. */
    void confirm(long nowNanos) {
        EpochKeys confirmed = next;
        if (confirmed == null) {
            throw new IllegalStateException("no next epoch to confirm");
        }
        erase(previous);
        previous = current;
        previousEndsNanos = nowNanos + PREVIOUS_NANOS;
        current = confirmed;
        currentSinceNanos = nowNanos;
        next = null;
    }

    void expire(long nowNanos) {
        if (previous != null && nowNanos - previousEndsNanos >= 0) {
            previous = erase(previous);
        }
    }

    private @Nullable EpochKeys erase(@Nullable EpochKeys keys) {
        if (keys != null) {
            watcher.erased(keys);
            keys.close();
        }
        return null;
    }

    @Override
    public void close() {
        if (!current.isClosed()) {
            previous = erase(previous);
            next = erase(next);
            erase(current);
        }
    }
}
