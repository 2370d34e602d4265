package skyawg.control.control;

import java.util.List;
import java.util.Map;

/**
 * A request that the daemon offers.
 *
 * @param name what clients write under {@code do}
 * @param fields the names it takes under {@code with}; each must be there, and is a string
 * @param optional further names that it takes, and does without
 */
public record ControlAction(String name, List<String> fields, List<String> optional, Body body) {
    /** What the request does. Called on the client's own thread, many at once. */
    @FunctionalInterface
    public interface Body {
        /** Returns the result: strings, numbers, booleans, lists and maps. */
        Map<String, Object> run(Map<String, String> with) throws ControlException;
    }

    public ControlAction {
        fields = List.copyOf(fields);
        optional = List.copyOf(optional);
    }

    /** Every field must be there. */
    public ControlAction(String name, List<String> fields, Body body) {
        this(name, fields, List.of(), body);
    }
}
