package skyawg.skyroute;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import skyawg.control.control.ControlException;

/** Answers as it was told, and notes what it was asked. */
final class CannedDaemon implements Daemon {
    private final Map<String, Map<String, Object>> answers = new HashMap<>();
    final List<String> asked = new ArrayList<>();

    CannedDaemon with(String action, Map<String, Object> answer) {
        answers.put(action, answer);
        return this;
    }

    @Override
    public Map<String, Object> ask(String action, Map<String, String> with) throws ControlException {
        asked.add(action + " " + new TreeMap<>(with));
        Map<String, Object> answer = answers.get(action);
        if (answer == null) {
            throw new ControlException(ControlException.NO_MESH, "this node is in no mesh", "join one");
        }
        return answer;
    }
}
