package skyawg.lab.shaper;

/**
 * What became of the frames of one direction: {@code arrived} is the sum of {@code sent}, {@code lost},
 * {@code queueDropped}, {@code blackHoled}, {@code overflowed}, {@code refused} and {@code waiting}.
 *
 * @param reordered of those sent, the ones that a later frame had overtaken
 * @param overflowed no memory was left for them: a delay too long for such a rate
 * @param refused the far device did not take them, because it is down or gone
 * @param latestNanos how long after its time a frame was sent, at most: if it is much, the machine was too busy, and
 *     what was measured over this link says little
 */
record Counters(
        long arrived,
        long sent,
        long sentBytes,
        long lost,
        long queueDropped,
        long blackHoled,
        long reordered,
        long overflowed,
        long refused,
        long waiting,
        long latestNanos) {
    String json() {
        return String.format(
                "{\"arrived\":%d,\"sent\":%d,\"sent_bytes\":%d,\"lost\":%d,\"queue_dropped\":%d,\"black_holed\":%d,"
                        + "\"reordered\":%d,\"overflowed\":%d,\"refused\":%d,\"waiting\":%d,\"latest_us\":%d}",
                arrived,
                sent,
                sentBytes,
                lost,
                queueDropped,
                blackHoled,
                reordered,
                overflowed,
                refused,
                waiting,
                latestNanos / 1000);
    }
}
