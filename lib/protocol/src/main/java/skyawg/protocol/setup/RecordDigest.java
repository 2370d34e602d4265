package skyawg.protocol.setup;

import java.nio.ByteBuffer;

/**
 * First 16 bytes of SHA-256 over a node record and its addresses, by which a hop says in its reply which record it
 * calls its own.
 */
public record RecordDigest(long high, long low) {
    public static final int LENGTH = 16;
    public static final RecordDigest NONE = new RecordDigest(0, 0);

    /** Takes the first 16 bytes. */
    public static RecordDigest of(byte[] bytes) {
        return read(ByteBuffer.wrap(bytes), 0);
    }

    static RecordDigest read(ByteBuffer view, int offset) {
        return new RecordDigest(view.getLong(offset), view.getLong(offset + Long.BYTES));
    }

    void write(ByteBuffer view, int offset) {
        view.putLong(offset, high);
        view.putLong(offset + Long.BYTES, low);
    }
}
