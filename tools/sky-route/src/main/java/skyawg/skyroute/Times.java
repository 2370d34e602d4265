package skyawg.skyroute;

import java.util.Locale;

/** Times for people. */
final class Times {
    private static final long[] LENGTHS = {86_400, 3_600, 60, 1};
    private static final String[] NAMES = {"d", "h", "m", "s"};

    private Times() {}

    /** {@code 1h 5m}: the two largest units. */
    static String span(long seconds) {
        if (seconds <= 0) {
            return "0s";
        }
        StringBuilder text = new StringBuilder();
        long rest = seconds;
        int shown = 0;
        for (int i = 0; i < LENGTHS.length && shown < 2; i++) {
            if (rest >= LENGTHS[i]) {
                text.append(text.isEmpty() ? "" : " ").append(rest / LENGTHS[i]).append(NAMES[i]);
                shown++;
                rest %= LENGTHS[i];
            } else if (shown > 0) {
                shown++;
            }
        }
        return text.toString();
    }

    static String millis(long micros) {
        return micros == 0 ? "-" : String.format(Locale.ROOT, "%.1f ms", micros / 1000.0);
    }
}
