package skyawg.protocol.mpls;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Next hop label forwarding entry (RFC 3031 §3.10): what becomes of the packets of one direction of an LSP.
 *
 * <p>An entry that waits for the reply to its set-up is closed; the conductor opens it once and closes it once. A
 * packet thread asks {@link #isOpen} first: what is set before opening is then there to read. Closing does not stop a
 * packet thread that has looked already, so hop keys are destroyed only after every packet thread has begun another
 * batch.
 *
 * <p>{@link #count} belongs to the one packet thread that handles the packets of this entry, everything else that
 * changes something to the conductor; any thread reads.
 *
 * @param <A> an adjacency, as the data path has it
 * @param <K> hop keys, or at an end whatever opens and seals there
 */
public final class Nhlfe<A, K> {
    private static final VarHandle IS_OPEN;
    private static final VarHandle LAST_USE;
    private static final VarHandle PACKETS;
    private static final VarHandle BYTES;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            IS_OPEN = lookup.findVarHandle(Nhlfe.class, "isOpen", boolean.class);
            LAST_USE = lookup.findVarHandle(Nhlfe.class, "lastUseNanos", long.class);
            PACKETS = lookup.findVarHandle(Nhlfe.class, "packets", long.class);
            BYTES = lookup.findVarHandle(Nhlfe.class, "bytes", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Operation operation;
    private final Direction direction;
    private final LspMode mode;
    private final @Nullable A outAdjacency;
    private final int outEntry;
    private final @Nullable Lsp<A, K> lsp;

    private @Nullable K keys;
    private int inLabel;
    private boolean isOpen;

    private long lastUseNanos;
    private long packets;
    private long bytes;

    private Nhlfe(
            Operation operation,
            Direction direction,
            LspMode mode,
            @Nullable A outAdjacency,
            int outEntry,
            @Nullable Lsp<A, K> lsp) {
        this.operation = operation;
        this.direction = direction;
        this.mode = mode;
        this.outAdjacency = outAdjacency;
        this.outEntry = outEntry;
        this.lsp = lsp;
    }

    /**
     * An entry that sends packets on.
     *
     * @param operation push or swap
     * @param outEntry the label stack entry that the neighbour expects
     */
    static <A, K> Nhlfe<A, K> sending(
            Operation operation, Direction direction, LspMode mode, A outAdjacency, int outEntry, Lsp<A, K> lsp) {
        return new Nhlfe<>(operation, direction, mode, outAdjacency, outEntry, lsp);
    }

    /** An entry that hands packets to this end of the LSP. */
    static <A, K> Nhlfe<A, K> popping(Direction direction, LspMode mode, Lsp<A, K> lsp) {
        return new Nhlfe<>(Operation.POP, direction, mode, null, 0, lsp);
    }

    /** A rule set by hand: swaps labels, without layers, set-up or end of life. Open at once. */
    public static <A, K> Nhlfe<A, K> manual(A outAdjacency, int outLabel, long nowNanos) {
        Nhlfe<A, K> entry = new Nhlfe<>(
                Operation.SWAP, Direction.FORWARD, LspMode.FAST, outAdjacency, LabelStackEntry.of(outLabel), null);
        entry.open(null, nowNanos);
        return entry;
    }

    /** A rule set by hand: packets end here, and are counted. Open at once. */
    public static <A, K> Nhlfe<A, K> manualPop(long nowNanos) {
        Nhlfe<A, K> entry = new Nhlfe<>(Operation.POP, Direction.FORWARD, LspMode.FAST, null, 0, null);
        entry.open(null, nowNanos);
        return entry;
    }

    /** False while the set-up is not answered, and when the LSP is gone: drop. Any thread. */
    public boolean isOpen() {
        return (boolean) IS_OPEN.getAcquire(this);
    }

    public Operation operation() {
        return operation;
    }

    public Direction direction() {
        return direction;
    }

    public LspMode mode() {
        return mode;
    }

    /** Where packets go; null for {@link Operation#POP}. */
    public @Nullable A outAdjacency() {
        return outAdjacency;
    }

    /** The label stack entry to send with; 0 for {@link Operation#POP}. */
    public int outEntry() {
        return outEntry;
    }

    /** Null for a rule set by hand. */
    public @Nullable K keys() {
        return keys;
    }

    /** The label that packets of this entry arrive with; 0 when they begin here. */
    public int inLabel() {
        return inLabel;
    }

    /** The LSP that this is one direction of; null for a rule set by hand. */
    public @Nullable Lsp<A, K> lsp() {
        return lsp;
    }

    /** A packet was found genuine, as far as this node can tell, and passed on. Its packet thread. */
    public void count(int lengthBytes, long nowNanos) {
        count(1, lengthBytes, nowNanos);
    }

    /** As the other, for the packets of a batch. */
    public void count(int newPackets, long newBytes, long nowNanos) {
        PACKETS.setOpaque(this, packets + newPackets);
        BYTES.setOpaque(this, bytes + newBytes);
        LAST_USE.setOpaque(this, nowNanos);
    }

    public long packets() {
        return (long) PACKETS.getOpaque(this);
    }

    public long bytes() {
        return (long) BYTES.getOpaque(this);
    }

    /** When {@link #count} was last called; when the entry was opened, if never. */
    public long lastUseNanos() {
        return (long) LAST_USE.getOpaque(this);
    }

    void bound(int label) {
        inLabel = label;
    }

    void open(@Nullable K hopKeys, long nowNanos) {
        keys = hopKeys;
        LAST_USE.setOpaque(this, nowNanos);
        IS_OPEN.setRelease(this, true);
    }

    void close() {
        IS_OPEN.setRelease(this, false);
    }
}
