package skyawg.protocol.tunnelkeys;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import skyawg.protocol.crypto.KeyVault;
import skyawg.protocol.crypto.OffHeap;

/** When a tunnel's keys are offered, answered, used and erased. */
final class EpochsTest {
    private static final long SECOND = EpochPair.SECOND;
    private static final long MILLI = 1_000_000L;
    /** Near where a monotonic clock's number changes its sign. */
    private static final long START = Math.subtractExact(Long.MAX_VALUE, 2 * SECOND);

    private final long cellsBefore = KeyVault.liveCells();
    private final EpochPair pair = new EpochPair(1, START);
    private final IngressEpochs ingress = pair.ingress();
    private final EgressEpochs egress = pair.egress();

    @AfterEach
    void everyKeyIsErasedWhenTheTunnelEnds() {
        pair.close();
        pair.close();
        assertThat(KeyVault.liveCells()).isEqualTo(cellsBefore);
        assertThat(pair.ingressKept().epochs()).isEmpty();
        assertThat(pair.egressKept().epochs()).isEmpty();
    }

    @Test
    void theFirstOfferFollowsAtOnceAndNoTrafficBefore() {
        assertThat(ingress.mayCarryTraffic()).isFalse();
        assertThat(egress.mayCarryTraffic()).isFalse();
        byte[] offer = requireNonNull(ingress.poll(START, 0, 0));
        assertThat(offer).hasSize(1220);
        assertThat(Arrays.copyOf(offer, 4)).containsExactly(1, 0, 0, 1);
        assertThat(ingress.mayCarryTraffic()).isFalse();
    }

    @Test
    void theOfferIsRepeatedUnchangedFiveTimesEach250Millis() {
        byte[] offer = requireNonNull(ingress.poll(START, 10 * MILLI, 0));
        for (int i = 1; i <= 5; i++) {
            long due = START + 250L * i * MILLI;
            assertThat(ingress.nextWake()).isEqualTo(due);
            assertThat(ingress.poll(due - 1, 10 * MILLI, 0)).isNull();
            assertThat(ingress.poll(due, 10 * MILLI, 0)).isEqualTo(offer);
        }
        assertThat(ingress.poll(START + 1500 * MILLI, 10 * MILLI, 0)).isNull();
        assertThat(ingress.poll(START + 4999 * MILLI, 10 * MILLI, 0)).isNull();
        byte[] second = requireNonNull(ingress.poll(START + 5 * SECOND, 10 * MILLI, 0));
        assertThat(second).isNotEqualTo(offer);
    }

    @Test
    void onASlowPathItIsRepeatedEachTwoRoundTrips() {
        byte[] offer = requireNonNull(ingress.poll(START, 900 * MILLI, 0));
        assertThat(ingress.poll(START + 1799 * MILLI, 900 * MILLI, 0)).isNull();
        assertThat(ingress.poll(START + 1800 * MILLI, 900 * MILLI, 0)).isEqualTo(offer);
        long last = START;
        for (int i = 2; i <= 5; i++) {
            last = START + 1800L * i * MILLI;
            assertThat(ingress.poll(last, 900 * MILLI, 0)).isEqualTo(offer);
        }
        assertThat(ingress.poll(last + 1799 * MILLI, 900 * MILLI, 0))
                .as("the last one waits for its answer too")
                .isNull();
        assertThat(ingress.poll(last + 1800 * MILLI, 900 * MILLI, 0))
                .isNotNull()
                .isNotEqualTo(offer);
    }

    @Test
    void theThirdFailureIsTheLast() {
        long now = START;
        int offers = 0;
        while (!ingress.isDown()) {
            offers += ingress.poll(now, 0, 0) == null ? 0 : 1;
            now += 50 * MILLI;
        }
        assertThat(offers).isEqualTo(3 * 6);
        assertThat(now - START).isBetween(15 * SECOND, 15 * SECOND + 300 * MILLI);
        assertThat(ingress.poll(now, 0, 0)).isNull();
        assertThat(ingress.nextWake()).isEqualTo(IngressEpochs.NEVER);
        assertThat(ingress.mayCarryTraffic()).isFalse();
    }

