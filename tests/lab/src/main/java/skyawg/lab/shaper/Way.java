package skyawg.lab.shaper;

/** From one device by a {@link Direction} to another. */
final class Way {
    /** Frames read before others get their turn. */
    private static final int BATCH = 64;

    private final TapDevice from;
    private final TapDevice to;
    private final Direction direction;

    Way(TapDevice from, TapDevice to, Direction direction) {
        this.from = from;
        this.to = to;
        this.direction = direction;
    }

    Direction direction() {
        return direction;
    }

    /** Readable when frames wait. */
    int fd() {
        return from.fd();
    }

    /** Takes what waits at the near end. @return false when that end is gone */
    boolean take(long nowNanos) {
        for (int i = 0; i < BATCH; i++) {
            int length = from.read(direction.place(), FrameRing.MAX_LENGTH);
            if (length <= 0) {
                return length == 0;
            }
            direction.arrived(length, nowNanos);
        }
        return true;
    }

    /** Sends what is due. @return when the next frame is */
    long deliver(long nowNanos) {
        long due = direction.nextDueNanos();
        while (due <= nowNanos) {
            direction.departed(to.write(direction.frame(), direction.length()), nowNanos);
            due = direction.nextDueNanos();
        }
        return due;
    }
}
