package skyawg.protocol.names;

/**
 * An inclusive range of unsigned 32-bit numbers, {@code low <= high}. A single number is a range of one.
 *
 * <p>Prints as the reference does: {@code 5} or {@code 5-9}.
 */
public record UintRange(long low, long high) {
    public static final long MAX = 0xffff_ffffL;
    public static final UintRange ZERO = new UintRange(0, 0);

    public UintRange {
        if (low < 0 || high > MAX || low > high) {
            throw new IllegalArgumentException("not a range of 32-bit numbers: " + low + "-" + high);
        }
    }

    public static UintRange of(long value) {
        return new UintRange(value, value);
    }

    /**
     * Reads {@code a} or {@code a-b}, decimal digits only, no sign, no blanks.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    public static UintRange parse(String text) {
        int dash = text.indexOf('-');
        if (dash < 0) {
            return of(parseNumber(text));
        }
        long low = parseNumber(text.substring(0, dash));
        long high = parseNumber(text.substring(dash + 1));
        if (low > high) {
            throw new IllegalArgumentException("range begins above its end: " + text);
        }
        return new UintRange(low, high);
    }

    /** Reads one unsigned 32-bit decimal number. @throws IllegalArgumentException saying what is wrong */
    public static long parseNumber(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("a number is missing");
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                throw new IllegalArgumentException("not a number: " + text);
            }
            value = value * 10 + (c - '0');
            if (value > MAX) {
                throw new IllegalArgumentException("above 4294967295: " + text);
            }
        }
        return value;
    }

    public boolean isZero() {
        return high == 0;
    }

    public boolean isSingle() {
        return low == high;
    }

    /** How many numbers the range holds. */
    public long width() {
        return high - low + 1;
    }

    public boolean contains(long value) {
        return value >= low && value <= high;
    }

    public boolean overlaps(UintRange other) {
        return low <= other.high && other.low <= high;
    }

    @Override
    public String toString() {
        return low == high ? Long.toString(low) : low + "-" + high;
    }
}