    @Test
    void theIngressSendsInTheNewEpochAtOnceTheEgressFromTheFirstGoodPacket() {
        exchange(START);
        assertThat(ingress.sending().epoch()).isEqualTo(1);
        assertThat(ingress.isConfirming()).isTrue();
        assertThat(ingress.mayCarryTraffic()).isTrue();
        assertThat(egress.sending().epoch()).isEqualTo(0);
        assertThat(egress.mayCarryTraffic()).isFalse();
        EpochKeys atEgress = requireNonNull(egress.receiving(1, START));
        assertThat(OffHeap.get(atEgress.forward(), 32))
                .isEqualTo(OffHeap.get(ingress.sending().forward(), 32));
        assertThat(OffHeap.get(atEgress.reverse(), 32))
                .isEqualTo(OffHeap.get(ingress.sending().reverse(), 32));
        egress.onGoodPacket(0, START);
        assertThat(egress.sending().epoch()).isEqualTo(0);
        egress.onGoodPacket(1, START);
        assertThat(egress.sending().epoch()).isEqualTo(1);
        assertThat(egress.mayCarryTraffic()).isTrue();
        assertThat(egress.answer()).isNull();
        ingress.onGoodPacket(1, START);
        assertThat(ingress.isConfirming()).isFalse();
    }

    @Test
    void theOldEpochIsAccepted10SecondsLongerAndThenErased() {
        establish(START);
        assertThat(ingress.receiving(0, START + 10 * SECOND - 1)).isNotNull();
        assertThat(egress.receiving(0, START + 10 * SECOND - 1)).isNotNull();
        assertThat(ingress.receiving(0, START + 10 * SECOND)).isNull();
        assertThat(egress.receiving(0, START + 10 * SECOND)).isNull();
        assertThat(pair.ingressKept().epochs()).containsExactly(1);
        assertThat(pair.egressKept().epochs()).containsExactly(1);
        assertThat(ingress.receiving(2, START)).isNull();
    }

    @Test
    void pollingErasesAsWell() {
        establish(START);
        ingress.poll(START + 10 * SECOND, 0, 0);
        egress.expire(START + 10 * SECOND);
        assertThat(pair.ingressKept().epochs()).containsExactly(1);
        assertThat(pair.egressKept().epochs()).containsExactly(1);
    }

    @Test
    void theSameOfferGetsTheSameAnswer() {
        byte[] offer = requireNonNull(ingress.poll(START, 0, 0));
        assertThat(egress.onOffer(offer, 0, 1220, START)).isEqualTo(KemVerdict.ACCEPTED);
        byte[] answer = requireNonNull(egress.answer());
        assertThat(answer).hasSize(1124);
        assertThat(egress.onOffer(offer, 0, 1220, START + 4 * SECOND)).isEqualTo(KemVerdict.REPEATED);
        assertThat(egress.answer()).isEqualTo(answer);
    }

    @Test
    void anotherOfferIsIgnoredFor5SecondsAndTakenThen() {
        byte[] offer = requireNonNull(ingress.poll(START, 0, 0));
        egress.onOffer(offer, 0, 1220, START);
        try (EpochPair other = new EpochPair(2, START)) {
            byte[] another = requireNonNull(other.ingress().poll(START, 0, 0));
            assertThat(egress.onOffer(another, 0, 1220, START + 5 * SECOND - 1)).isEqualTo(KemVerdict.TOO_SOON);
            assertThat(pair.egressKept().epochs()).containsExactly(0, 1);
            assertThat(egress.onOffer(another, 0, 1220, START + 5 * SECOND)).isEqualTo(KemVerdict.ACCEPTED);
            assertThat(pair.egressKept().epochs()).containsExactly(0, 1);
        }
    }

    @Test
    void withoutAGoodPacketFor5SecondsTheOldEpochGoesOnAndANewOfferFollows() {
        byte[] first = exchange(START);
        assertThat(ingress.poll(START + 5 * SECOND - 1, 0, 0)).isNull();
        assertThat(ingress.nextWake()).isEqualTo(START + 5 * SECOND);
        byte[] second = requireNonNull(ingress.poll(START + 5 * SECOND, 0, 0));
        assertThat(second).isNotEqualTo(first);
        assertThat(Arrays.copyOf(second, 4)).isEqualTo(Arrays.copyOf(first, 4));
        assertThat(ingress.sending().epoch()).isEqualTo(0);
        assertThat(pair.ingressKept().epochs()).containsExactly(0);
        assertThat(egress.receiving(1, START + 5 * SECOND)).isNull();
        assertThat(egress.onOffer(second, 0, 1220, START + 5 * SECOND)).isEqualTo(KemVerdict.ACCEPTED);
    }

