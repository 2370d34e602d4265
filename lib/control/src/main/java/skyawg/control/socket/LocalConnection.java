package skyawg.control.socket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One client of a {@link LocalServer}. Its handler's thread reads and writes; the server may close it from another.
 *
 * <p>Time is bounded where the client could hold it up: from the first byte of a request until its answer has been
 * taken runs a deadline, behind which the connection is closed.
 */
public final class LocalConnection implements AutoCloseable {
    private static final int CHUNK_BYTES = 16 * 1024;
    private static final byte[] ZEROS = new byte[CHUNK_BYTES];
    private static final long BUSY = 0;

    private final SocketChannel channel;
    private final LineReader lines;
    private final ScheduledExecutorService clock;
    private final LocalServer.Limits limits;
    private final ByteBuffer staging = ByteBuffer.allocateDirect(CHUNK_BYTES);
    // When the wait for the client's next move began, BUSY while it is our turn. Written by the handler's thread.
    private volatile long waitingSinceNanos = BUSY;
    // How long it has kept us waiting before, in this request: a byte now and then must not make it look lively.
    private volatile long waitedNanos;
    private @Nullable ScheduledFuture<?> deadline;

    LocalConnection(SocketChannel channel, LocalServer.Limits limits, ScheduledExecutorService clock) {
        this.channel = channel;
        this.limits = limits;
        this.clock = clock;
        this.lines = new LineReader(new WatchedSource(), limits.lineBytes());
    }

    public LineReader lines() {
        return lines;
    }

    /** Waits for a request to begin, and starts its deadline. @return false when the client has gone */
    public boolean awaitRequest() throws IOException {
        endRequest();
        if (!lines.awaitByte()) {
            return false;
        }
        waitedNanos = 0;
        try {
            deadline = clock.schedule(this::abort, limits.request().toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (RejectedExecutionException e) {
            return false; // the server is closing
        }
    }

    /** Writes all of it, wiping the copy that is made on the way. */
    public void write(byte[] bytes, int length) throws IOException {
        try {
            for (int offset = 0; offset < length; offset += CHUNK_BYTES) {
                staging.clear();
                staging.put(bytes, offset, Math.min(CHUNK_BYTES, length - offset));
                staging.flip();
                while (staging.hasRemaining()) {
                    writeSome();
                }
            }
        } finally {
            staging.clear();
            staging.put(ZEROS);
        }
    }

    private void writeSome() throws IOException {
        long since = beginWait();
        try {
            channel.write(staging);
        } finally {
            endWait(since);
        }
    }

    private long beginWait() {
        long now = System.nanoTime();
        waitingSinceNanos = now;
        return now;
    }

    private void endWait(long sinceNanos) {
        long before = waitedNanos;
        waitedNanos = before + System.nanoTime() - sinceNanos;
        waitingSinceNanos = BUSY;
    }

    private void endRequest() {
        waitedNanos = 0;
        ScheduledFuture<?> pending = deadline;
        if (pending != null) {
            pending.cancel(false);
            deadline = null;
        }
    }

    /** How long the client has kept us waiting in this request, in nanoseconds; -1 when it is our turn. */
    long waitingNanos(long nowNanos) {
        long since = waitingSinceNanos;
        return since == BUSY ? -1 : waitedNanos + nowNanos - since;
    }

    /** Ends the connection from any thread: the handler's read or write fails. Only the handler itself closes it. */
    public void abort() {
        try {
            channel.close();
        } catch (IOException e) {
            // The descriptor is gone either way.
        }
    }

    @Override
    public void close() {
        endRequest();
        abort();
        lines.close();
    }

    /** The channel as the lines read it, noting when the client keeps us waiting. */
    private final class WatchedSource implements ReadableByteChannel {
        @Override
        public int read(ByteBuffer target) throws IOException {
            long since = beginWait();
            try {
                return channel.read(target);
            } finally {
                endWait(since);
            }
        }

        @Override
        public boolean isOpen() {
            return channel.isOpen();
        }

        @Override
        public void close() {
            abort();
        }
    }
}
