package skyawg.protocol.liveness;

/** Why a session last went down (RFC 5880 §4.1, Diag); those that occur here. */
public enum BfdDiagnostic {
    NONE(0),
    /** Control detection time expired. */
    DETECTION_TIME_EXPIRED(1),
    NEIGHBOR_SIGNALED_SESSION_DOWN(3);

    private final int code;

    BfdDiagnostic(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
