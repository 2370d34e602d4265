package skyawg.protocol.mpls;

import skyawg.protocol.wire.Memory;

/**
 * Takes down an LSP, in either direction. The adjacency it comes from is its only proof.
 *
 * <pre>
 *   0             4                                    8        9       12
 *   | 10 00 7F FA | LSE: the label that the receiver   | reason | 0 0 0 |
 *   |             | gave for packets from the sender   |        |       |
 * </pre>
 */
public final class ReleaseMessage {
    public static final int LENGTH = 12;

    private static final int ENTRY_OFFSET = 4;
    private static final int REASON_OFFSET = 8;

    private ReleaseMessage() {}

    /** @param entry label stack entry that the receiver expects from us */
    public static void write(long message, int entry, ReleaseReason reason) {
        write(message, entry, reason.code());
    }

    /** As the other, with a reason passed on that may be unknown to us. */
    public static void write(long message, int entry, int reasonCode) {
        ChannelHeader.write(message, ChannelHeader.RELEASE);
        LabelStackEntry.write(message + ENTRY_OFFSET, entry);
        Memory.putIntBe(message + REASON_OFFSET, reasonCode << 24);
    }

    /** False when the message is too short or names no label: to be dropped. */
    public static boolean isWellFormed(long message, int length) {
        return length >= LENGTH && LabelStackEntry.isBindable(LabelStackEntry.read(message + ENTRY_OFFSET));
    }

    public static int label(long message) {
        return LabelStackEntry.label(LabelStackEntry.read(message + ENTRY_OFFSET));
    }

    /** {@link ReleaseReason#ofCode} says what it means. */
    public static int reasonCode(long message) {
        return Memory.getByte(message + REASON_OFFSET) & 0xff;
    }
}
