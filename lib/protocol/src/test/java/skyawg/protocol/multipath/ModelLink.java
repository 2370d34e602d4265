package skyawg.protocol.multipath;

import java.util.Random;
import java.util.function.Consumer;

/** A link in one direction: a rate, a queue that drops at its tail, a delay with jitter that keeps the order, loss. */
final class ModelLink<P> {
    private final ModelTime time;
    private final Random random;
    private final double nanosPerByte;
    private final long delayNanos;
    private final long jitterNanos;
    private final double loss;
    private final long queueNanos;
    private final Consumer<P> out;
    private long freeAt;
    private long lastArrival;
    private boolean isCut;

    /** @param queueBytes what may wait to be sent */
    ModelLink(
            ModelTime time,
            Random random,
            double mbitPerSecond,
            double delayMillis,
            double jitterMillis,
            double loss,
            long queueBytes,
            Consumer<P> out) {
        this.time = time;
        this.random = random;
        this.nanosPerByte = 8000.0 / mbitPerSecond;
        this.delayNanos = (long) (delayMillis * ModelTime.MILLI);
        this.jitterNanos = (long) (jitterMillis * ModelTime.MILLI);
        this.loss = loss;
        this.queueNanos = (long) (queueBytes * nanosPerByte);
        this.out = out;
    }

    void send(P packet, int lengthBytes) {
        long now = time.now();
        long transmission = (long) (lengthBytes * nanosPerByte);
        if (isCut || freeAt - now + transmission > queueNanos || random.nextDouble() < loss) {
            return;
        }
        freeAt = Math.max(freeAt, now) + transmission;
        long jitter = jitterNanos == 0 ? 0 : random.nextLong(jitterNanos);
        lastArrival = Math.max(lastArrival, freeAt + delayNanos + jitter);
        time.at(lastArrival, () -> out.accept(packet));
    }

    /** A black hole, or not. */
    void setCut(boolean cut) {
        isCut = cut;
    }
}
