package skyawg.control.control;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks a daemon over its control socket. One thread. */
public final class ControlClient implements AutoCloseable {
    private static final int MAX_LINE = 16 << 20;

    private final SocketChannel channel;
    private final ByteBuffer input = ByteBuffer.allocate(64 << 10).flip();
    private long lastId;

    private ControlClient(SocketChannel channel) {
        this.channel = channel;
    }

    /** @throws IOException when no daemon answers there */
    public static ControlClient connect(Path socket) throws IOException {
        return new ControlClient(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
    }

    /**
     * Sends a request and waits for its answer; events that come before it are passed over.
     *
     * @throws ControlException when the daemon refuses
     * @throws IOException when it goes away
     */
    public Map<String, Object> ask(String action, Map<String, String> with) throws IOException, ControlException {
        ByteBuffer line =
                ByteBuffer.wrap(JsonText.request(++lastId, action, with).getBytes(StandardCharsets.UTF_8));
        while (line.hasRemaining()) {
            channel.write(line);
        }
        Map<String, Object> answer = next();
        while (answer.containsKey("event")) {
            answer = next();
        }
        if (Boolean.TRUE.equals(answer.get("ok"))) {
            return object(answer.get("result"));
        }
        Map<String, Object> error = object(answer.get("error"));
        throw new ControlException(
                String.valueOf(error.get("code")),
                String.valueOf(error.get("message")),
                error.get("hint") instanceof String hint ? hint : "");
    }

    /** Waits for the next line: after {@code subscribe}, an event. @throws EOFException when the daemon has gone */
    public Map<String, Object> next() throws IOException, ControlException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            while (input.hasRemaining()) {
                byte b = input.get();
                if (b == '\n') {
                    return JsonText.object(line.toString(StandardCharsets.UTF_8));
                }
                line.write(b);
            }
            if (line.size() > MAX_LINE) {
                throw new IOException("the daemon's line is longer than " + MAX_LINE + " bytes");
            }
            input.clear();
            int read = channel.read(input);
            input.flip();
            if (read < 0) {
                throw new EOFException("the daemon has closed the connection");
            }
        }
    }

    @SuppressWarnings("unchecked") // made by JsonText: JSON objects have string keys
    private static Map<String, Object> object(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
