package skyawg.control.control;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import skyawg.control.socket.LocalConnection;

/**
 * One client. Answers and events leave by one virtual thread, so that they never mix; a client that does not read its
 * events is dropped, it holds up nobody.
 */
final class ControlSession implements AutoCloseable {
    private static final int MAX_WAITING = 256;
    /** No line is empty. */
    private static final byte[] END = {};

    private final LocalConnection connection;
    private final BlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final Thread writer;
    private volatile boolean subscribed;

    ControlSession(LocalConnection connection) {
        this.connection = connection;
        this.writer = Thread.ofVirtual().name("control writer").start(this::write);
    }

    void subscribe() {
        subscribed = true;
    }

    /** Sends an answer, after what waits already. */
    void answer(Map<String, Object> answer) throws IOException {
        try {
            waiting.put(ControlCodec.encode(answer));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Sends an event to a client that asked for events. Any thread. */
    void event(Map<String, Object> event) {
        if (subscribed && !waiting.offer(ControlCodec.encode(event))) {
            connection.abort();
        }
    }

    private void write() {
        try {
            for (byte[] line = waiting.take(); line.length > 0; line = waiting.take()) {
                connection.write(line, line.length);
            }
        } catch (IOException e) {
            connection.abort();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets the writer finish what it has. */
    @Override
    public void close() {
        try {
            waiting.put(END);
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
