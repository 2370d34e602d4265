package skyawg.control.socket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;

/**
 * Lines of bytes from a channel, each ended by {@code \n}, none longer than a limit. A line is a view into the reader's
 * buffer, valid until the next one is read; then its bytes are wiped, for it may have held a key.
 *
 * <p>One thread at a time.
 */
public final class LineReader implements AutoCloseable {
    private static final int FIRST_CAPACITY = 1024;
    private static final int STAGING_BYTES = 16 * 1024;

    private final ReadableByteChannel source;
    private final int limitBytes;
    // Off the heap: a heap buffer would be copied through one that the JDK keeps for each thread and never wipes.
    private final ByteBuffer staging = ByteBuffer.allocateDirect(STAGING_BYTES).flip();
    private byte[] line = new byte[FIRST_CAPACITY];
    private int length;
    private boolean terminated;

    /** @param limitBytes the longest line that is read, without its end */
    public LineReader(ReadableByteChannel source, int limitBytes) {
        this.source = source;
        this.limitBytes = limitBytes;
    }

    /**
     * Reads the next line. The last one may lack its end: {@link #isTerminated} tells.
     *
     * @return false at the end of the stream
     * @throws LineTooLongException when the line passes the limit
     */
    public boolean next() throws IOException {
        Arrays.fill(line, 0, length, (byte) 0);
        length = 0;
        terminated = false;
        while (true) {
            while (staging.hasRemaining()) {
                int position = staging.position();
                byte b = staging.get();
                staging.put(position, (byte) 0);
                if (b == '\n') {
                    terminated = true;
                    return true;
                }
                append(b);
            }
            if (!fill()) {
                return length > 0;
            }
        }
    }

    /** Waits for the first byte of the next line. @return false at the end of the stream */
    public boolean awaitByte() throws IOException {
        return staging.hasRemaining() || fill();
    }

    /** The bytes of the line begin at index 0 and are {@link #length} long; what follows is of no meaning. */
    public byte[] bytes() {
        return line;
    }

    /** Length of the line in bytes, without its end. */
    public int length() {
        return length;
    }

    /** False when the stream ended before the line did. */
    public boolean isTerminated() {
        return terminated;
    }

    /** Wipes what is left. The channel stays open. */
    @Override
    public void close() {
        Arrays.fill(line, (byte) 0);
        staging.clear();
        for (int i = 0; i < STAGING_BYTES; i++) {
            staging.put(i, (byte) 0);
        }
        staging.flip();
    }

    private void append(byte b) throws LineTooLongException {
        if (length == limitBytes) {
            close();
            throw new LineTooLongException(limitBytes);
        }
        if (length == line.length) {
            byte[] longer = Arrays.copyOf(line, Math.min(limitBytes, 4 * line.length));
            Arrays.fill(line, (byte) 0);
            line = longer;
        }
        line[length++] = b;
    }

    private boolean fill() throws IOException {
        staging.clear();
        try {
            return source.read(staging) > 0;
        } finally {
            staging.flip();
        }
    }
}
