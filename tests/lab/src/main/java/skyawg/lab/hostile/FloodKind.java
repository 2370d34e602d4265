package skyawg.lab.hostile;

/** What a flood is made of. */
enum FloodKind {
    /** Initiations that fail at mac1. */
    WRONG_MAC1("wrong-mac1"),
    /** Initiations that fail after a Diffie-Hellman step, unless a cookie is demanded before. */
    RIGHT_MAC1("right-mac1"),
    /** Random bytes of random lengths. */
    JUNK("junk"),
    /** Transport data for receiver indices that nobody holds. */
    TRANSPORT("transport");

    private final String word;

    FloodKind(String word) {
        this.word = word;
    }

    static FloodKind of(String word) {
        for (FloodKind kind : values()) {
            if (kind.word.equals(word)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("--kind: '" + word + "' is not wrong-mac1, right-mac1, junk or transport");
    }
}
