package skyawg.protocol.record;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Which record, with which addresses, a node calls its own: the first 16 bytes of SHA-256 over record and addresses. A
 * reply carries it, and so a record that somebody else gave out for the node is found out.
 */
public record RecordDigest(long high, long low) {
    public static final int LENGTH = 16;

    /** Where a reply has no earlier record to name. */
    public static final RecordDigest NONE = new RecordDigest(0, 0);

    static RecordDigest over(byte[] addressedRecord) {
        try {
            return of(MessageDigest.getInstance("SHA-256").digest(addressedRecord), 0);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Reads 16 bytes at {@code offset}. */
    public static RecordDigest of(byte[] bytes, int offset) {
        return new RecordDigest(BigEndian.getLong(bytes, offset), BigEndian.getLong(bytes, offset + Long.BYTES));
    }

    public byte[] toBytes() {
        byte[] bytes = new byte[LENGTH];
        BigEndian.putLong(bytes, 0, high);
        BigEndian.putLong(bytes, Long.BYTES, low);
        return bytes;
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(toBytes());
    }
}
