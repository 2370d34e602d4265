package skyawg.protocol.crypto;

import java.lang.foreign.Arena;
import java.util.HexFormat;
import skyawg.protocol.wire.Memory;

/** Bytes between the heap and off-heap memory, for a test; the memory goes with the arena's owner. */
public final class OffHeap implements AutoCloseable {
    private final Arena arena = Arena.ofConfined();

    /** Memory of this length; at least one byte, so that empty input has an address. */
    public long allocate(int length) {
        return Memory.allocate(arena, Math.max(1, length));
    }

    public long put(byte[] bytes) {
        long address = allocate(bytes.length);
        Memory.copy(bytes, 0, address, bytes.length);
        return address;
    }

    public static byte[] get(long address, int length) {
        byte[] bytes = new byte[length];
        Memory.copy(address, bytes, 0, length);
        return bytes;
    }

    public static String hex(long address, int length) {
        return HexFormat.of().formatHex(get(address, length));
    }

    @Override
    public void close() {
        arena.close();
    }
}
