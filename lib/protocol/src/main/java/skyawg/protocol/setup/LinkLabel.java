package skyawg.protocol.setup;

/** What set-up needs to know of labels (RFC 3032): those that a link of the mesh gives out. */
final class LinkLabel {
    static final int MESSAGE_VERSION = 1;

    private static final int LABEL_SHIFT = 12;
    /** Below, a label's first byte could be taken for that of an IP packet or a channel message. */
    private static final int LOWEST = 0x70000;

    private LinkLabel() {}

    /** Whether the label of this LSE is one that a link gives out: 0x70000 to 0xFFFFF. */
    static boolean isUsable(int lse) {
        return lse >>> LABEL_SHIFT >= LOWEST;
    }
}
