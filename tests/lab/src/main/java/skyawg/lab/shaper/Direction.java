package skyawg.lab.shaper;

import java.lang.foreign.Arena;
import skyawg.protocol.crypto.SeededEntropy;
import skyawg.protocol.wire.Memory;

/**
 * One direction of a link: decides for each frame that arrives whether and when it departs. It reads no clock: the same
 * frames at the same times with the same seed have the same schedule. One thread.
 *
 * <p>A frame that arrives is written to {@link #place} and then told by {@link #arrived}. From {@link #nextDueNanos} on
 * it is to be sent from {@link #frame} and told by {@link #departed}. Times are nanoseconds of a clock that is never
 * below zero, as {@code System.nanoTime} on Linux.
 */
final class Direction {
    private static final long MEMORY_LIMIT = 64L << 20;

    /** One number a frame and purpose, whatever the conditions: so that one seed has one fate for the n-th frame. */
    private final SeededEntropy lossDice;

    private final SeededEntropy reorderDice;
    private final SeededEntropy jitterDice;

    /** Frames that keep their order, and those that are held back. In each of them the first is due first. */
    private final FrameRing ordered = new FrameRing(MEMORY_LIMIT);

    private final FrameRing held = new FrameRing(MEMORY_LIMIT);

    /** Where frames are read to when there is no room. */
    private static final long NOWHERE = Memory.allocate(Arena.global(), FrameRing.MAX_LENGTH);

    private long place = FrameRing.NONE;

    private Conditions conditions = Conditions.CLEAR;
    private long lineFreeAt;
    private long jitterOffset;
    private long jitterUntil;
    private long lastOrderedDue;
    private long lastHeldDue;
    private long highestDeparted;

    private long arrived;
    private long sent;
    private long sentBytes;
    private long lost;
    private long queueDropped;
    private long blackHoled;
    private long reordered;
    private long overflowed;
    private long refused;
    private long latestNanos;

    Direction(long seed) {
        SeededEntropy seeds = new SeededEntropy(seed);
        lossDice = new SeededEntropy(seeds.nextLong());
        reorderDice = new SeededEntropy(seeds.nextLong());
        jitterDice = new SeededEntropy(seeds.nextLong());
    }

    Conditions conditions() {
        return conditions;
    }

    /** Holds for frames that arrive from now on; those under way keep their times. */
    void change(Conditions to) {
        conditions = to;
        jitterUntil = 0;
    }

    /** Where the next frame is to be written, {@link FrameRing#MAX_LENGTH} bytes. */
    long place() {
        place = ordered.place();
        return place == FrameRing.NONE ? NOWHERE : place;
    }

    /** A frame was written to {@link #place}, which was asked for just before. */
    void arrived(int length, long nowNanos) {
        arrived++;
        boolean isLost = happens(lossDice, conditions.loss());
        boolean isHeld = happens(reorderDice, conditions.reorder());
        if (conditions.isBlackHole()) {
            blackHoled++;
            return;
        }
        long onTheLineAt = Math.max(nowNanos, lineFreeAt);
        if (!conditions.hasRoom(onTheLineAt - nowNanos, length)) {
            queueDropped++;
            return;
        }
        lineFreeAt = onTheLineAt + conditions.lineNanos(length);
        if (isLost) {
            lost++;
            return;
        }
        if (place == FrameRing.NONE) {
            overflowed++;
            return;
        }
        long due = lineFreeAt + conditions.delayNanos() + jitter(lineFreeAt);
        if (isHeld) {
            hold(length, due + conditions.holdNanos());
        } else {
            lastOrderedDue = Math.max(lastOrderedDue, due);
            ordered.append(length, lastOrderedDue, arrived);
        }
    }

    private void hold(int length, long due) {
        long to = held.place();
        if (to == FrameRing.NONE) {
            overflowed++;
            return;
        }
        Memory.copy(place, to, length);
        lastHeldDue = Math.max(lastHeldDue, due);
        held.append(length, lastHeldDue, arrived);
    }

    /**
     * The present difference to the delay. With a new one for each frame a dense stream, whose order is kept, would
     * always wait for the latest of its frames: a longer delay without jitter. So one is kept for a while.
     */
    private long jitter(long atNanos) {
        long most = conditions.jitterNanos();
        if (most > 0 && atNanos >= jitterUntil) {
            jitterUntil = atNanos + most;
            jitterOffset = Math.round((2 * fraction(jitterDice) - 1) * most);
        }
        return most == 0 ? 0 : jitterOffset;
    }

    private static boolean happens(SeededEntropy dice, double probability) {
        return fraction(dice) < probability;
    }

    /** From 0 to 1, without 1. */
    private static double fraction(SeededEntropy dice) {
        return (dice.nextLong() >>> 11) * 0x1.0p-53;
    }

    /** When the next frame is to be sent, {@link FrameRing#NEVER} when none is under way. */
    long nextDueNanos() {
        return Math.min(ordered.dueNanos(), held.dueNanos());
    }

    private FrameRing next() {
        return held.dueNanos() < ordered.dueNanos() ? held : ordered;
    }

    /** The next frame to be sent; only when one is under way. */
    long frame() {
        return next().frame();
    }

    int length() {
        return next().length();
    }

    /**
     * The next frame is done with.
     *
     * @param wasTaken by the device that it was sent to
     */
    void departed(boolean wasTaken, long nowNanos) {
        FrameRing from = next();
        if (wasTaken) {
            sent++;
            sentBytes += from.length();
            latestNanos = Math.max(latestNanos, nowNanos - from.dueNanos());
            if (from.number() < highestDeparted) {
                reordered++;
            } else {
                highestDeparted = from.number();
            }
        } else {
            refused++;
        }
        from.remove();
    }

    Counters counters() {
        return new Counters(
                arrived,
                sent,
                sentBytes,
                lost,
                queueDropped,
                blackHoled,
                reordered,
                overflowed,
                refused,
                ordered.count() + held.count(),
                latestNanos);
    }
}
