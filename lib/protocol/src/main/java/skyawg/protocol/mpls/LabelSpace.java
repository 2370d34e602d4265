package skyawg.protocol.mpls;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.crypto.Entropy;

/**
 * Label space of one adjacency (RFC 3031 §3.14, "per interface"): the labels that this node gave a neighbour, and what
 * they mean. A label is drawn uniformly, so it tells nothing about the number or order of LSPs, and rests for a minute
 * after its release, so a packet on its way cannot end up in another LSP. A few labels are kept for rules that an
 * operator makes: they are never drawn, and do not rest.
 *
 * <p>{@link #lookup} is for any thread, the rest for the conductor.
 */
public final class LabelSpace<A, K> {
    /** How long a released label is not given again. */
    public static final long REST_TIME = 60_000_000_000L;

    private static final int INITIAL_RESTING = 4;

    private final Ilm<A, K> ilm = new Ilm<>();

    /** Resting labels and the time of their release, oldest first, in a ring from {@code firstResting}. */
    private int[] restingLabels = new int[INITIAL_RESTING];

    private long[] releasedNanos = new long[INITIAL_RESTING];
    private int firstResting;
    private int restingCount;

    private int manualCount;

    /**
     * What a label from this neighbour means; null for nothing. Allocates nothing. Any thread.
     *
     * @param label at least {@link LabelStackEntry#MIN_LABEL}: of a payload classified as a label, or a bindable entry
     */
    public @Nullable Nhlfe<A, K> lookup(int label) {
        return ilm.lookup(label);
    }

    /** How many labels are bound. */
    public int size() {
        return ilm.size();
    }

    /** How many labels are bound that were drawn. */
    public int drawn() {
        return ilm.size() - manualCount;
    }

    /** How many labels rest, as of the last call that knew the time. */
    public int resting() {
        return restingCount;
    }

    /** Gives the entry a label that is neither bound nor resting. */
    int bind(Nhlfe<A, K> entry, Entropy entropy, long nowNanos) {
        wake(nowNanos);
        int label;
        do {
            label = (int) entropy.uniform(LabelStackEntry.MIN_DRAWN_LABEL, LabelStackEntry.MAX_LABEL);
        } while (isTaken(label));
        entry.bound(label);
        ilm.bind(label, entry);
        return label;
    }

    /**
     * Binds a label that an operator chose.
     *
     * @return false when it is bound, or is none that an operator may choose
     */
    public boolean bindManually(int label, Nhlfe<A, K> entry) {
        if (!isManual(label) || ilm.lookup(label) != null) {
            return false;
        }
        entry.bound(label);
        ilm.bind(label, entry);
        manualCount++;
        return true;
    }

    private static boolean isManual(int label) {
        return label >= LabelStackEntry.MIN_LABEL && label <= LabelStackEntry.MAX_STATIC_LABEL;
    }

    /** Unbinds a label; one that was drawn then rests. Nothing happens when it is not bound. */
    public void release(int label, long nowNanos) {
        wake(nowNanos);
        if (!ilm.unbind(label)) {
            return;
        }
        if (isManual(label)) {
            manualCount--;
        } else {
            rest(label, nowNanos);
        }
    }

    /** Calls with each bound entry, in no order; the receiver may release labels. */
    void forEach(Consumer<Nhlfe<A, K>> receiver) {
        ilm.forEach(receiver);
    }

    private boolean isTaken(int label) {
        if (ilm.lookup(label) != null) {
            return true;
        }
        for (int i = 0; i < restingCount; i++) {
            if (restingLabels[ring(i)] == label) {
                return true;
            }
        }
        return false;
    }

    private void wake(long nowNanos) {
        while (restingCount > 0 && nowNanos - releasedNanos[firstResting] >= REST_TIME) {
            firstResting = ring(1);
            restingCount--;
        }
        if (restingCount == 0 && restingLabels.length > INITIAL_RESTING) {
            resize(INITIAL_RESTING);
        }
    }

    private void rest(int label, long nowNanos) {
        if (restingCount == restingLabels.length) {
            resize(2 * restingCount);
        }
        restingLabels[ring(restingCount)] = label;
        releasedNanos[ring(restingCount)] = nowNanos;
        restingCount++;
    }

    /** Lengths are powers of two. */
    private int ring(int i) {
        return (firstResting + i) & (restingLabels.length - 1);
    }

    private void resize(int length) {
        int[] labels = new int[length];
        long[] times = new long[length];
        for (int i = 0; i < restingCount; i++) {
            labels[i] = restingLabels[ring(i)];
            times[i] = releasedNanos[ring(i)];
        }
        restingLabels = labels;
        releasedNanos = times;
        firstResting = 0;
    }
}
