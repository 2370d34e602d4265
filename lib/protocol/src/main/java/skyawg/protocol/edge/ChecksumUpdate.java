package skyawg.protocol.edge;

import skyawg.protocol.wire.Memory;

/**
 * Changes an Internet checksum by what changed under it (RFC 1624 equation 3): {@code HC' = ~(~HC + ~m + m')}. A
 * <i>difference</i> is the sum of {@code ~m + m'} over changed 16-bit words, folded to 16 bits.
 */
final class ChecksumUpdate {
    private ChecksumUpdate() {}

    /** The difference that one 16-bit word makes; 0 when it stays. */
    static int ofWord(int before, int after) {
        return before == after ? 0 : fold((~before & 0xffff) + after);
    }

    /** The difference that four 16-bit words make. */
    static int ofLong(long before, long after) {
        int sum = 0;
        for (int shift = 0; shift < Long.SIZE; shift += Short.SIZE) {
            sum += ofWord((int) (before >>> shift) & 0xffff, (int) (after >>> shift) & 0xffff);
        }
        return fold(sum);
    }

    /** The checksum after a difference. */
    static int updated(int checksum, int difference) {
        return difference == 0 ? checksum : ~fold((~checksum & 0xffff) + difference) & 0xffff;
    }

    /** Changes the checksum at this address. @return the difference that its own change makes to a sum over it */
    static int apply(long checksum, int difference) {
        int before = Memory.getShortBe(checksum);
        int after = updated(before, difference);
        Memory.putShortBe(checksum, after);
        return ofWord(before, after);
    }

    /** As {@link #apply} for UDP: 0 means "no checksum" and stays, a result of 0 is sent as FFFF (RFC 768). */
    static int applyUdp(long checksum, int difference) {
        int before = Memory.getShortBe(checksum);
        if (before == 0) {
            return 0;
        }
        int after = updated(before, difference);
        after = after == 0 ? 0xffff : after;
        Memory.putShortBe(checksum, after);
        return ofWord(before, after);
    }

    /** Folds up to 32 768 words' carries. */
    static int fold(int sum) {
        int folded = (sum & 0xffff) + (sum >>> 16);
        return (folded & 0xffff) + (folded >>> 16);
    }
}
