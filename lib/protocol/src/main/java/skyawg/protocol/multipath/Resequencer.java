package skyawg.protocol.multipath;

import java.util.Arrays;

/**
 * Puts the inner packets of a tunnel and direction back in the order of their tunnel sequence. It owns no memory of
 * packets: what waits is a <i>handle</i>, a number by which its owner finds the packet again.
 *
 * <pre>
 *   for a packet:  while (place(..) == DRAIN_FIRST) deliver everything that poll gives
 *                  IN_ORDER, LATE: deliver the packet.   HOLD: keep it, hold(sequence, handle)
 *   then, and at {@link #wakeNanos}:  deliver everything that poll gives
 * </pre>
 *
 * <p>No packet waits longer than the deadline; then what is missing before it is given up. At most
 * {@value #MAX_PACKETS} sequence numbers and a shared number of bytes wait; beyond, the oldest gap is given up. A new
 * epoch ends all waiting in the old one. Nothing is ever dropped here. One thread at a time.
 */
public final class Resequencer {
    public static final int MAX_PACKETS = 4096;
    /** What {@link #poll} gives when there is nothing to deliver now; never a handle. */
    public static final long NOTHING = -1;

    private static final int FIRST_CAPACITY = 64;

    private final ByteBudget budget;
    private long deadlineNanos = ReorderDeadline.MIN_NANOS;
    private int epoch;
    private long next;
    /** Nothing below is waited for. */
    private long givenUp;

    private int held;
    /** Handles by sequence, modulo their number. */
    private long[] handles = new long[FIRST_CAPACITY];

    private int[] lengths = new int[FIRST_CAPACITY];
    /** Sequences in the order they came, with the times, modulo their number; entries below {@link #next} are stale. */
    private long[] arrivals = new long[2 * FIRST_CAPACITY];

    private long[] arrivalNanos = new long[2 * FIRST_CAPACITY];
    private long firstArrival;
    private long endOfArrivals;

    private long lateCount;
    private long heldCount;
    private long missingCount;

    /** @param budget shared by all tunnels of the node */
    public Resequencer(ByteBudget budget) {
        this.budget = budget;
        Arrays.fill(handles, NOTHING);
    }

    /** How long a packet may wait from now on. */
    public void setDeadline(long nanos) {
        deadlineNanos = nanos;
    }

    /**
     * Says what to do with a packet of kind 1 that the replay window accepted.
     *
     * @param lengthBytes what holding it takes out of the shared budget
     */
    public Placement place(int packetEpoch, long sequence, int lengthBytes) {
        if (packetEpoch > epoch) {
            if (held > 0) {
                givenUp = Long.MAX_VALUE;
                return Placement.DRAIN_FIRST;
            }
            begin(packetEpoch);
        }
        if (packetEpoch < epoch || sequence < next) {
            lateCount++;
            return Placement.LATE;
        }
        if (sequence == next) {
            next++;
            return Placement.IN_ORDER;
        }
        return placeAhead(sequence, lengthBytes);
    }

    private Placement placeAhead(long sequence, int lengthBytes) {
        if (sequence - next >= MAX_PACKETS) {
            giveUpBelow(sequence - MAX_PACKETS + 1);
            if (held > 0) {
                return Placement.DRAIN_FIRST;
            }
            skipTo(givenUp);
            return placeAhead(sequence, lengthBytes);
        }
        if (sequence - next < handles.length && handles[index(sequence)] != NOTHING) {
            // The replay window lets no sequence through twice; should it, the first holder keeps the place.
            lateCount++;
            return Placement.LATE;
        }
        if (!budget.tryTake(lengthBytes)) {
            return goAhead(sequence);
        }
        makeRoom(sequence);
        lengths[index(sequence)] = lengthBytes;
        return Placement.HOLD;
    }

    /** Gives up everything before a packet that cannot wait. */
    private Placement goAhead(long sequence) {
        giveUpBelow(sequence);
        if (held > 0) {
            return Placement.DRAIN_FIRST;
        }
        skipTo(sequence);
        next = sequence + 1;
        return Placement.IN_ORDER;
    }

