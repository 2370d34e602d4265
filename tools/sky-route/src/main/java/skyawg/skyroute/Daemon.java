package skyawg.skyroute;

import java.io.IOException;
import java.util.Map;
import skyawg.control.control.ControlException;

/** The daemon, as far as this tool needs it. */
@FunctionalInterface
interface Daemon {
    /**
     * Asks and waits for the answer.
     *
     * @throws IOException when no daemon answers
     * @throws ControlException when it refuses
     */
    Map<String, Object> ask(String action, Map<String, String> with) throws IOException, ControlException;
}
