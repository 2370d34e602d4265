package skyawg.control.mesh;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import skyawg.protocol.mpls.LspMode;
import skyawg.protocol.multipath.SchedulerKind;
import skyawg.protocol.names.PublicKey;

/**
 * A tunnel that is being described, key by key: by the lines of a {@code [Tunnel]} section, or by the options of
 * {@code sky-route tunnel add} and {@code set}. An option is the key in lower case.
 */
public final class TunnelSettings {
    /** In the order in which they are written; Name comes before them. */
    public static final List<String> KEYS = List.of(
            "Exit",
            "Hops",
            "Active",
            "Warm",
            "Mode",
            "Scheduler",
            "Exits",
            "FirstHops",
            "Avoid",
            "Diverse",
            "PrefixLength",
            "Lifetime");

    private TunnelConfig tunnel;

    /** @param start what holds for keys that are not named */
    public TunnelSettings(TunnelConfig start) {
        tunnel = start;
    }

    public TunnelConfig tunnel() {
        return tunnel;
    }

    /**
     * Takes one value.
     *
     * @return false when there is no such key
     * @throws IllegalArgumentException saying what is wrong with the value
     */
    public boolean set(String key, String value) {
        TunnelConfig t = tunnel;
        ExitService exit = t.exit();
        int hops = t.hops();
        int active = t.active();
        int warm = t.warm();
        LspMode mode = t.mode();
        SchedulerKind scheduler = t.scheduler();
        Set<PublicKey> exits = t.exits();
        Set<PublicKey> firstHops = t.firstHops();
        Set<String> avoid = t.avoid();
        boolean isDiverse = t.isDiverse();
        int prefixLength = t.prefixLength();
        int lifetime = t.lifetimeSeconds();
        switch (key.toLowerCase(Locale.ROOT)) {
            case "exit" -> exit = ExitService.parse(value);
            case "hops" -> hops = number(value);
            case "active" -> active = number(value);
            case "warm" -> warm = number(value);
            case "mode" -> mode = word(LspMode.values(), value, "a mode");
            case "scheduler" -> scheduler = word(SchedulerKind.values(), value, "a scheduler");
            case "exits" -> exits = listed(value, TunnelSettings::key);
            case "firsthops" -> firstHops = listed(value, TunnelSettings::key);
            case "avoid" -> avoid = listed(value, tag -> tag.toLowerCase(Locale.ROOT));
            case "diverse" -> isDiverse = truth(value);
            case "prefixlength" -> prefixLength = number(value);
            case "lifetime" -> lifetime = number(value);
            default -> {
                return false;
            }
        }
        tunnel = new TunnelConfig(
                t.name(),
                exit,
                hops,
                active,
                warm,
                mode,
                scheduler,
                exits,
                firstHops,
                avoid,
                isDiverse,
                prefixLength,
                lifetime);
        return true;
    }

    static PublicKey key(String text) {
        try {
            return PublicKey.parseBase64(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a node's key has 44 characters of base64: '" + text + "'", e);
        }
    }

    /** At most six digits. */
    static int number(String text) {
        if (!text.matches("[0-9]{1,6}")) {
            throw new IllegalArgumentException("a number is wanted, not '" + text + "'");
        }
        return Integer.parseInt(text);
    }

    static boolean truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "on", "yes" -> true;
            case "off", "no" -> false;
            default -> throw new IllegalArgumentException("'on' or 'off' is wanted, not '" + text + "'");
        };
    }

    static <E extends Enum<E>> E word(E[] all, String text, String what) {
        StringBuilder words = new StringBuilder();
        for (E one : all) {
            String word = one.name().toLowerCase(Locale.ROOT);
            if (word.equals(text.toLowerCase(Locale.ROOT))) {
                return one;
            }
            words.append(words.isEmpty() ? "" : ", ").append(word);
        }
        throw new IllegalArgumentException(what + " is one of " + words + ", not '" + text + "'");
    }

    /** Parted by commas; nothing at all is an empty set. */
    static <T> Set<T> listed(String text, Function<String, T> reader) {
        Set<T> items = new LinkedHashSet<>();
        for (String item : text.split(",", -1)) {
            String trimmed = item.strip();
            if (!trimmed.isEmpty()) {
                items.add(reader.apply(trimmed));
            }
        }
        return items;
    }
}
