package skyawg.control.socket;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Accepts clients on a {@link SocketFile} and serves each on a virtual thread.
 *
 * <p>However many connect, a bounded number is served at a time. What becomes of one too many is the handler's
 * {@link Handler#whenFull}: on a socket with short requests it takes the place of the client that has kept us waiting
 * longest, so that stuck clients never lock others out.
 */
public final class LocalServer implements AutoCloseable {
    private static final Logger LOG = System.getLogger(LocalServer.class.getName());

    /** A client that has kept us waiting for less is not stuck: it may be out of processor time itself. */
    private static final long PATIENCE_NANOS = Duration.ofMillis(250).toNanos();

    /**
     * @param clients how many are served at a time
     * @param lineBytes the longest line, without its end
     * @param request the time from the first byte of a request until its answer has been taken
     */
    public record Limits(int clients, int lineBytes, Duration request) {
        public static final Limits DEFAULT = new Limits(64, 65_535, Duration.ofSeconds(30));
    }

    /** What happens to a client that comes when all places are taken. */
    public enum WhenFull {
        /** It takes the place of the client that has kept us waiting longest. */
        REPLACE_SILENT,
        /** {@link Handler#refuse} tells it, then it is closed. */
        REFUSE
    }

    /** What is said on the socket. Called on many virtual threads at once. */
    public interface Handler {
        /** Serves one client until it has gone. The connection is closed on return. */
        void serve(LocalConnection connection) throws IOException;

        WhenFull whenFull();

        /** Tells a client that all places are taken. Must not wait for it. */
        default void refuse(LocalConnection connection) throws IOException {}
    }

    private final SocketFile file;
    private final PeerCredentials credentials;
    private final Limits limits;
    private final Handler handler;
    private final Semaphore places;
    private final Set<LocalConnection> connections = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor clock;
    private volatile boolean closing;

    private LocalServer(SocketFile file, Limits limits, Handler handler) throws IOException {
        this.file = file;
        this.credentials = PeerCredentials.ofOwner(file.path());
        this.limits = limits;
        this.handler = handler;
        this.places = new Semaphore(limits.clients());
        this.clock = new ScheduledThreadPoolExecutor(
                1, Thread.ofVirtual().name("socket-deadlines").factory());
        this.clock.setRemoveOnCancelPolicy(true);
    }

    /** Starts to accept. The server owns {@code file} from here on. */
    public static LocalServer start(SocketFile file, Limits limits, Handler handler) throws IOException {
        LocalServer server = new LocalServer(file, limits, handler);
        Thread.ofVirtual().name("accept " + file.path()).start(server::acceptUntilClosed);
        return server;
    }

    /** The socket's file. */
    public SocketFile file() {
        return file;
    }

    /** Stops to accept, removes the file and ends every connection. */
    @Override
    public void close() {
        closing = true;
        try {
            file.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, () -> file.path() + ": cannot be removed: " + e.getMessage());
        }
        connections.forEach(LocalConnection::abort);
        clock.shutdownNow();
    }

    private void acceptUntilClosed() {
        while (!closing) {
            try {
                SocketChannel channel = file.channel().accept();
                if (!admit(channel)) {
                    channel.close();
                }
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                // Out of descriptors, most likely: the clients that are here will give some back.
                LOG.log(Level.WARNING, () -> file.path() + ": cannot accept: " + e.getMessage());
                pause();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** @return false when the client is turned away */
    private boolean admit(SocketChannel channel) throws InterruptedException {
        try {
            if (!credentials.admit(channel)) {
                LOG.log(Level.WARNING, () -> file.path() + ": refused a client of another user");
                return false;
            }
            LocalConnection connection = new LocalConnection(channel, limits, clock);
            if (!takePlace()) {
                handler.refuse(connection);
                return false;
            }
            connections.add(connection);
            Thread.ofVirtual().name("client " + file.path()).start(() -> serve(connection));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private boolean takePlace() throws InterruptedException {
        if (places.tryAcquire()) {
            return true;
        }
        if (handler.whenFull() == WhenFull.REFUSE) {
            return false;
        }
        do {
            LocalConnection slowest = slowest();
            if (slowest != null) {
                slowest.abort();
            }
        } while (!closing && !places.tryAcquire(PATIENCE_NANOS, TimeUnit.NANOSECONDS));
        return true;
    }

    private @Nullable LocalConnection slowest() {
        long now = System.nanoTime();
        LocalConnection slowest = null;
        long longest = PATIENCE_NANOS;
        for (LocalConnection connection : connections) {
            long waiting = connection.waitingNanos(now);
            if (waiting >= longest) {
                longest = waiting;
                slowest = connection;
            }
        }
        return slowest;
    }

    private void serve(LocalConnection connection) {
        try (connection) {
            if (!closing) {
                handler.serve(connection);
            }
        } catch (IOException e) {
            // The client went away, or was too slow and its connection was closed: nothing to tell anyone.
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, () -> file.path() + ": a request failed in the daemon", e);
        } finally {
            connections.remove(connection);
            places.release();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(Duration.ofMillis(100));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