    @Test
    void failuresAreForgottenWhenAnEpochIsConfirmed() {
        long now = START;
        for (int epoch = 1; epoch <= 3; epoch++) {
            exchange(now);
            now += 5 * SECOND;
            byte[] offer = requireNonNull(ingress.poll(now, 0, 0));
            assertThat(egress.onOffer(offer, 0, 1220, now)).isEqualTo(KemVerdict.ACCEPTED);
            byte[] answer = requireNonNull(egress.answer());
            assertThat(ingress.onAnswer(answer, 0, 1124, now)).isEqualTo(KemVerdict.ACCEPTED);
            egress.onGoodPacket(epoch, now);
            ingress.onGoodPacket(epoch, now);
            now += IngressEpochs.EPOCH_NANOS;
        }
        assertThat(ingress.isDown()).isFalse();
    }

    @Test
    void aNewEpochIsOfferedAfterAnHourOrTwoToThe32Packets() {
        establish(START);
        long hour = START + 3600 * SECOND;
        assertThat(ingress.nextWake()).isEqualTo(hour);
        assertThat(ingress.poll(hour - 1, 0, (1L << 32) - 1)).isNull();
        byte[] offer = requireNonNull(ingress.poll(hour - 1, 0, 1L << 32));
        assertThat(Arrays.copyOf(offer, 4)).containsExactly(1, 0, 0, 2);
        try (EpochPair other = new EpochPair(3, START)) {
            establish(other, START);
            assertThat(other.ingress().poll(hour - 1, 0, 0)).isNull();
            assertThat(other.ingress().poll(hour, 0, 0)).isNotNull();
        }
    }

    @Test
    void epochsEndBeforeTheNumberOfHopMessages() {
        try (EpochPair last = new EpochPair(4, EpochKeys.LAST_EPOCH, START)) {
            assertThat(last.ingress().poll(START + IngressEpochs.EPOCH_NANOS, 0, 0))
                    .isNull();
            assertThat(last.ingress().isDown()).isTrue();
            byte[] offer = requireNonNull(ingress.poll(START, 0, 0)).clone();
            offer[2] = (byte) 0xff;
            offer[3] = (byte) 0xff;
            assertThat(last.egress().onOffer(offer, 0, 1220, START)).isEqualTo(KemVerdict.WRONG_EPOCH);
        }
    }

    @Test
    void onlyTheFollowingEpochIsTaken() {
        byte[] offer = requireNonNull(ingress.poll(START, 0, 0)).clone();
        for (int epoch : new int[] {0, 2, 255, 256, 0xffff}) {
            offer[2] = (byte) (epoch >>> 8);
            offer[3] = (byte) epoch;
            assertThat(egress.onOffer(offer, 0, 1220, START)).isEqualTo(KemVerdict.WRONG_EPOCH);
        }
        byte[] answer = new byte[1124];
        answer[0] = 1;
        assertThat(ingress.onAnswer(answer, 0, 1124, START)).isEqualTo(KemVerdict.WRONG_EPOCH);
    }

    @Test
    void anAnswerThatNothingAskedForIsIgnored() {
        establish(START);
        byte[] answer = new byte[1124];
        answer[0] = 1;
        answer[3] = 2;
        assertThat(ingress.onAnswer(answer, 0, 1124, START)).isEqualTo(KemVerdict.NOT_EXPECTED);
    }

    @Test
    void keysOfLowOrderOrNotReducedAreRefused() {
        byte[] offer = requireNonNull(ingress.poll(START, 0, 0));
        byte[] lowOrder = offer.clone();
        Arrays.fill(lowOrder, 4, 36, (byte) 0);
        assertThat(egress.onOffer(lowOrder, 0, 1220, START)).isEqualTo(KemVerdict.BAD_KEY);
        byte[] notReduced = offer.clone();
        Arrays.fill(notReduced, 36, 420, (byte) 0xff);
        assertThat(egress.onOffer(notReduced, 0, 1220, START)).isEqualTo(KemVerdict.BAD_KEY);
        assertThat(egress.onOffer(offer, 0, 1220, START))
                .as("nothing is left of them")
                .isEqualTo(KemVerdict.ACCEPTED);
        byte[] answer = requireNonNull(egress.answer());
        Arrays.fill(answer, 4, 36, (byte) 0);
        assertThat(ingress.onAnswer(answer, 0, 1124, START)).isEqualTo(KemVerdict.BAD_KEY);
        assertThat(ingress.onAnswer(requireNonNull(egress.answer()), 0, 1124, START))
                .isEqualTo(KemVerdict.ACCEPTED);
    }

