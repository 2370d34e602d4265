package skyawg.protocol.vectors;

/**
 * The size of every campaign: {@code SCALE} in the environment multiplies what a test runs by default, which is sized
 * for a check before a merge. 20 is a long run, 0.1 a quick look.
 */
public final class Scale {
    private Scale() {}

    /** At least one. */
    public static int of(int size) {
        return Math.clamp(Math.round(size * factor()), 1, Integer.MAX_VALUE);
    }

    private static double factor() {
        String text = System.getenv("SCALE");
        return text == null || text.isEmpty() ? 1 : Double.parseDouble(text);
    }
}
