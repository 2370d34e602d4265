package skyawg.protocol.wire;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Off-heap memory by address, any alignment. There is no bounds check: a wrong address ends the process. Any thread may
 * call it; ordering between threads is the caller's business.
 */
public final class Memory {
    /** Everything the process can address. A constant, so that the JIT reduces an access to one instruction. */
    @SuppressWarnings("restricted") // the point of this class
    public static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private static final int CACHE_LINE = 64;
    private static final ValueLayout.OfShort SHORT_LE =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT_BE =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt INT_LE = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT_BE = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong LONG_LE =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG_BE = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private Memory() {}

    /** Zeroed memory on a cache line that lives until {@code arena} closes. */
    public static long allocate(Arena arena, long lengthBytes) {
        return arena.allocate(lengthBytes, CACHE_LINE).address();
    }

    public static byte getByte(long address) {
        return ALL.get(ValueLayout.JAVA_BYTE, address);
    }

    public static void putByte(long address, int value) {
        ALL.set(ValueLayout.JAVA_BYTE, address, (byte) value);
    }

    /** Unsigned. */
    public static int getShortLe(long address) {
        return ALL.get(SHORT_LE, address) & 0xffff;
    }

    public static void putShortLe(long address, int value) {
        ALL.set(SHORT_LE, address, (short) value);
    }

    /** Unsigned. */
    public static int getShortBe(long address) {
        return ALL.get(SHORT_BE, address) & 0xffff;
    }

    public static void putShortBe(long address, int value) {
        ALL.set(SHORT_BE, address, (short) value);
    }

    public static int getIntLe(long address) {
        return ALL.get(INT_LE, address);
    }

    public static void putIntLe(long address, int value) {
        ALL.set(INT_LE, address, value);
    }

    public static int getIntBe(long address) {
        return ALL.get(INT_BE, address);
    }

    public static void putIntBe(long address, int value) {
        ALL.set(INT_BE, address, value);
    }

    public static long getLongLe(long address) {
        return ALL.get(LONG_LE, address);
    }

    public static void putLongLe(long address, long value) {
        ALL.set(LONG_LE, address, value);
    }

    public static long getLongBe(long address) {
        return ALL.get(LONG_BE, address);
    }

    public static void putLongBe(long address, long value) {
        ALL.set(LONG_BE, address, value);
    }

    /** Copies forward or backward as needed: the two places may overlap. */
    public static void copy(long from, long to, long lengthBytes) {
        MemorySegment.copy(ALL, from, ALL, to, lengthBytes);
    }

    public static void copy(byte[] from, int offset, long to, int lengthBytes) {
        MemorySegment.copy(from, offset, ALL, ValueLayout.JAVA_BYTE, to, lengthBytes);
    }

    public static void copy(long from, byte[] to, int offset, int lengthBytes) {
        MemorySegment.copy(ALL, ValueLayout.JAVA_BYTE, from, to, offset, lengthBytes);
    }

    /** A copy on the heap. */
    public static byte[] bytes(long from, int lengthBytes) {
        byte[] bytes = new byte[lengthBytes];
        copy(from, bytes, 0, lengthBytes);
        return bytes;
    }

    /**
     * As {@link #copy(long, long, long)} for up to some hundred bytes that do not overlap: without a call's fixed cost.
     */
    public static void copyShort(long from, long to, int lengthBytes) {
        int done = 0;
        for (; done <= lengthBytes - Long.BYTES; done += Long.BYTES) {
            putLongLe(to + done, getLongLe(from + done));
        }
        for (; done < lengthBytes; done++) {
            putByte(to + done, getByte(from + done));
        }
    }

    /** Zeroes up to some hundred bytes: without a call's fixed cost. */
    public static void clearShort(long address, int lengthBytes) {
        int done = 0;
        for (; done <= lengthBytes - Long.BYTES; done += Long.BYTES) {
            putLongLe(address + done, 0);
        }
        for (; done < lengthBytes; done++) {
            putByte(address + done, 0);
        }
    }

    public static void fill(long address, long lengthBytes, int value) {
        ALL.asSlice(address, lengthBytes).fill((byte) value);
    }
}
