package skyawg.control.control;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import skyawg.control.socket.LineReader;
import skyawg.control.socket.LineTooLongException;
import skyawg.control.socket.LocalConnection;
import skyawg.control.socket.LocalServer;
import skyawg.control.socket.SocketFile;

/**
 * Serves the control socket. {@code hello}, {@code list} and {@code subscribe} are the server's own; the rest is the
 * list of actions it is given.
 */
public final class ControlServer implements LocalServer.Handler, AutoCloseable {
    /** Raised only by an incompatible change. */
    public static final int PROTOCOL = 1;

    private static final String SUBSCRIBE = "subscribe";

    private final String version;
    private final Map<String, ControlAction> actions = new TreeMap<>();
    private final Set<ControlSession> sessions = ConcurrentHashMap.newKeySet();
    private final LocalServer server;

    /** @throws IOException when the socket cannot be made, saying why */
    public ControlServer(Path socket, String version, List<ControlAction> offered) throws IOException {
        this.version = version;
        for (ControlAction action : offered) {
            actions.put(action.name(), action);
        }
        actions.put("hello", new ControlAction("hello", List.of(), with -> hello()));
        actions.put("list", new ControlAction("list", List.of(), with -> list()));
        actions.put(SUBSCRIBE, new ControlAction(SUBSCRIBE, List.of(), with -> Map.of()));
        server = LocalServer.start(SocketFile.listen(socket), LocalServer.Limits.DEFAULT, this);
    }

    private Map<String, Object> hello() {
        return Map.of("version", version, "protocol", PROTOCOL);
    }

    private Map<String, Object> list() {
        List<Object> requests = new ArrayList<>();
        for (ControlAction action : actions.values()) {
            Map<String, Object> request = new LinkedHashMap<>();
            request.put("do", action.name());
            request.put("with", action.fields());
            if (!action.optional().isEmpty()) {
                request.put("optional", action.optional());
            }
            requests.add(request);
        }
        return Map.of("requests", requests);
    }

    /**
     * Tells every subscriber.
     *
     * @param unixSeconds when it happened
     */
    public void publish(String event, double unixSeconds, Map<String, Object> details) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("event", event);
        line.put("at", unixSeconds);
        line.putAll(details);
        for (ControlSession session : sessions) {
            session.event(line);
        }
    }

    @Override
    public LocalServer.WhenFull whenFull() {
        return LocalServer.WhenFull.REFUSE;
    }

    @Override
    public void refuse(LocalConnection connection) throws IOException {
        byte[] line = ControlCodec.encode(ControlCodec.refusal(
                0, new ControlException(ControlException.TOO_MANY_CLIENTS, "too many clients", "try again later")));
        connection.write(line, line.length);
    }

    @Override
    public void serve(LocalConnection connection) throws IOException {
        try (ControlSession session = new ControlSession(connection)) {
            sessions.add(session);
            try {
                while (connection.awaitRequest() && answer(connection.lines(), session)) {
                    // One request after the other.
                }
            } finally {
                sessions.remove(session);
            }
        }
    }

    /** Returns false when the connection is of no more use. */
    private boolean answer(LineReader lines, ControlSession session) throws IOException {
        Map<String, Object> object;
        try {
            if (!lines.next() || !lines.isTerminated()) {
                return false;
            }
            object = ControlCodec.decode(lines.bytes(), lines.length());
        } catch (LineTooLongException e) {
            session.answer(ControlCodec.refusal(
                    0, new ControlException(ControlException.TOO_LONG, String.valueOf(e.getMessage()), "")));
            return false;
        } catch (ControlException e) {
            session.answer(ControlCodec.refusal(0, e));
            return false;
        }
        long id = object.get("id") instanceof Number number ? number.longValue() : 0;
        try {
            session.answer(ControlCodec.success(id, run(ControlCodec.request(object), session)));
        } catch (ControlException e) {
            session.answer(ControlCodec.refusal(id, e));
        }
        return true;
    }

    private Map<String, Object> run(ControlRequest request, ControlSession session) throws ControlException {
        ControlAction action = actions.get(request.action());
        if (action == null) {
            throw new ControlException(
                    ControlException.BAD_REQUEST,
                    "unknown request '" + request.action() + "'",
                    "\"do\": \"list\" names all");
        }
        for (String field : action.fields()) {
            if (!request.with().containsKey(field)) {
                throw ControlCodec.badRequest(request.action() + ": field '" + field + "' is missing");
            }
        }
        for (String field : request.with().keySet()) {
            if (!action.fields().contains(field) && !action.optional().contains(field)) {
                throw ControlCodec.badRequest(request.action() + ": unknown field '" + field + "'");
            }
        }
        if (request.action().equals(SUBSCRIBE)) {
            session.subscribe();
        }
        return action.body().run(request.with());
    }

    @Override
    public void close() {
        server.close();
    }
}
