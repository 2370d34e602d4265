package skyawg.sim;

import java.util.Arrays;

/** Numbers whose distribution is asked for. */
final class Samples {
    private double[] values = new double[64];
    private int size;
    private boolean isSorted = true;

    void add(double value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        values[size++] = value;
        isSorted = false;
    }

    int size() {
        return size;
    }

    double sum() {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += values[i];
        }
        return sum;
    }

    double mean() {
        return size == 0 ? 0 : sum() / size;
    }

    /** @param share 0 to 1: 0.5 is the median, 1 the largest; 0 when there are none */
    double quantile(double share) {
        if (size == 0) {
            return 0;
        }
        if (!isSorted) {
            Arrays.sort(values, 0, size);
            isSorted = true;
        }
        int rank = (int) Math.ceil(share * size);
        return values[Math.clamp(rank - 1L, 0, size - 1)];
    }

    /** How large a part of them is at most that. */
    double shareUpTo(double bound) {
        int count = 0;
        for (int i = 0; i < size; i++) {
            count += values[i] <= bound ? 1 : 0;
        }
        return size == 0 ? 0 : (double) count / size;
    }
}
