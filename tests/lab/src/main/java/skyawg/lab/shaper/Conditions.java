package skyawg.lab.shaper;

import java.util.List;

/**
 * What a direction of a link does to frames. Frames first wait in a queue for the line, which takes them one behind the
 * other at {@code rate}; then they travel for {@code delay}, or are lost.
 *
 * <p>Settings, as {@link #with} reads them. What is not named stays as it is:
 *
 * <pre>
 *   rate 100mbit         of Ethernet frames, headers counted, without preamble and checksum; "unlimited" at first
 *   queue 50ms           a frame that would wait longer is dropped (drop-tail); 50 ms at first. Or in bytes: queue 64kB
 *   delay 20ms           on the way, behind the line
 *   jitter 5ms           the delay is between 15 and 25 ms. Order is kept, so a new one is drawn only each 5 ms
 *   loss 1%              lost on the way, having taken its time on the line
 *   reorder 5%           late by what "hold" says, so that others overtake
 *   hold 5ms             5 ms at first
 *   blackhole on         every frame vanishes before the queue; those on the way still arrive
 *   clear                all of this as at first
 * </pre>
 */
final class Conditions {
    /** A perfect link. */
    static final Conditions CLEAR = new Conditions();

    static final long UNLIMITED = Long.MAX_VALUE;

    private static final double BYTE_NANOS_PER_BIT_RATE = 8e9;

    private long rateBitsPerSecond = UNLIMITED;
    private long queueNanos = 50_000_000;
    private long queueBytes = UNLIMITED;
    private long delayNanos;
    private long jitterNanos;
    private double loss;
    private double reorder;
    private long holdNanos = 5_000_000;
    private boolean blackHole;

    private Conditions() {}

    private Conditions(Conditions like) {
        rateBitsPerSecond = like.rateBitsPerSecond;
        queueNanos = like.queueNanos;
        queueBytes = like.queueBytes;
        delayNanos = like.delayNanos;
        jitterNanos = like.jitterNanos;
        loss = like.loss;
        reorder = like.reorder;
        holdNanos = like.holdNanos;
        blackHole = like.blackHole;
    }

    /** These conditions with other settings, {@code name value ...}. Throws IllegalArgumentException for a bad one. */
    Conditions with(List<String> words) {
        Conditions changed = new Conditions(this);
        int i = 0;
        while (i < words.size()) {
            String name = words.get(i++);
            if (name.equals("clear")) {
                changed = new Conditions();
            } else if (i == words.size()) {
                throw new IllegalArgumentException(name + ": its value is missing");
            } else {
                changed.set(name, words.get(i++));
            }
        }
        changed.check();
        return changed;
    }

    private void set(String name, String value) {
        switch (name) {
            case "rate" -> rateBitsPerSecond = value.equals("unlimited") ? UNLIMITED : Quantity.rate(value);
            case "queue" -> {
                queueBytes = Quantity.isBytes(value) ? Quantity.bytes(value) : UNLIMITED;
                queueNanos = Quantity.isBytes(value) ? UNLIMITED : Quantity.nanos(value);
            }
            case "delay" -> delayNanos = Quantity.nanos(value);
            case "jitter" -> jitterNanos = Quantity.nanos(value);
            case "loss" -> loss = Quantity.share(value);
            case "reorder" -> reorder = Quantity.share(value);
            case "hold" -> holdNanos = Quantity.nanos(value);
            case "blackhole" -> blackHole = Quantity.isOn(value);
            default -> throw new IllegalArgumentException(name + ": no such setting");
        }
    }

    private void check() {
        if (rateBitsPerSecond < 1) {
            throw new IllegalArgumentException("rate: a line that takes nothing is a black hole: blackhole on");
        }
        if (jitterNanos > delayNanos) {
            throw new IllegalArgumentException("jitter: more than the delay");
        }
    }

    /** How long the line is busy with a frame. */
    long lineNanos(int lengthBytes) {
        return rateBitsPerSecond == UNLIMITED
                ? 0
                : Math.round(lengthBytes * BYTE_NANOS_PER_BIT_RATE / rateBitsPerSecond);
    }

    /** Whether the queue takes a frame that would wait so long. */
    boolean hasRoom(long waitNanos, int lengthBytes) {
        if (waitNanos <= 0) {
            return true;
        }
        double waitingBytes = waitNanos * (rateBitsPerSecond / BYTE_NANOS_PER_BIT_RATE);
        return waitNanos <= queueNanos && waitingBytes + lengthBytes <= queueBytes;
    }

    long delayNanos() {
        return delayNanos;
    }

    long jitterNanos() {
        return jitterNanos;
    }

    double loss() {
        return loss;
    }

    double reorder() {
        return reorder;
    }

    long holdNanos() {
        return holdNanos;
    }

    boolean isBlackHole() {
        return blackHole;
    }
}
