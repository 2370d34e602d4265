package skyawg.awg;

import skyawg.control.cli.Colours;

/** Times and sizes as people read them. */
final class Quantities {
    private static final String[] UNITS = {"year", "day", "hour", "minute", "second"};
    private static final long[] SECONDS = {365L * 24 * 60 * 60, 24L * 60 * 60, 60L * 60, 60, 1};
    private static final String[] SIZES = {"KiB", "MiB", "GiB", "TiB"};
    private static final int BITS_PER_STEP = 10;

    private Quantities() {}

    /** {@code 1 minute, 5 seconds ago}. */
    static String ago(long seconds, Colours colours) {
        if (seconds < 0) {
            return "(" + colours.red() + "System clock wound backward; connection problems may ensue." + colours.reset()
                    + ")";
        }
        if (seconds == 0) {
            return "Now";
        }
        StringBuilder text = new StringBuilder();
        long left = seconds;
        for (int i = 0; i < UNITS.length; i++) {
            long count = left / SECONDS[i];
            left %= SECONDS[i];
            if (count > 0) {
                text.append(text.isEmpty() ? "" : ", ").append(count).append(' ');
                text.append(colours.cyan()).append(UNITS[i]).append(count == 1 ? "" : "s");
                text.append(colours.reset());
            }
        }
        return text.append(" ago").toString();
    }

    /** {@code 2.06 KiB}; whole bytes below one KiB. The number is unsigned. */
    static String bytes(long bytes, Colours colours) {
        StringBuilder text = new StringBuilder();
        if (bytes >= 0 && bytes < 1L << BITS_PER_STEP) {
            text.append(bytes).append(' ').append(colours.cyan()).append('B');
            return text.append(colours.reset()).toString();
        }
        int size = 0;
        while (size < SIZES.length - 1 && bytes >>> (BITS_PER_STEP * (size + 2)) != 0) {
            size++;
        }
        int shift = BITS_PER_STEP * (size + 1);
        long whole = bytes >>> shift;
        long unit = 1L << shift;
        long hundredths = (bytes & (unit - 1)) * 100;
        long rest = hundredths & (unit - 1);
        hundredths >>>= shift;
        // As printf rounds what it is given exactly: half to even.
        if (rest > unit / 2 || (rest == unit / 2 && (hundredths & 1) == 1)) {
            hundredths++;
        }
        whole += hundredths / 100;
        hundredths %= 100;
        text.append(Long.toUnsignedString(whole))
                .append(hundredths < 10 ? ".0" : ".")
                .append(hundredths);
        text.append(' ').append(colours.cyan()).append(SIZES[size]);
        return text.append(colours.reset()).toString();
    }
}
