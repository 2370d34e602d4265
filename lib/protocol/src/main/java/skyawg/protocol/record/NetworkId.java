package skyawg.protocol.record;

import java.util.HexFormat;

/**
 * Which network: 16 bytes that its name and secret lead to. Records carry the first eight, set-ups are bound to all.
 */
public record NetworkId(long high, long low) {
    public static final int LENGTH = 16;

    /** Reads 16 bytes at {@code offset}. */
    public static NetworkId of(byte[] bytes, int offset) {
        return new NetworkId(BigEndian.getLong(bytes, offset), BigEndian.getLong(bytes, offset + Long.BYTES));
    }

    public byte[] toBytes() {
        byte[] bytes = new byte[LENGTH];
        BigEndian.putLong(bytes, 0, high);
        BigEndian.putLong(bytes, Long.BYTES, low);
        return bytes;
    }

    /** The first eight bytes, which a record has. */
    public long prefix() {
        return high;
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(toBytes());
    }
}
