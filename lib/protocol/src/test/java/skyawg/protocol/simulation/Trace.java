package skyawg.protocol.simulation;

import java.util.ArrayDeque;
import java.util.Locale;
import java.util.function.Supplier;

/** The last things that happened, printed when a single seed is run again and fails. */
final class Trace {
    private static final int LINES = 4000;

    private final World world;
    private final boolean isOn;
    private final ArrayDeque<String> lines = new ArrayDeque<>();

    Trace(World world, boolean isOn) {
        this.world = world;
        this.isOn = isOn;
    }

    void add(Supplier<String> line) {
        if (isOn) {
            if (lines.size() == LINES) {
                lines.removeFirst();
            }
            lines.add(String.format(Locale.ROOT, "%10.3f  %s", world.now() / 1e9, line.get()));
        }
    }

    void print() {
        lines.forEach(System.out::println);
    }
}
