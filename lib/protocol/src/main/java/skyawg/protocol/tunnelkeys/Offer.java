package skyawg.protocol.tunnelkeys;

import skyawg.protocol.crypto.DhKey;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.crypto.MlKem768;

/** One attempt of the ingress at a new epoch: fresh keys, and how often they have been sent. */
final class Offer implements AutoCloseable {
    /** Sent once, then repeated so often. */
    static final int REPETITIONS = 5;

    static final long SHORTEST_INTERVAL_NANOS = 250_000_000L;
    /** No answer in this time: the attempt has failed. The egress ignores another offer as long. */
    static final long ATTEMPT_NANOS = 5 * 1_000_000_000L;

    private final DhKey x25519;
    private final MlKem768 kem;
    private final byte[] message;
    private final long startNanos;
    private int sent;
    private long nextNanos;

    Offer(Entropy entropy, int epoch, long nowNanos) {
        x25519 = DhKey.generate(entropy);
        kem = MlKem768.generate(entropy);
        message = KemMessage.offer(epoch, x25519, kem);
        startNanos = nowNanos;
        nextNanos = nowNanos;
    }

    DhKey x25519() {
        return x25519;
    }

    MlKem768 kem() {
        return kem;
    }

    /** {@link KemMessage#OFFER_LENGTH} bytes; not to be changed. */
    byte[] message() {
        return message;
    }

    boolean isDue(long nowNanos) {
        return sent <= REPETITIONS && nowNanos - nextNanos >= 0;
    }

    void onSent(long nowNanos, long rttNanos) {
        sent++;
        nextNanos = nowNanos + Math.max(SHORTEST_INTERVAL_NANOS, 2 * rttNanos);
    }

    /** The last repetition has had its time for an answer as well. */
    boolean hasFailed(long nowNanos) {
        return sent > REPETITIONS && nowNanos - nextNanos >= 0 && nowNanos - startNanos >= ATTEMPT_NANOS;
    }

    /** When {@link #isDue} or {@link #hasFailed} next changes. */
    long nextNanos() {
        long failure = startNanos + ATTEMPT_NANOS;
        return sent > REPETITIONS && failure - nextNanos > 0 ? failure : nextNanos;
    }

    @Override
    public void close() {
        x25519.close();
        kem.close();
    }
}
