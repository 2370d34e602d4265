package skyawg.awgd;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import skyawg.control.control.ControlClient;
import skyawg.control.control.ControlException;

/** The daemon that has this network namespace already, as another {@code awgd} sees it. */
record RunningDaemon(Path socket) {
    /** Asks for an interface; returns when its socket answers. @throws IOException when no daemon answers */
    void add(String name) throws IOException, ControlException {
        try (ControlClient client = ControlClient.connect(socket)) {
            client.ask("interface.add", Map.of("name", name));
        }
    }

    void remove(String name) throws IOException, ControlException {
        try (ControlClient client = ControlClient.connect(socket)) {
            client.ask("interface.remove", Map.of("name", name));
        }
    }

    /** Waits until the interface, or the daemon, is gone. */
    void awaitRemoval(String name) throws IOException, ControlException {
        try (ControlClient client = ControlClient.connect(socket)) {
            client.ask("subscribe", Map.of());
            Map<String, Object> list = client.ask("interface.list", Map.of());
            boolean isThere = list.get("interfaces") instanceof List<?> names && names.contains(name);
            while (isThere) {
                Map<String, Object> event = client.next();
                isThere = !("interface.removed".equals(event.get("event")) && name.equals(event.get("name")));
            }
        }
    }
}
