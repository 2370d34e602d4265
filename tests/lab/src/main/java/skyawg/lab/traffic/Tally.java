package skyawg.lab.traffic;

/** What became of the packets 0 to total - 1. One thread. */
final class Tally {
    private final long[] seen;
    private final long total;
    private long highest = -1;
    private long distinct;
    private long duplicates;
    private long late;
    private long longestLate;

    Tally(long total) {
        this.total = total;
        seen = new long[(int) (total / Long.SIZE + 1)];
    }

    void count(long number) {
        int word = (int) (number / Long.SIZE);
        long bit = 1L << (number % Long.SIZE);
        if ((seen[word] & bit) != 0) {
            duplicates++;
            return;
        }
        seen[word] |= bit;
        distinct++;
        if (number < highest) {
            late++;
            longestLate = Math.max(longestLate, highest - number);
        } else {
            highest = number;
        }
    }

    long distinct() {
        return distinct;
    }

    boolean isComplete() {
        return distinct == total;
    }

    /** The fields of a JSON object. */
    String fields() {
        return String.format(
                "\"total\":%d,\"received\":%d,\"lost\":%d,\"duplicates\":%d,\"late\":%d,\"latest\":%d",
                total, distinct, total - distinct, duplicates, late, longestLate);
    }
}
