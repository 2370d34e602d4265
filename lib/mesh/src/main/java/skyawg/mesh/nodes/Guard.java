package skyawg.mesh.nodes;

import skyawg.protocol.names.PublicKey;
import skyawg.protocol.record.AddressedRecord;

/**
 * A node that first hops are taken from, in the form that is kept over a restart, one a line:
 *
 * <pre>  guard SINCE UNTIL pinned|chosen proved|claimed sky1:...</pre>
 *
 * @param sinceUnixSeconds when it became one
 * @param untilUnixSeconds when another one takes its place; of no matter for a pinned one
 * @param isPinned the operator named it
 * @param isProved whether the node called the record its own
 * @param addressed its last record, maybe expired by the time it is read
 */
public record Guard(
        long sinceUnixSeconds, long untilUnixSeconds, boolean isPinned, boolean isProved, AddressedRecord addressed) {
    private static final String WORD = "guard";
    private static final String PINNED = "pinned";
    private static final String CHOSEN = "chosen";
    private static final String PROVED = "proved";
    private static final String CLAIMED = "claimed";
    private static final int WORDS = 6;

    public PublicKey key() {
        return addressed.node().staticKey();
    }

    public String toLine() {
        return String.join(
                " ",
                WORD,
                Long.toString(sinceUnixSeconds),
                Long.toString(untilUnixSeconds),
                isPinned ? PINNED : CHOSEN,
                isProved ? PROVED : CLAIMED,
                addressed.toText());
    }

    /**
     * Reads a line as {@link #toLine} writes it.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    public static Guard parse(String line) {
        String[] words = line.split(" ", -1);
        if (words.length != WORDS || !words[0].equals(WORD)) {
            throw new IllegalArgumentException(
                    "a guard's line is 'guard SINCE UNTIL pinned|chosen proved|claimed sky1:...'");
        }
        return new Guard(
                seconds(words[1]),
                seconds(words[2]),
                isFirst(words[3], PINNED, CHOSEN),
                isFirst(words[4], PROVED, CLAIMED),
                AddressedRecord.parse(words[5]));
    }

    private static long seconds(String text) {
        try {
            return Long.parseUnsignedLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a guard's time is in unix seconds, not '" + text + "'", e);
        }
    }

    private static boolean isFirst(String word, String first, String second) {
        if (!word.equals(first) && !word.equals(second)) {
            throw new IllegalArgumentException("a guard is " + first + " or " + second + ", not '" + word + "'");
        }
        return word.equals(first);
    }
}
