package skyawg.lab.shaper;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers with a unit, as {@code tc} writes them: {@code 100mbit}, {@code 20ms}, {@code 1%}. */
final class Quantity {
    private static final Pattern FORM = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)([a-zA-Z%]*)");

    private Quantity() {}

    /** Bits in a second. */
    static long rate(String text) {
        return Math.round(
                switch (unit(text)) {
                    case "bit" -> number(text);
                    case "kbit" -> number(text) * 1e3;
                    case "mbit" -> number(text) * 1e6;
                    case "gbit" -> number(text) * 1e9;
                    default -> throw refuse(text, "bit, kbit, mbit or gbit");
                });
    }

    static long nanos(String text) {
        return Math.round(
                switch (unit(text)) {
                    case "us" -> number(text) * 1e3;
                    case "ms" -> number(text) * 1e6;
                    case "s" -> number(text) * 1e9;
                    default -> throw refuse(text, "us, ms or s");
                });
    }

    static boolean isBytes(String text) {
        return text.endsWith("B");
    }

    static long bytes(String text) {
        return Math.round(
                switch (unit(text)) {
                    case "B" -> number(text);
                    case "kB" -> number(text) * 1e3;
                    case "MB" -> number(text) * 1e6;
                    default -> throw refuse(text, "B, kB or MB");
                });
    }

    /** A percentage as a probability. */
    static double share(String text) {
        if (!unit(text).equals("%") || number(text) > 100) {
            throw refuse(text, "a percentage up to 100%");
        }
        return number(text) / 100;
    }

    static boolean isOn(String text) {
        return switch (text) {
            case "on" -> true;
            case "off" -> false;
            default -> throw refuse(text, "on or off");
        };
    }

    private static double number(String text) {
        return Double.parseDouble(parts(text).group(1));
    }

    private static String unit(String text) {
        return parts(text).group(2);
    }

    private static Matcher parts(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(text + ": not a number with a unit");
        }
        return matcher;
    }

    private static IllegalArgumentException refuse(String text, String wanted) {
        return new IllegalArgumentException(text + ": wants " + wanted);
    }
}
