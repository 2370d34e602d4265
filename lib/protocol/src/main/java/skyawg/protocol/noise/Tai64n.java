package skyawg.protocol.noise;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The timestamp of an initiation: 12 bytes, big-endian, eight of seconds (2^62 and ten leap seconds added to Unix time)
 * and four of nanoseconds. The low 24 bits of the nanoseconds are cleared, so that a stamp tells others little about
 * our clock; two stamps of one {@link #TICK} are equal.
 */
final class Tai64n {
    static final int LENGTH = 12;

    /** The least time by which two different stamps differ, about 16.8 ms. */
    static final long TICK = 1L << 24;

    private static final long UNIX_EPOCH = 0x4000_0000_0000_000aL;
    private static final int NANOS_OFFSET = 8;
    /** More than a day, and far from what nanoseconds cannot count. */
    private static final long MAX_SECONDS_APART = 100_000;

    private static final VarHandle LONG_BE = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT_BE = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private Tai64n() {}

    static void write(byte[] out, int offset, long unixNanos) {
        LONG_BE.set(out, offset, UNIX_EPOCH + Math.floorDiv(unixNanos, Constants.NANOS_PER_SECOND));
        int nanos = (int) Math.floorMod(unixNanos, Constants.NANOS_PER_SECOND);
        INT_BE.set(out, offset + NANOS_OFFSET, nanos & (int) -TICK);
    }

    /** The time that {@link #write} would write for this one: rounded down to a tick within its second. */
    static long whiten(long unixNanos) {
        long nanos = Math.floorMod(unixNanos, Constants.NANOS_PER_SECOND);
        return unixNanos - nanos + (nanos & -TICK);
    }

    /** Whether a stamp, any 12 bytes, is at most so far from a time on either side. Up to a day. */
    static boolean isNear(byte[] stamp, long unixNanos, long nanos) {
        long clock = UNIX_EPOCH + Math.floorDiv(unixNanos, Constants.NANOS_PER_SECOND);
        long seconds = (long) LONG_BE.get(stamp, 0) - clock;
        if (seconds < -MAX_SECONDS_APART || seconds > MAX_SECONDS_APART) {
            return false;
        }
        long apart = seconds * Constants.NANOS_PER_SECOND
                + Integer.toUnsignedLong((int) INT_BE.get(stamp, NANOS_OFFSET))
                - Math.floorMod(unixNanos, Constants.NANOS_PER_SECOND);
        return Math.abs(apart) <= nanos;
    }

    /** Unsigned, as bytes: anything that a peer may send has a place in the order. */
    static boolean isAfter(byte[] stamp, byte[] other) {
        return Arrays.compareUnsigned(stamp, other) > 0;
    }
}
