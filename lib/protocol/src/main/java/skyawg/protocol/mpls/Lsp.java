package skyawg.protocol.mpls;

import org.jspecify.annotations.Nullable;
import skyawg.protocol.agenda.Agenda;

/**
 * An LSP as this node knows it: its state ({@link LspState} has the table), its two neighbours, an entry for each
 * direction, and when time will end it. The {@link Lfib} makes and changes it.
 *
 * <p>The conductor's, but for the entries' own counters.
 */
public final class Lsp<A, K> extends Agenda.Entry {
    static final long PENDING_TIME = 5_000_000_000L;
    static final long INGRESS_PENDING_TIME = 3_000_000_000L;
    static final long UNCONFIRMED_TIME = 10_000_000_000L;
    static final long IDLE_TIME = 60_000_000_000L;
    static final long BROKEN_TIME = 2_000_000_000L;
    static final long BUSY_TIME = 5_000_000_000L;
    static final long BUSY_PACKETS = 6;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final LspRole role;
    private final LspMode mode;
    private final @Nullable Neighbour<A, K> upstream;
    private final @Nullable Neighbour<A, K> downstream;
    private LspState state = LspState.PENDING;
    private @Nullable Nhlfe<A, K> forward;
    private @Nullable Nhlfe<A, K> reverse;

    /** When the state PENDING or INSTALLED is over. */
    private long stateEndNanos;

    /** When the LSP is over whatever happens; {@link Agenda#NEVER} while pending. */
    private long finalEndNanos = Agenda.NEVER;

    private LspEnd finalEnd = LspEnd.LIFETIME;

    /* Of the last look whether it is busy. */
    private long lookNanos;
    private long lookPackets;
    private long busyNanos;
    private boolean hasBeenBusy;

    Lsp(
            LspRole role,
            LspMode mode,
            @Nullable Neighbour<A, K> upstream,
            @Nullable Neighbour<A, K> downstream,
            long nowNanos) {
        this.role = role;
        this.mode = mode;
        this.upstream = upstream;
        this.downstream = downstream;
        this.lookNanos = nowNanos;
        this.stateEndNanos = nowNanos + (role == LspRole.INGRESS ? INGRESS_PENDING_TIME : PENDING_TIME);
    }

    public LspRole role() {
        return role;
    }

    public LspMode mode() {
        return mode;
    }

    /** Null at the ingress. */
    public @Nullable Neighbour<A, K> upstream() {
        return upstream;
    }

    /** Null at the egress. */
    public @Nullable Neighbour<A, K> downstream() {
        return downstream;
    }

    /** What packets towards the egress meet; null while pending. */
    public @Nullable Nhlfe<A, K> forward() {
        return forward;
    }

    /** What packets towards the ingress meet: there from the beginning, open when the LSP is installed. */
    public Nhlfe<A, K> reverse() {
        if (reverse == null) {
            throw new IllegalStateException("an LSP has its reverse entry before anybody sees it");
        }
        return reverse;
    }

    public LspState state() {
        return state == LspState.INSTALLED && hasConfirmation() ? LspState.CONFIRMED : state;
    }

    /**
     * True when in the last five seconds there was a second with more packets, both ways together, than a tunnel
     * without users' data sends to keep its paths alive: that is at most 2.7, and with data it is 16. To be asked about
     * once a second.
     */
    public boolean isBusy(long nowNanos) {
        long spent = nowNanos - lookNanos;
        if (spent >= NANOS_PER_SECOND) {
            long packets = packets();
            if ((packets - lookPackets) * NANOS_PER_SECOND >= BUSY_PACKETS * spent) {
                busyNanos = nowNanos;
                hasBeenBusy = true;
            }
            lookPackets = packets;
            lookNanos = nowNanos;
        }
        return state() == LspState.CONFIRMED && hasBeenBusy && nowNanos - busyNanos < BUSY_TIME;
    }

    private long packets() {
        return (forward == null ? 0 : forward.packets()) + reverse().packets();
    }

    /** How long it lasts at most, as granted; negative while that is not settled. */
    public long remainingNanos(long nowNanos) {
        return state == LspState.PENDING || state == LspState.GONE ? -1 : Math.max(0, finalEndNanos - nowNanos);
    }

    /** True once the neighbour from which the LSP is confirmed has sent a packet. */
    private boolean hasConfirmation() {
        Nhlfe<A, K> confirming = role == LspRole.INGRESS ? reverse() : forward;
        return confirming != null && confirming.packets() > 0;
    }

    private long lastUseNanos() {
        long forwardUse = forward == null ? 0 : forward.lastUseNanos();
        long reverseUse = reverse().lastUseNanos();
        return forwardUse - reverseUse > 0 ? forwardUse : reverseUse;
    }

    // The transitions. Times are compared by their difference: the clock may begin anywhere.

    void setReverse(Nhlfe<A, K> entry) {
        reverse = entry;
    }

    /**
     * The reply was accepted.
     *
     * @param lifetimeSeconds as granted
     */
    void install(Nhlfe<A, K> forwardEntry, K keys, int lifetimeSeconds, long nowNanos) {
        if (state != LspState.PENDING) {
            throw new IllegalStateException("only a pending LSP can be installed, this one is " + state);
        }
        forward = forwardEntry;
        state = LspState.INSTALLED;
        stateEndNanos = nowNanos + UNCONFIRMED_TIME;
        finalEndNanos = nowNanos + lifetimeSeconds * NANOS_PER_SECOND;
        forwardEntry.open(keys, nowNanos);
        reverse().open(keys, nowNanos);
    }

    /**
     * The link to the next hop is down: a hop message about it may still go upstream for a while.
     *
     * @return false when that was known, or the LSP ends before
     */
    boolean breakOff(long nowNanos) {
        long brokenEnd = nowNanos + BROKEN_TIME;
        if (finalEnd == LspEnd.LINK_DOWN || brokenEnd - finalEndNanos >= 0) {
            return false;
        }
        finalEndNanos = brokenEnd;
        finalEnd = LspEnd.LINK_DOWN;
        return true;
    }

    /** What ends the LSP now; null for nothing. Notes a confirmation. */
    @Nullable
    LspEnd dueEnd(long nowNanos) {
        state = state();
        if (nowNanos - nextDeadline() < 0) {
            return null;
        }
        return switch (state) {
            case GONE -> null;
            case PENDING -> LspEnd.NO_REPLY;
            case INSTALLED -> nowNanos - finalEndNanos >= 0 ? finalEnd : LspEnd.UNCONFIRMED;
            case CONFIRMED -> nowNanos - finalEndNanos >= 0 ? finalEnd : LspEnd.IDLE;
        };
    }

    /** When {@link #dueEnd} could next be something. */
    long nextDeadline() {
        return switch (state) {
            case GONE -> Agenda.NEVER;
            case PENDING -> stateEndNanos;
            case INSTALLED -> earlier(stateEndNanos, finalEndNanos);
            case CONFIRMED -> earlier(lastUseNanos() + IDLE_TIME, finalEndNanos);
        };
    }

    void end() {
        state = LspState.GONE;
        if (forward != null) {
            forward.close();
        }
        reverse().close();
    }

    private static long earlier(long one, long other) {
        return one - other < 0 ? one : other;
    }
}
