package skyawg.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each accessor against a ByteBuffer of the same bytes. */
final class MemoryTest {
    private static final int LENGTH = 64;

    private final Arena arena = Arena.ofConfined();
    private final long memory = Memory.allocate(arena, LENGTH);
    private final ByteBuffer little = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    private final ByteBuffer big = ByteBuffer.allocate(LENGTH);

    @AfterEach
    void free() {
        arena.close();
    }

    @Test
    void allocatesZeroedWholeCacheLines() {
        for (int i = 0; i < 10; i++) {
            long address = Memory.allocate(arena, 100);
            assertThat(address % 64).isZero();
            assertThat(bytes(address, 100)).isEqualTo(new byte[100]);
        }
    }

    @Test
    void readsInEitherOrderAtAnyAlignment() {
        new Random(1).nextBytes(little.array());
        big.put(0, little.array());
        Memory.copy(little.array(), 0, memory, LENGTH);
        for (int i = 0; i <= LENGTH - Long.BYTES; i++) {
            assertThat(Memory.getByte(memory + i)).isEqualTo(little.get(i));
            assertThat(Memory.getShortLe(memory + i)).isEqualTo(little.getShort(i) & 0xffff);
            assertThat(Memory.getShortBe(memory + i)).isEqualTo(big.getShort(i) & 0xffff);
            assertThat(Memory.getIntLe(memory + i)).isEqualTo(little.getInt(i));
            assertThat(Memory.getIntBe(memory + i)).isEqualTo(big.getInt(i));
            assertThat(Memory.getLongLe(memory + i)).isEqualTo(little.getLong(i));
            assertThat(Memory.getLongBe(memory + i)).isEqualTo(big.getLong(i));
        }
    }

    @Test
    void writesInEitherOrderAtAnyAlignmentAndNothingBeside() {
        long value = 0x8192_a3b4_c5d6_e7f8L;
        for (int i = 1; i <= LENGTH - Long.BYTES - 1; i++) {
            check(i, Memory::putByte, (at, v) -> little.put(at, v.byteValue()), (int) value);
            check(i, Memory::putShortLe, (at, v) -> little.putShort(at, v.shortValue()), (int) value);
            check(i, Memory::putShortBe, (at, v) -> big.putShort(at, v.shortValue()), (int) value);
            check(i, Memory::putIntLe, (at, v) -> little.putInt(at, v.intValue()), (int) value);
            check(i, Memory::putIntBe, (at, v) -> big.putInt(at, v.intValue()), (int) value);
            checkLong(i, Memory::putLongLe, (at, v) -> little.putLong(at, v.longValue()), value);
            checkLong(i, Memory::putLongBe, (at, v) -> big.putLong(at, v.longValue()), value);
        }
    }

    private interface IntPut {
        void put(long address, int value);
    }

    private interface LongPut {
        void put(long address, long value);
    }

    private interface Expected {
        void put(int at, Number value);
    }

    private void check(int at, IntPut put, Expected expected, int value) {
        reset();
        put.put(memory + at, value);
        expected.put(at, value);
        compare();
    }

    private void checkLong(int at, LongPut put, Expected expected, long value) {
        reset();
        put.put(memory + at, value);
        expected.put(at, value);
        compare();
    }

    private void reset() {
        Memory.fill(memory, LENGTH, 0);
        little.put(0, new byte[LENGTH]);
        big.put(0, new byte[LENGTH]);
    }

    /** One of the two buffers was written to; the other is zero. */
    private void compare() {
        byte[] expected = new byte[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            expected[i] = (byte) (little.get(i) | big.get(i));
        }
        assertThat(bytes(memory, LENGTH)).isEqualTo(expected);
    }

    @Property(tries = 500)
    void copiesOverItself(
            @ForAll @IntRange(max = 40) int from,
            @ForAll @IntRange(max = 40) int to,
            @ForAll @IntRange(max = 24) int length) {
        try (Arena mine = Arena.ofConfined()) {
            long address = Memory.allocate(mine, LENGTH);
            byte[] expected = new byte[LENGTH];
            new Random(3).nextBytes(expected);
            Memory.copy(expected, 0, address, LENGTH);
            Memory.copy(address + from, address + to, length);
            System.arraycopy(expected, from, expected, to, length);
            assertThat(bytes(address, LENGTH)).isEqualTo(expected);
        }
    }

    @Property(tries = 500)
    void shortCopiesAndClearsTouchExactlyTheirLength(
            @ForAll @IntRange(max = 300) int length, @ForAll @IntRange(max = 9) int offset) {
        try (Arena mine = Arena.ofConfined()) {
            int room = length + 20;
            byte[] source = new byte[room];
            new Random(length).nextBytes(source);
            long from = Memory.allocate(mine, room);
            long to = Memory.allocate(mine, room);
            Memory.copy(source, 0, from, room);
            Memory.fill(to, room, 0x33);
            byte[] expected = bytes(to, room);
            Memory.copyShort(from + offset, to + 5, length);
            System.arraycopy(source, offset, expected, 5, length);
            assertThat(bytes(to, room)).isEqualTo(expected);
            Memory.clearShort(to + 3, length);
            Arrays.fill(expected, 3, 3 + length, (byte) 0);
            assertThat(bytes(to, room)).isEqualTo(expected);
        }
    }

    @Test
    void copiesBetweenHeapAndMemoryAtOffsets() {
        byte[] array = new byte[20];
        new Random(5).nextBytes(array);
        Memory.copy(array, 7, memory + 3, 10);
        byte[] back = new byte[20];
        Memory.copy(memory + 3, back, 2, 10);
        for (int i = 0; i < 20; i++) {
            assertThat(back[i]).isEqualTo(i >= 2 && i < 12 ? array[i + 5] : 0);
        }
    }

    @Test
    void fillsExactlyItsLength() {
        Memory.fill(memory, LENGTH, 0x101);
        Memory.fill(memory + 10, 5, -1);
        for (int i = 0; i < LENGTH; i++) {
            assertThat(Memory.getByte(memory + i)).isEqualTo((byte) (i >= 10 && i < 15 ? -1 : 1));
        }
    }

    private static byte[] bytes(long address, int length) {
        byte[] bytes = new byte[length];
        Memory.copy(address, bytes, 0, length);
        return bytes;
    }
}