    /**
     * Keeps a packet that {@link #place} said to hold, at once after it.
     *
     * @param handle not negative
     */
    public void hold(long sequence, long handle, long nowNanos) {
        handles[index(sequence)] = handle;
        held++;
        heldCount++;
        int mask = arrivals.length - 1;
        arrivals[(int) endOfArrivals & mask] = sequence;
        arrivalNanos[(int) endOfArrivals & mask] = nowNanos;
        endOfArrivals++;
    }

    /** The next packet to deliver now, or {@link #NOTHING}. It is the caller's again. */
    public long poll(long nowNanos) {
        if (held == 0) {
            skipTo(givenUp == Long.MAX_VALUE ? next : givenUp);
            return NOTHING;
        }
        expire(nowNanos);
        while (true) {
            int index = index(next);
            long handle = handles[index];
            if (handle != NOTHING) {
                handles[index] = NOTHING;
                budget.giveBack(lengths[index]);
                held--;
                next++;
                return handle;
            }
            if (next >= givenUp) {
                return NOTHING;
            }
            missingCount++;
            next++;
        }
    }

    /** At the tunnel's end, nothing is waited for: {@link #poll} then gives all that is held, for its owner to free. */
    public void giveUpAll() {
        givenUp = Long.MAX_VALUE;
    }

    /** When {@link #poll} will next have something to give by time alone; {@link Long#MAX_VALUE} when nothing waits. */
    public long wakeNanos() {
        forgetStaleArrivals();
        return held == 0 ? Long.MAX_VALUE : arrivalNanos[(int) firstArrival & (arrivals.length - 1)] + deadlineNanos;
    }

    private void expire(long nowNanos) {
        forgetStaleArrivals();
        int mask = arrivals.length - 1;
        while (firstArrival < endOfArrivals && nowNanos - arrivalNanos[(int) firstArrival & mask] >= deadlineNanos) {
            giveUpBelow(arrivals[(int) firstArrival & mask]);
            firstArrival++;
        }
    }

    private void forgetStaleArrivals() {
        int mask = arrivals.length - 1;
        while (firstArrival < endOfArrivals && arrivals[(int) firstArrival & mask] < next) {
            firstArrival++;
        }
    }

    private void giveUpBelow(long sequence) {
        givenUp = Math.max(givenUp, sequence);
    }

    private void skipTo(long sequence) {
        if (sequence > next) {
            missingCount += sequence - next;
            next = sequence;
        }
    }

    private void begin(int newEpoch) {
        epoch = newEpoch;
        next = 0;
        givenUp = 0;
        firstArrival = 0;
        endOfArrivals = 0;
    }

    private int index(long sequence) {
        return (int) sequence & (handles.length - 1);
    }

    /** Doubles the tables until the sequence has a place, {@link #MAX_PACKETS} at most. */
    private void makeRoom(long sequence) {
        int capacity = handles.length;
        while (sequence - next >= capacity) {
            capacity *= 2;
        }
        forgetStaleArrivals();
        if (capacity == handles.length) {
            return;
        }
        long[] oldHandles = handles;
        int[] oldLengths = lengths;
        handles = new long[capacity];
        lengths = new int[capacity];
        Arrays.fill(handles, NOTHING);
        for (long at = next; at < next + oldHandles.length; at++) {
            int from = (int) at & (oldHandles.length - 1);
            handles[index(at)] = oldHandles[from];
            lengths[index(at)] = oldLengths[from];
        }
        growArrivals(2 * capacity);
    }

    private void growArrivals(int capacity) {
        long[] oldArrivals = arrivals;
        long[] oldNanos = arrivalNanos;
        arrivals = new long[capacity];
        arrivalNanos = new long[capacity];
        for (long at = firstArrival; at < endOfArrivals; at++) {
            int from = (int) at & (oldArrivals.length - 1);
            arrivals[(int) at & (capacity - 1)] = oldArrivals[from];
            arrivalNanos[(int) at & (capacity - 1)] = oldNanos[from];
        }
    }

    /** Packets that wait now. */
    public int held() {
        return held;
    }

    /** Packets that came when others had gone before them. */
    public long lateCount() {
        return lateCount;
    }

    /** Packets that had to wait. */
    public long heldCount() {
        return heldCount;
    }

    /** Sequence numbers that were given up; some of them may have come late. */
    public long missingCount() {
        return missingCount;
    }
}
