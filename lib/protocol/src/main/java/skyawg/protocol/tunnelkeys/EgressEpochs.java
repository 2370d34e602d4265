package skyawg.protocol.tunnelkeys;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.crypto.Entropy;

/**
 * The egress's side of a tunnel's keys. It answers one offer at a time, the same one always with the same answer, and
 * goes over to the new epoch with the first good packet in it. Without one for 5 s the old epoch goes on.
 *
 * <p>One thread at a time; the owner closes it.
 */
public final class EgressEpochs implements AutoCloseable {
    static final long CONFIRM_NANOS = 5 * 1_000_000_000L;

    private final Entropy entropy;
    private final TunnelId tunnelId;
    private final LiveEpochs epochs;
    private final HybridSecrets secrets = new HybridSecrets();
    private byte @Nullable [] answeredOffer;
    private byte @Nullable [] answer;
    private long answeredNanos;

    /** @param epoch0 of the set-up that created the tunnel; taken over */
    public EgressEpochs(TunnelId tunnelId, EpochKeys epoch0, EpochWatcher watcher, Entropy entropy, long nowNanos) {
        this.entropy = entropy;
        this.tunnelId = tunnelId;
        epochs = new LiveEpochs(epoch0, watcher, nowNanos);
    }

    /**
     * An offer (kind 4) came, sealed in an epoch that is accepted. After {@link KemVerdict#ACCEPTED} and
     * {@link KemVerdict#REPEATED} there is an {@link #answer} to send.
     */
    public KemVerdict onOffer(byte[] content, int offset, int length, long nowNanos) {
        expire(nowNanos);
        byte[] offer = KemMessage.cut(content, offset, length, KemMessage.OFFER_LENGTH);
        if (offer == null) {
            return KemVerdict.MALFORMED;
        }
        if (KemMessage.epoch(offer) != epochs.current().epoch() + 1
                || epochs.current().epoch() == EpochKeys.LAST_EPOCH) {
            return KemVerdict.WRONG_EPOCH;
        }
        if (answeredOffer != null) {
            return Arrays.equals(answeredOffer, offer) ? KemVerdict.REPEATED : KemVerdict.TOO_SOON;
        }
        HybridSecrets.Answered answered = secrets.answer(entropy, tunnelId, epochs.current(), offer);
        if (answered == null) {
            return KemVerdict.BAD_KEY;
        }
        epochs.propose(answered.keys());
        answeredOffer = offer;
        answer = answered.answer();
        answeredNanos = nowNanos;
        return KemVerdict.ACCEPTED;
    }

    /** The answer to the offer that waits for confirmation ({@link KemMessage#ANSWER_LENGTH} bytes), else null. */
    public byte @Nullable [] answer() {
        return answer == null ? null : answer.clone();
    }

    /** A packet of this epoch has opened and was no repeat. */
    public void onGoodPacket(int epoch, long nowNanos) {
        EpochKeys next = epochs.next();
        if (next != null && next.epoch() == epoch) {
            epochs.confirm(nowNanos);
            forgetAnswer();
        }
    }

    /** Erases what is over. */
    public void expire(long nowNanos) {
        epochs.expire(nowNanos);
        if (epochs.next() != null && nowNanos - answeredNanos >= CONFIRM_NANOS) {
            epochs.dropNext();
            forgetAnswer();
        }
    }

    /** The keys to seal with: TR. */
    public EpochKeys sending() {
        return epochs.current();
    }

    /** The keys of an epoch whose packets are accepted, else null: TF. */
    public @Nullable EpochKeys receiving(int epoch, long nowNanos) {
        expire(nowNanos);
        return epochs.find(epoch, nowNanos);
    }

    /** Whether IP packets may be sealed: never in epoch 0. */
    public boolean mayCarryTraffic() {
        return epochs.current().epoch() > 0;
    }

    private void forgetAnswer() {
        answeredOffer = null;
        answer = null;
    }

    @Override
    public void close() {
        forgetAnswer();
        epochs.close();
    }
}
