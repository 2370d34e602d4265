package skyawg.lab.traffic;

import skyawg.protocol.wire.Memory;

/**
 * A packet that says which of how many it is, filled with bytes that follow from its number.
 *
 * <pre>
 *  0          8          16         24
 *  +----------+----------+----------+------ ...
 *  | magic    | number   | total    | filler
 *  +----------+----------+----------+------ ...
 * </pre>
 *
 * A number equal to the total says that the sender is done.
 */
final class NumberedPacket {
    static final int MIN_LENGTH = 24;

    private static final long MAGIC = 0x736b_7961_7767_2d31L;
    private static final int NUMBER_OFFSET = 8;
    private static final int TOTAL_OFFSET = 16;

    private NumberedPacket() {}

    static void put(long packet, int length, long number, long total) {
        Memory.putLongLe(packet, MAGIC);
        Memory.putLongLe(packet + NUMBER_OFFSET, number);
        Memory.putLongLe(packet + TOTAL_OFFSET, total);
        for (int i = MIN_LENGTH; i < length; i++) {
            Memory.putByte(packet + i, (int) (number + i));
        }
    }

    static long number(long packet) {
        return Memory.getLongLe(packet + NUMBER_OFFSET);
    }

    static long total(long packet) {
        return Memory.getLongLe(packet + TOTAL_OFFSET);
    }

    /** True when every byte is as {@link #put} wrote it. */
    static boolean isWhole(long packet, int length) {
        if (length < MIN_LENGTH || Memory.getLongLe(packet) != MAGIC) {
            return false;
        }
        long number = number(packet);
        for (int i = MIN_LENGTH; i < length; i++) {
            if (Memory.getByte(packet + i) != (byte) (number + i)) {
                return false;
            }
        }
        return number >= 0 && number <= total(packet);
    }
}
