package skyawg.protocol.mpls;

import org.jspecify.annotations.Nullable;

/** Why an LSP is released, as a byte of the release message and of the hop message "broken". */
public enum ReleaseReason {
    /** It is not needed any more. */
    END(1),
    /** A link of the path does not carry packets. */
    LINK_DOWN(2),
    /** Its granted lifetime is over. */
    LIFETIME(3),
    /** The answer to a packet with a label that means nothing here. */
    LABEL_UNKNOWN(4),
    /** A link does not carry packets of full size. */
    PATH_MTU(5),
    /** The node stops. */
    SHUTTING_DOWN(6),
    /** A bound was reached and another neighbour had less than its share. */
    LIMIT(7);

    private final int code;

    ReleaseReason(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** Null for a code that has no meaning yet: the LSP ends all the same. */
    public static @Nullable ReleaseReason ofCode(int code) {
        for (ReleaseReason reason : values()) {
            if (reason.code == code) {
                return reason;
            }
        }
        return null;
    }
}
