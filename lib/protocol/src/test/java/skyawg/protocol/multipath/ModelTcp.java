package skyawg.protocol.multipath;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * One bulk TCP flow, both ends: CUBIC (RFC 9438) or Reno, HyStart-like end of slow start by delay, complete SACK
 * information, loss as three later transmissions delivered (in the order of transmission, so that lost retransmissions
 * are seen too; no reordering window and no undo, which makes it harsher on reordering than Linux), RTO of at least 200
 * ms, an acknowledgment for every second segment or at once where there is a hole.
 */
final class ModelTcp {
    static final int MSS = 1296;

    private static final double BETA = 0.7;
    private static final double CUBIC_C = 0.4;
    private static final int REORDERING = 3;
    private static final int MAX_WINDOW = 6 * 1024 * 1024 / MSS;
    private static final long MIN_RTO = 200 * ModelTime.MILLI;
    private static final byte FLYING = 1;
    private static final byte ARRIVED = 2;
    private static final byte LOST = 3;

    private record Transmission(long sequence, long number) {}

    private final ModelTime time;
    private final boolean isCubic;
    private final Consumer<ModelSegment> network;

    // The sender.
    private byte[] states = new byte[1 << 16];
    private long[] lastTransmission = new long[1 << 16];
    private final ArrayDeque<Transmission> flying = new ArrayDeque<>();
    private final ArrayDeque<Long> lost = new ArrayDeque<>();
    private long nextSequence;
    private long transmissions;
    private long highestDelivered = -1;
    private long acknowledged;
    private int seenArrivals;
    private int pipe;
    private double window = 10;
    private double threshold = MAX_WINDOW;
    private long recoveryPoint = -1;
    private double windowMax;
    private long epochStart = -1;
    private double smoothedRtt;
    private double rttVariation;
    private double minRtt = Double.MAX_VALUE;
    private double roundMinRtt = Double.MAX_VALUE;
    private long roundEnd;
    private long lastProgress;
    long lossEvents;
    long timeouts;

    // The receiver.
    private long[] arrivals = new long[1 << 16];
    private long[] arrivedTransmissions = new long[1 << 16];
    private int arrivalCount;
    private boolean[] received = new boolean[1 << 16];
    private long nextExpected;
    private int unacknowledged;
    private int delayedAckRound;
    private long lastAdvance;
    private long longestStall;

    ModelTcp(ModelTime time, boolean isCubic, Consumer<ModelSegment> network) {
        this.time = time;
        this.isCubic = isCubic;
        this.network = network;
    }

    void start() {
        lastProgress = time.now();
        lastAdvance = time.now();
        fill();
        watchTimeout();
    }

    /** Bytes delivered in order so far. */
    long goodBytes() {
        return nextExpected * MSS;
    }

    /** The longest time without a byte in order since this was last asked, or the flow began. */
    long takeLongestStall() {
        long stall = Math.max(longestStall, time.now() - lastAdvance);
        longestStall = 0;
        return stall;
    }

    // ---- sender

    private void fill() {
        while (pipe < (int) window) {
            Long again = lost.poll();
            if (again != null) {
                if (states[(int) (long) again] == LOST) {
                    transmit(again);
                }
                continue;
            }
            if (nextSequence - acknowledged >= MAX_WINDOW) {
                return;
            }
            transmit(nextSequence++);
        }
    }

    private void transmit(long sequence) {
        int at = (int) sequence;
        if (at >= states.length) {
            states = Arrays.copyOf(states, 2 * states.length);
            lastTransmission = Arrays.copyOf(lastTransmission, states.length);
        }
        states[at] = FLYING;
        lastTransmission[at] = transmissions;
        flying.add(new Transmission(sequence, transmissions));
        pipe++;
        network.accept(new ModelSegment(sequence, transmissions++, time.now(), 0, 0, 0));
    }

    void onAck(ModelSegment ack) {
        if (ack.arrivals() <= seenArrivals) {
            return;
        }
        lastProgress = time.now();
        measure(time.now() - ack.echoNanos());
        int newly = 0;
        for (; seenArrivals < ack.arrivals(); seenArrivals++) {
            int at = (int) arrivals[seenArrivals];
            highestDelivered = Math.max(highestDelivered, arrivedTransmissions[seenArrivals]);
            if (states[at] != ARRIVED) {
                pipe -= states[at] == FLYING ? 1 : 0;
                states[at] = ARRIVED;
                newly++;
            }
        }
        acknowledged = Math.max(acknowledged, ack.cumulative());
        findLosses();
        if (acknowledged >= recoveryPoint || window < threshold) { // slow start goes on in a recovery after a timeout
            grow(newly);
        }
        fill();
    }

