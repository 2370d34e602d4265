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
    private static final int INPUT_BYTES = 8 * 1024;
    private static final byte[] ZEROS = new byte[INPUT_BYTES];

    private final ReadableByteChannel source;
    private final int limitBytes;
    // Off the heap: a heap buffer would be copied through one that the JDK keeps for each thread and never wipes.
    private final ByteBuffer staging = ByteBuffer.allocateDirect(INPUT_BYTES);
    private final byte[] input = new byte[INPUT_BYTES];
    private int inputFrom;
    private int inputTo;
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
        while (awaitByte()) {
            int end = inputFrom;
            while (end < inputTo && input[end] != '\n') {
                end++;
            }
            append(end);
            if (end < inputTo) {
                inputFrom = end + 1;
                terminated = true;
                return true;
            }
        }
        return length > 0;
    }

    /** Waits for the first byte of the next line. @return false at the end of the stream */
    public boolean awaitByte() throws IOException {
        if (inputFrom < inputTo) {
            return true;
        }
        staging.clear();
        int read = source.read(staging);
        staging.flip();
        inputFrom = 0;
        inputTo = staging.limit();
        staging.get(input, 0, inputTo);
        staging.put(0, ZEROS, 0, inputTo);
        return read > 0;
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
        Arrays.fill(line, 0, length, (byte) 0);
        Arrays.fill(input, inputFrom, inputTo, (byte) 0);
        length = 0;
        inputFrom = 0;
        inputTo = 0;
    }

    /** Moves the input up to {@code end} to the line. */
    private void append(int end) throws LineTooLongException {
        int count = end - inputFrom;
        if (length + count > limitBytes) {
            close();
            throw new LineTooLongException(limitBytes);
        }
        if (length + count > line.length) {
            byte[] longer = Arrays.copyOf(line, Math.min(limitBytes, Math.max(4 * line.length, length + count)));
            Arrays.fill(line, (byte) 0);
            line = longer;
        }
        System.arraycopy(input, inputFrom, line, length, count);
        Arrays.fill(input, inputFrom, end, (byte) 0);
        length += count;
        inputFrom = end;
    }
}
