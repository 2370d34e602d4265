package skyawg.lab.shaper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import skyawg.protocol.wire.Memory;

/** Numbered frames through a {@link Direction} on a virtual clock. */
final class VirtualTraffic {
    static final long MILLISECOND = 1_000_000;
    static final long SECOND = 1_000_000_000;

    /** The first frame arrives then. */
    static final long START = 5 * SECOND;

    /** A frame that left, with its times. */
    record Departure(long number, long arrivedAt, long departedAt) {
        long tookNanos() {
            return departedAt - arrivedAt;
        }
    }

    final Direction direction;
    final List<Departure> departures = new ArrayList<>();
    private long nowNanos = START;
    private long sent;

    VirtualTraffic(long seed, String conditions) {
        direction = new Direction(seed);
        change(conditions);
    }

    void change(String conditions) {
        direction.change(direction.conditions().with(List.of(conditions.split(" "))));
    }

    long nowNanos() {
        return nowNanos;
    }

    /** Frames arrive, one each {@code intervalNanos}; those that are due meanwhile depart at their very time. */
    VirtualTraffic send(int count, int lengthBytes, long intervalNanos) {
        for (int i = 0; i < count; i++) {
            long place = direction.place();
            Memory.putLongLe(place, sent++);
            Memory.putLongLe(place + Long.BYTES, nowNanos);
            Memory.putByte(place + lengthBytes - 1, (int) sent);
            direction.arrived(lengthBytes, nowNanos);
            runUntil(nowNanos + intervalNanos);
        }
        return this;
    }

    void runUntil(long untilNanos) {
        long due = direction.nextDueNanos();
        while (due <= untilNanos) {
            nowNanos = Math.max(nowNanos, due);
            depart();
            due = direction.nextDueNanos();
        }
        nowNanos = untilNanos;
    }

    private void depart() {
        long frame = direction.frame();
        long number = Memory.getLongLe(frame);
        assertThat(Memory.getByte(frame + direction.length() - 1)).isEqualTo((byte) (number + 1));
        departures.add(new Departure(number, Memory.getLongLe(frame + Long.BYTES), nowNanos));
        direction.departed(true, nowNanos);
    }

    /** Lets everything depart. @return the counters, which must add up */
    Counters finish() {
        while (direction.nextDueNanos() != FrameRing.NEVER) {
            runUntil(direction.nextDueNanos());
        }
        Counters counters = direction.counters();
        assertThat(counters.waiting()).isZero();
        assertThat(counters.arrived()).isEqualTo(sent);
        assertThat(counters.sent()).isEqualTo(departures.size());
        assertThat(counters.sent()
                        + counters.lost()
                        + counters.queueDropped()
                        + counters.blackHoled()
                        + counters.overflowed()
                        + counters.refused())
                .isEqualTo(sent);
        return counters;
    }
}