    private void findLosses() {
        while (!flying.isEmpty() && flying.element().number() <= highestDelivered - REORDERING) {
            Transmission oldest = flying.remove();
            int at = (int) oldest.sequence();
            if (states[at] == FLYING && lastTransmission[at] == oldest.number()) {
                states[at] = LOST;
                pipe--;
                lost.add(oldest.sequence());
                if (oldest.sequence() >= recoveryPoint) {
                    lossEvents++;
                    recoveryPoint = nextSequence;
                    reduce();
                }
            }
        }
    }

    private void reduce() {
        windowMax = window;
        epochStart = -1;
        window = Math.max(2, window * (isCubic ? BETA : 0.5));
        threshold = window;
    }

    private void grow(int segments) {
        if (window < threshold) {
            window = Math.min(window + segments, MAX_WINDOW);
            return;
        }
        if (!isCubic) {
            window = Math.min(MAX_WINDOW, window + segments / window);
            return;
        }
        if (epochStart < 0) {
            epochStart = time.now();
            windowMax = Math.max(windowMax, window);
        }
        double t = (time.now() - epochStart + smoothedRtt) / ModelTime.SECOND;
        double k = Math.cbrt(windowMax * (1 - BETA) / CUBIC_C);
        double target = CUBIC_C * Math.pow(t - k, 3) + windowMax;
        double rounds = (time.now() - epochStart) / Math.max(1, smoothedRtt);
        double friendly = windowMax * BETA + 3 * (1 - BETA) / (1 + BETA) * rounds;
        target = Math.min(Math.max(target, friendly), 1.5 * window);
        if (target > window) {
            window = Math.min(MAX_WINDOW, window + segments * (target - window) / window);
        }
    }

    private void measure(long nanos) {
        double rtt = (double) nanos;
        smoothedRtt = smoothedRtt == 0 ? rtt : smoothedRtt + (rtt - smoothedRtt) / 8;
        rttVariation += (Math.abs(rtt - smoothedRtt) - rttVariation) / 4;
        minRtt = Math.min(minRtt, rtt);
        roundMinRtt = Math.min(roundMinRtt, rtt);
        if (acknowledged >= roundEnd) {
            double allowed = Math.clamp(minRtt / 8, 4.0 * ModelTime.MILLI, 16.0 * ModelTime.MILLI);
            if (window < threshold && window > 16 && roundMinRtt > minRtt + allowed) {
                threshold = window;
            }
            roundMinRtt = Double.MAX_VALUE;
            roundEnd = nextSequence;
        }
    }

    private void watchTimeout() {
        long rto = Math.max(MIN_RTO, (long) (smoothedRtt + 4 * rttVariation));
        if (pipe > 0 && time.now() - lastProgress > Math.max(rto, ModelTime.SECOND * (smoothedRtt == 0 ? 1 : 0))) {
            timeouts++;
            for (Transmission each : flying) {
                int at = (int) each.sequence();
                if (states[at] == FLYING && lastTransmission[at] == each.number()) {
                    states[at] = LOST;
                    lost.add(each.sequence());
                }
            }
            flying.clear();
            pipe = 0;
            windowMax = window;
            threshold = Math.max(2, window * (isCubic ? BETA : 0.5));
            window = 1;
            epochStart = -1;
            recoveryPoint = nextSequence;
            lastProgress = time.now();
            fill();
        }
        time.at(time.now() + 10 * ModelTime.MILLI, this::watchTimeout);
    }

    // ---- receiver

    void onData(ModelSegment segment) {
        if (arrivalCount == arrivals.length) {
            arrivals = Arrays.copyOf(arrivals, 2 * arrivals.length);
            arrivedTransmissions = Arrays.copyOf(arrivedTransmissions, arrivals.length);
        }
        arrivals[arrivalCount] = segment.sequence();
        arrivedTransmissions[arrivalCount++] = segment.transmission();
        int at = (int) segment.sequence();
        while (at >= received.length) {
            received = Arrays.copyOf(received, 2 * received.length);
        }
        received[at] = true;
        boolean isExpected = segment.sequence() == nextExpected;
        if (isExpected) {
            longestStall = Math.max(longestStall, time.now() - lastAdvance);
            lastAdvance = time.now();
        }
        while (nextExpected < received.length && received[(int) nextExpected]) {
            nextExpected++;
        }
        boolean hasHole = !isExpected || nextExpected > segment.sequence() + 1;
        unacknowledged++;
        if (hasHole || unacknowledged >= 2) {
            acknowledge(segment.sentNanos());
        } else {
            int round = ++delayedAckRound;
            time.at(time.now() + 40 * ModelTime.MILLI, () -> {
                if (round == delayedAckRound && unacknowledged > 0) {
                    acknowledge(segment.sentNanos());
                }
            });
        }
    }

    private void acknowledge(long echoNanos) {
        unacknowledged = 0;
        delayedAckRound++;
        network.accept(new ModelSegment(-1, 0, time.now(), nextExpected, arrivalCount, echoNanos));
    }
}
