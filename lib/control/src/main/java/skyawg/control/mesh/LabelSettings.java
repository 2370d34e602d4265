package skyawg.control.mesh;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.names.PublicKey;

/**
 * A label rule that is being described, key by key: by the lines of a {@code [Label]} section, or by the options of
 * {@code sky-route route add}. An option is the key in lower case.
 */
public final class LabelSettings {
    public static final List<String> KEYS = List.of("In", "Label", "Swap", "Out", "Pop");

    private @Nullable PublicKey in;
    private Optional<PublicKey> out = Optional.empty();
    private int label;
    private int swap;
    private boolean isPop;

    /**
     * Takes one value.
     *
     * @return false when there is no such key
     * @throws IllegalArgumentException saying what is wrong with the value
     */
    public boolean set(String key, String value) {
        switch (key.toLowerCase(Locale.ROOT)) {
            case "in" -> in = TunnelSettings.key(value);
            case "label" -> label = label(value);
            case "swap" -> swap = label(value);
            case "out" -> out = Optional.of(TunnelSettings.key(value));
            case "pop" -> isPop = TunnelSettings.truth(value);
            default -> {
                return false;
            }
        }
        return true;
    }

    private static int label(String text) {
        if (!text.matches("[0-9]{1,7}")) {
            throw new IllegalArgumentException("a label is a number, not '" + text + "'");
        }
        return Integer.parseInt(text);
    }

    /** @throws IllegalArgumentException saying what is missing, or does not go together */
    public LabelConfig rule() {
        if (in == null || label == 0) {
            throw new IllegalArgumentException("a rule needs In and Label");
        }
        boolean isSwap = swap != 0 || out.isPresent();
        if (isSwap == isPop) {
            throw new IllegalArgumentException("a rule needs Swap and Out, or Pop, and not both");
        }
        if (isSwap && (swap == 0 || out.isEmpty())) {
            throw new IllegalArgumentException("Swap and Out go together: a label, and the neighbour that gave it");
        }
        return new LabelConfig(in, label, swap, out);
    }
}
