package skyawg.sim;

import skyawg.protocol.crypto.Entropy;

/** Virtual UDP: each datagram arrives after a time that depends on where its ends are, or is lost. */
final class Wire {
    private static final long LEAST_DELAY = 2 * Timeline.MILLISECOND;
    private static final long MOST_JITTER = Timeline.MILLISECOND;
    private static final int LOSS_SCALE = 1_000_000;

    private final Timeline timeline;
    private final Entropy entropy;
    private final long lossPerMillion;
    /** Over a distance of 1: the world is a square of that length. */
    private final long spreadNanos;

    Wire(Timeline timeline, Entropy entropy, Settings settings) {
        this.timeline = timeline;
        this.entropy = entropy;
        this.lossPerMillion = Math.round(settings.lossPerMille() * 1_000);
        this.spreadNanos = settings.spreadMillis() * Timeline.MILLISECOND;
    }

    /** Where a node is: its distances to others are the delays of its datagrams. */
    record Place(double x, double y) {
        static Place anywhere(Entropy entropy) {
            return new Place(fraction(entropy), fraction(entropy));
        }

        private static double fraction(Entropy entropy) {
            return (entropy.nextLong() >>> 11) * 0x1p-53;
        }

        double distance(Place other) {
            return Math.sqrt((x - other.x) * (x - other.x) + (y - other.y) * (y - other.y));
        }
    }

    /** Without the jitter. */
    long delayNanos(SimNode from, SimNode to) {
        return LEAST_DELAY + (long) (spreadNanos * from.place().distance(to.place()));
    }

    /**
     * Sends a datagram.
     *
     * @param bytes on the wire
     * @param arrival what happens there, if it arrives and the node is alive then
     */
    void send(SimNode from, SimNode to, int bytes, Runnable arrival) {
        if (!from.isAlive()) {
            return;
        }
        from.traffic().sent(bytes);
        if (entropy.uniform(0, LOSS_SCALE - 1L) < lossPerMillion) {
            return;
        }
        long delay = delayNanos(from, to) + entropy.uniform(0, MOST_JITTER);
        timeline.after(delay, () -> {
            if (to.isAlive()) {
                to.traffic().received(bytes);
                arrival.run();
            }
        });
    }
}
