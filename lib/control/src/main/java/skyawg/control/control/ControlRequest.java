package skyawg.control.control;

import java.util.Map;

/**
 * A request as it was read.
 *
 * @param id the client's own mark, given back with the answer
 * @param action the word under {@code do}
 */
record ControlRequest(long id, String action, Map<String, String> with) {
    ControlRequest {
        with = Map.copyOf(with);
    }
}
