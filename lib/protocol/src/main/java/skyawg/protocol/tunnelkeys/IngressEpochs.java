package skyawg.protocol.tunnelkeys;

import org.jspecify.annotations.Nullable;
import skyawg.protocol.crypto.Entropy;

/**
 * The ingress's side of a tunnel's keys. It offers a new epoch at once in epoch 0, then each hour or 2^32 packets.
 *
 * <table>
 * <caption>States</caption>
 * <tr><th>state</th><th>sends in</th><th>leaves by</th></tr>
 * <tr><td>steady</td><td>e</td><td>a new epoch is due: OFFERING</td></tr>
 * <tr><td>offering</td><td>e</td><td>answer: CONFIRMING; 5 s: fails</td></tr>
 * <tr><td>confirming</td><td>e+1</td><td>good packet in e+1: STEADY in e+1; 5 s: fails</td></tr>
 * <tr><td>down</td><td>-</td><td>nothing: the tunnel is to be dropped</td></tr>
 * </table>
 *
 * <p>A failure goes back to e and makes another offer, with fresh keys; the third in a row is the last. While it
 * confirms, something that the egress answers should be sent in e+1, such as an echo: an idle tunnel may be silent for
 * longer than 5 s. One thread at a time; the owner closes it.
 */
public final class IngressEpochs implements AutoCloseable {
    public static final long EPOCH_NANOS = 3600 * 1_000_000_000L;
    public static final long EPOCH_PACKETS = 1L << 32;
    public static final int MAX_FAILURES = 3;

    /** What {@link #nextWake} says when only packets make a difference. */
    public static final long NEVER = Long.MAX_VALUE;

    static final long CONFIRM_NANOS = 5 * 1_000_000_000L;

    private final Entropy entropy;
    private final TunnelId tunnelId;
    private final LiveEpochs epochs;
    private final HybridSecrets secrets = new HybridSecrets();
    private @Nullable Offer offer;
    private long answeredNanos;
    private int failures;
    private boolean isDown;

    /** @param epoch0 of the set-up that created the tunnel; taken over */
    public IngressEpochs(TunnelId tunnelId, EpochKeys epoch0, EpochWatcher watcher, Entropy entropy, long nowNanos) {
        this.entropy = entropy;
        this.tunnelId = tunnelId;
        epochs = new LiveEpochs(epoch0, watcher, nowNanos);
    }

    /**
     * Does what time demands.
     *
     * @param rttNanos newest round trip time of the tunnel
     * @param packets how many packets the busier direction has carried in the current epoch
     * @return an offer to send now ({@link KemMessage#OFFER_LENGTH} bytes, not to be changed), or null
     */
    public byte @Nullable [] poll(long nowNanos, long rttNanos, long packets) {
        epochs.expire(nowNanos);
        if (isDown) {
            return null;
        }
        Offer running = offer;
        if (running != null && running.hasFailed(nowNanos)) {
            running.close();
            offer = null;
            fail();
        } else if (epochs.next() != null && nowNanos - answeredNanos >= CONFIRM_NANOS) {
            epochs.dropNext();
            fail();
        }
        return isDown ? null : dueOffer(nowNanos, rttNanos, packets);
    }

    /** An answer (kind 5) came, sealed in an epoch that is accepted. */
    public KemVerdict onAnswer(byte[] content, int offset, int length, long nowNanos) {
        byte[] answer = KemMessage.cut(content, offset, length, KemMessage.ANSWER_LENGTH);
        if (answer == null) {
            return KemVerdict.MALFORMED;
        }
        Offer running = offer;
        if (running == null) {
            return KemVerdict.NOT_EXPECTED;
        }
        if (KemMessage.epoch(answer) != epochs.current().epoch() + 1) {
            return KemVerdict.WRONG_EPOCH;
        }
        EpochKeys next =
                secrets.finish(running.x25519(), running.kem(), tunnelId, epochs.current(), running.message(), answer);
        if (next == null) {
            return KemVerdict.BAD_KEY;
        }
        running.close();
        offer = null;
        epochs.propose(next);
        answeredNanos = nowNanos;
        return KemVerdict.ACCEPTED;
    }

    /** A packet of this epoch has opened and was no repeat. */
    public void onGoodPacket(int epoch, long nowNanos) {
        EpochKeys next = epochs.next();
        if (next != null && next.epoch() == epoch) {
            epochs.confirm(nowNanos);
            failures = 0;
        }
    }

    /** The keys to seal with: TF. */
    public EpochKeys sending() {
        EpochKeys next = epochs.next();
        return next == null ? epochs.current() : next;
    }

    /** The keys of an epoch whose packets are accepted, else null: TR. */
    public @Nullable EpochKeys receiving(int epoch, long nowNanos) {
        return epochs.find(epoch, nowNanos);
    }

    /** Whether IP packets may be sealed: never in epoch 0. */
    public boolean mayCarryTraffic() {
        return !isDown && sending().epoch() > 0;
    }

    /** Whether the egress has still to show that it has the epoch we send in. */
    public boolean isConfirming() {
        return epochs.next() != null;
    }

    /** Three attempts have failed, or the epochs are used up: the tunnel is to be dropped. */
    public boolean isDown() {
        return isDown;
    }

    /** When {@link #poll} next has something to do but for erasing old keys, or {@link #NEVER}. */
    public long nextWake() {
        Offer running = offer;
        if (isDown) {
            return NEVER;
        }
        if (running != null) {
            return running.nextNanos();
        }
        if (epochs.next() != null) {
            return answeredNanos + CONFIRM_NANOS;
        }
        return epochs.currentSinceNanos() + (epochs.current().epoch() == 0 ? 0 : EPOCH_NANOS);
    }

    private byte @Nullable [] dueOffer(long nowNanos, long rttNanos, long packets) {
        Offer running = offer;
        if (running == null && isEpochDue(nowNanos, packets)) {
            if (epochs.current().epoch() == EpochKeys.LAST_EPOCH) {
                isDown = true;
                return null;
            }
            running = new Offer(entropy, epochs.current().epoch() + 1, nowNanos);
            offer = running;
        }
        if (running == null || !running.isDue(nowNanos)) {
            return null;
        }
        running.onSent(nowNanos, rttNanos);
        return running.message();
    }

    private boolean isEpochDue(long nowNanos, long packets) {
        return epochs.next() == null
                && (epochs.current().epoch() == 0
                        || failures > 0
                        || nowNanos - epochs.currentSinceNanos() >= EPOCH_NANOS
                        || packets >= EPOCH_PACKETS);
    }

    private void fail() {
        failures++;
        isDown = failures >= MAX_FAILURES;
    }

    @Override
    public void close() {
        Offer running = offer;
        if (running != null) {
            running.close();
            offer = null;
        }
        isDown = true;
        epochs.close();
    }
}
