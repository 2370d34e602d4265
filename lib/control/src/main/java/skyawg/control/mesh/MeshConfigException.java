package skyawg.control.mesh;

/** A {@code mesh.conf} that cannot be used: where, the text, and what is allowed there. No secret is ever quoted. */
public final class MeshConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    public MeshConfigException(String message) {
        super(message);
    }

    /** The message, never null. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
