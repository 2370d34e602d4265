package skyawg.protocol.crypto;

/** An unbiased number from a range, out of uniform 64-bit ones. */
final class UniformNumber {
    private UniformNumber() {}

    /**
     * Draws from {@code low} to {@code high}, both included, any 64-bit range. The high half of a 128-bit product is
     * the number; the few low halves that would make some numbers likelier are drawn again (Lemire 2019).
     */
    static long draw(Entropy entropy, long low, long high) {
        if (low > high) {
            throw new IllegalArgumentException("range begins above its end: " + low + " to " + high);
        }
        long width = high - low + 1;
        if (width == 0) {
            return entropy.nextLong();
        }
        long random = entropy.nextLong();
        long fraction = random * width;
        if (Long.compareUnsigned(fraction, width) < 0) {
            long threshold = Long.remainderUnsigned(-width, width);
            while (Long.compareUnsigned(fraction, threshold) < 0) {
                random = entropy.nextLong();
                fraction = random * width;
            }
        }
        return low + Math.unsignedMultiplyHigh(random, width);
    }
}
