package skyawg.datapath.sys;

import java.nio.charset.StandardCharsets;
import skyawg.protocol.wire.Memory;

/** Text ended by a NUL. */
public final class CString {
    private CString() {}

    /** Writes {@code text} and the NUL; the caller has room for them. */
    public static void put(long to, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Memory.copy(bytes, 0, to, bytes.length);
        Memory.putByte(to + bytes.length, 0);
    }

    /** Reads up to the NUL, at most {@code limit} bytes. */
    public static String get(long from, int limit) {
        int length = 0;
        while (length < limit && Memory.getByte(from + length) != 0) {
            length++;
        }
        byte[] bytes = new byte[length];
        Memory.copy(from, bytes, 0, length);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
