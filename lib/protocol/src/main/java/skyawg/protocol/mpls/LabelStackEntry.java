package skyawg.protocol.mpls;

import skyawg.protocol.wire.Memory;

/**
 * A label stack entry (RFC 3032 §2.1) as an {@code int}; big-endian in a packet.
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   |                 label                 | TC  |S|      TTL      |
 * </pre>
 *
 * <p>A stack of the mesh has one entry, so S is always set.
 */
public final class LabelStackEntry {
    public static final int LENGTH = 4;

    /** From here on a label's first byte is taken neither for IP nor for a keepalive nor for the channel. */
    public static final int MIN_LABEL = 0x70000;

    public static final int MAX_LABEL = 0xfffff;

    /** Labels from {@link #MIN_LABEL} to this one are an operator's to give; a node never draws them. */
    public static final int MAX_STATIC_LABEL = 0x700ff;

    /** The first label that a node draws. */
    public static final int MIN_DRAWN_LABEL = MAX_STATIC_LABEL + 1;

    /** What every node sends, whatever it received: a falling TTL would show a node's place on the path. */
    public static final int TTL = 64;

    private static final int LABEL_SHIFT = 12;
    private static final int TC_SHIFT = 9;
    private static final int BOTTOM = 1 << 8;

    private LabelStackEntry() {}

    /** The entry that is sent with this label: TC 0, S 1, TTL 64. */
    public static int of(int label) {
        return label << LABEL_SHIFT | BOTTOM | TTL;
    }

    /** The same entry with another TTL. */
    public static int withTtl(int entry, int ttl) {
        return (entry & ~0xff) | ttl;
    }

    /** 20 bits. */
    public static int label(int entry) {
        return entry >>> LABEL_SHIFT;
    }

    /** 3 bits, 0 in the mesh. */
    public static int trafficClass(int entry) {
        return entry >>> TC_SHIFT & 7;
    }

    /** The S bit. */
    public static boolean isBottomOfStack(int entry) {
        return (entry & BOTTOM) != 0;
    }

    /** 0 to 255. */
    public static int ttl(int entry) {
        return entry & 0xff;
    }

    /** True for an entry that a neighbour may name to us: a label that the mesh draws, at the bottom of its stack. */
    public static boolean isBindable(int entry) {
        return label(entry) >= MIN_LABEL && isBottomOfStack(entry);
    }

    public static int read(long address) {
        return Memory.getIntBe(address);
    }

    public static void write(long address, int entry) {
        Memory.putIntBe(address, entry);
    }
}
