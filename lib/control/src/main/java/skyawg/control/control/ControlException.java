package skyawg.control.control;

/** A request that was refused. The code is a stable word for programs, message and hint are for people. */
public final class ControlException extends Exception {
    private static final long serialVersionUID = 1L;

    public static final String BAD_REQUEST = "bad_request";
    public static final String NAME_IN_USE = "name_in_use";
    public static final String UNKNOWN_INTERFACE = "unknown_interface";
    /** The daemon takes part in no mesh. */
    public static final String NO_MESH = "no_mesh";

    public static final String MESH_JOINED = "mesh_joined";
    public static final String UNKNOWN_TUNNEL = "unknown_tunnel";
    public static final String UNKNOWN_NODE = "unknown_node";
    public static final String FAILED = "failed";
    /** The daemon is about to exit: start another one. */
    public static final String ENDING = "ending";

    public static final String TOO_MANY_CLIENTS = "too_many_clients";
    public static final String NOT_JSON = "not_json";
    public static final String TOO_LONG = "too_long";

    private final String code;
    private final String hint;

    /** @param hint what to do about it; may be empty */
    public ControlException(String code, String message, String hint) {
        super(message);
        this.code = code;
        this.hint = hint;
    }

    public String code() {
        return code;
    }

    public String hint() {
        return hint;
    }
}
