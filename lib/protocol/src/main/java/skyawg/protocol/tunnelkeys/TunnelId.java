package skyawg.protocol.tunnelkeys;

import java.nio.ByteBuffer;
import skyawg.protocol.crypto.Entropy;

/**
 * A tunnel's name and the right to join it: 16 random bytes that only its ingress and its egress know. It does not
 * print itself.
 */
public record TunnelId(long high, long low) {
    public static final int LENGTH = 16;

    public static TunnelId random(Entropy entropy) {
        return new TunnelId(entropy.nextLong(), entropy.nextLong());
    }

    /** Reads the 16 bytes at {@code offset}. */
    public static TunnelId read(byte[] bytes, int offset) {
        ByteBuffer view = ByteBuffer.wrap(bytes);
        return new TunnelId(view.getLong(offset), view.getLong(offset + Long.BYTES));
    }

    /** Writes the 16 bytes at {@code offset}. */
    public void write(byte[] bytes, int offset) {
        ByteBuffer.wrap(bytes).putLong(offset, high).putLong(offset + Long.BYTES, low);
    }

    @Override
    public String toString() {
        return "(hidden)";
    }
}
