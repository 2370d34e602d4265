package skyawg.protocol.multipath;

import java.util.Arrays;

/**
 * The paths of a tunnel in one direction, by slot, and which of them may carry user data now: the active ones that are
 * not suspect, and as many warm ones as are needed to replace those that are. Where all are suspect, the active ones
 * still are the tunnel's and are tried.
 *
 * <p>A set of slots is an {@code int} of bits.
 */
public final class SendPaths {
    public static final int MAX_PATHS = 16;
    public static final int NONE = 0;

    /** In the slots that are not used: never chosen, so that the packet path need not ask. */
    private final SendPath nobody = new SendPath(0, PathRole.RETIRED, 0);

    private final SendPath[] paths = new SendPath[MAX_PATHS];
    private int used;
    private int candidates;

    public SendPaths() {
        Arrays.fill(paths, nobody);
    }

    /** Puts a path in the first empty slot. @return the slot; -1 when all are used */
    public int add(SendPath path) {
        int slot = Integer.numberOfTrailingZeros(~used);
        if (slot >= MAX_PATHS) {
            return -1;
        }
        paths[slot] = path;
        used |= 1 << slot;
        refresh();
        return slot;
    }

    public void remove(int slot) {
        paths[slot] = nobody;
        used &= ~(1 << slot);
        refresh();
    }

    public void setRole(int slot, PathRole role) {
        paths[slot].setRole(role);
        refresh();
    }

    /** The path in a slot that is used. */
    public SendPath path(int slot) {
        return paths[slot];
    }

    /** Used slots. */
    public int used() {
        return used;
    }

    /** The slot of the path with this LSP number; -1 when there is none. */
    private int slotOf(int lspNumber) {
        for (int rest = used; rest != 0; rest &= rest - 1) {
            int slot = Integer.numberOfTrailingZeros(rest);
            if (paths[slot].lspNumber() == lspNumber) {
                return slot;
            }
        }
        return -1;
    }

    /**
     * Takes an ACK block for whichever path it is about; see {@link SendPath#onAck}.
     *
     * @return the slot of a path that was suspect until now, as a set
     */
    public int onAck(long block, int blockSentMicros, long nowNanos) {
        int slot = slotOf(AckBlock.lspNumber(block));
        if (slot < 0) {
            return NONE;
        }
        boolean wasSuspect = paths[slot].isSuspect();
        paths[slot].onAck(block, blockSentMicros, nowNanos);
        if (!wasSuspect || paths[slot].isSuspect()) {
            return NONE;
        }
        refresh();
        return 1 << slot;
    }

    /**
     * Looks at the clock, some time every few milliseconds.
     *
     * @return slots that have become suspect just now; a packet of kind 0 sent on them at once is what can rehabilitate
     *     them soonest
     */
    public int checkSuspicion(long intervalNanos, long nowNanos) {
        int fallen = NONE;
        for (int rest = used; rest != 0; rest &= rest - 1) {
            int slot = Integer.numberOfTrailingZeros(rest);
            if (paths[slot].checkSuspicion(intervalNanos, nowNanos)) {
                fallen |= 1 << slot;
            }
        }
        if (fallen != NONE) {
            refresh();
        }
        return fallen;
    }

    /** The path is said to be broken: user data avoids it at once, as if {@link #checkSuspicion} had found it. */
    public void suspect(int slot) {
        paths[slot].suspect();
        refresh();
    }

    /** Slots that user data may take; {@link #NONE} when the tunnel is down, which means drop. */
    public int candidates() {
        return candidates;
    }

    /**
     * Slots on which the ACK block about the LSP of this slot is to travel: that one, and while it is suspect the best
     * of the others too.
     */
    public int ackSlots(int slot) {
        int others = candidates & ~(1 << slot);
        if (!paths[slot].isSuspect() || others == NONE) {
            return 1 << slot;
        }
        int best = Integer.numberOfTrailingZeros(others);
        for (int rest = others; rest != 0; rest &= rest - 1) {
            int other = Integer.numberOfTrailingZeros(rest);
            if (!paths[other].isSuspect() && paths[other].roundTripNanos() < paths[best].roundTripNanos()) {
                best = other;
            }
        }
        return 1 << slot | 1 << best;
    }

    private void refresh() {
        int active = slots(PathRole.ACTIVE);
        int trusted = trusted(active);
        int warm = trusted(slots(PathRole.WARM));
        while (warm != 0 && Integer.bitCount(trusted) < Integer.bitCount(active)) {
            trusted |= Integer.lowestOneBit(warm);
            warm &= warm - 1;
        }
        candidates = trusted != NONE ? trusted : active;
    }

    private int slots(PathRole role) {
        int slots = NONE;
        for (int rest = used; rest != 0; rest &= rest - 1) {
            int slot = Integer.numberOfTrailingZeros(rest);
            if (paths[slot].role() == role) {
                slots |= 1 << slot;
            }
        }
        return slots;
    }

    private int trusted(int slots) {
        int trusted = NONE;
        for (int rest = slots; rest != 0; rest &= rest - 1) {
            int slot = Integer.numberOfTrailingZeros(rest);
            if (!paths[slot].isSuspect()) {
                trusted |= 1 << slot;
            }
        }
        return trusted;
    }

    /** Of these, the slots with a first ACK block; all of them when none has. */
    int measured(int slots) {
        int measured = NONE;
        for (int rest = slots; rest != 0; rest &= rest - 1) {
            int slot = Integer.numberOfTrailingZeros(rest);
            if (paths[slot].isMeasured()) {
                measured |= 1 << slot;
            }
        }
        return measured != NONE ? measured : slots;
    }
}