    @Test
    void aSpoiledAnswerLeadsToKeysThatNothingOpensAndIsGivenUpAfter5Seconds() {
        byte[] offer = requireNonNull(ingress.poll(START, 0, 0));
        egress.onOffer(offer, 0, 1220, START);
        byte[] answer = requireNonNull(egress.answer());
        answer[500] ^= 1;
        assertThat(ingress.onAnswer(answer, 0, 1124, START)).isEqualTo(KemVerdict.ACCEPTED);
        byte[] forward = OffHeap.get(ingress.sending().forward(), 32);
        assertThat(OffHeap.get(requireNonNull(egress.receiving(1, START)).forward(), 32))
                .isNotEqualTo(forward);
        assertThat(ingress.poll(START + 5 * SECOND, 0, 0)).isNotNull();
        assertThat(ingress.sending().epoch()).isEqualTo(0);
    }

    @Test
    void everyByteOfTheExchangeIsInTheKeys() {
        byte[] offer = requireNonNull(ingress.poll(START, 0, 0));
        byte[] answer = new byte[1124];
        TunnelId id = new TunnelId(1, 2);
        byte[] hash = EpochSchedule.transcriptHash(id, offer, answer);
        byte[] reserved = offer.clone();
        reserved[1] = 1;
        assertThat(EpochSchedule.transcriptHash(id, reserved, answer)).isNotEqualTo(hash);
        answer[1123] = 1;
        assertThat(EpochSchedule.transcriptHash(id, offer, answer)).isNotEqualTo(hash);
        assertThat(EpochSchedule.transcriptHash(new TunnelId(1, 3), offer, new byte[1124]))
                .isNotEqualTo(hash);
    }

    @Property(tries = 300)
    void anyContentIsJudged(@ForAll @Size(max = 1300) byte[] content, @ForAll boolean isOurs, @ForAll long seed) {
        byte[] padded = Arrays.copyOf(content, 1300);
        new Random(seed).nextBytes(padded);
        if (isOurs) {
            padded[0] = 1;
            padded[2] = 0;
            padded[3] = 1;
        }
        try (EpochPair tried = new EpochPair(seed, START)) {
            tried.ingress().poll(START, 0, 0);
            int length = content.length;
            KemVerdict offered = tried.egress().onOffer(padded, 0, length, START);
            KemVerdict answered = tried.ingress().onAnswer(padded, 0, length, START);
            assertThat(offered == KemVerdict.MALFORMED).isEqualTo(length < 1220 || padded[0] != 1);
            assertThat(answered == KemVerdict.MALFORMED).isEqualTo(length < 1124 || padded[0] != 1);
            assertThat(offered)
                    .as("random coefficients are not all below the modulus")
                    .isNotEqualTo(KemVerdict.ACCEPTED);
        }
    }

    @Test
    void whatPadsThePacketIsCutAndAnOffsetIsKept() {
        byte[] offer = requireNonNull(ingress.poll(START, 0, 0));
        byte[] packet = new byte[1336];
        System.arraycopy(offer, 0, packet, 37, 1220);
        assertThat(egress.onOffer(packet, 37, 1299, START)).isEqualTo(KemVerdict.ACCEPTED);
        assertThat(egress.onOffer(offer, 0, 1220, START)).isEqualTo(KemVerdict.REPEATED);
    }

    @Test
    void erasedKeysCannotBeUsed() {
        establish(START);
        EpochKeys old = requireNonNull(ingress.receiving(0, START));
        ingress.poll(START + 10 * SECOND, 0, 0);
        assertThatIllegalStateException().isThrownBy(old::reverse).withMessage("keys of epoch 0 are erased");
    }

    private byte[] exchange(long nowNanos) {
        return exchange(pair, nowNanos);
    }

    private static byte[] exchange(EpochPair ends, long nowNanos) {
        byte[] offer = requireNonNull(ends.ingress().poll(nowNanos, 0, 0));
        assertThat(ends.egress().onOffer(offer, 0, offer.length, nowNanos)).isEqualTo(KemVerdict.ACCEPTED);
        byte[] answer = requireNonNull(ends.egress().answer());
        assertThat(ends.ingress().onAnswer(answer, 0, answer.length, nowNanos)).isEqualTo(KemVerdict.ACCEPTED);
        return offer;
    }

    private void establish(long nowNanos) {
        establish(pair, nowNanos);
    }

    private static void establish(EpochPair ends, long nowNanos) {
        exchange(ends, nowNanos);
        int epoch = ends.ingress().sending().epoch();
        ends.egress().onGoodPacket(epoch, nowNanos);
        ends.ingress().onGoodPacket(epoch, nowNanos);
    }
}
