package skyawg.protocol.tunnelkeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.PriorityQueue;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import skyawg.protocol.campaign.Campaign;
import skyawg.protocol.crypto.KeyVault;
import skyawg.protocol.crypto.OffHeap;

/** Both ends over a path that loses, delays, repeats and reorders, for some epochs. A failure names its seed. */
final class EpochsInTroubleTest {
    private static final long SECOND = EpochPair.SECOND;
    private static final long STEP = 20_000_000L;
    private static final int EPOCHS = 3;
    private static final HexFormat HEX = HexFormat.of();

    /** A packet under way: its epoch, a stand-in for its seal, and an offer or answer if it carries one. */
    private record Packet(
            long arrives,
            int order,
            boolean isForward,
            int epoch,
            String key,
            @Nullable String kem,
            boolean isIp) {}

    @Test
    void theEndsKeepInStep() {
        long cells = KeyVault.liveCells();
        Campaign.run("epochs in trouble", 60, EpochsInTroubleTest::run);
        assertThat(KeyVault.liveCells()).as("keys left").isEqualTo(cells);
    }

    private static void run(long seed) {
        Random random = new Random(seed);
        double loss = random.nextDouble() * 0.3;
        long delay = random.nextLong(SECOND / 2);
        PriorityQueue<Packet> path = new PriorityQueue<>((a, b) -> a.arrives() == b.arrives()
                ? Integer.compare(a.order(), b.order())
                : Long.compare(a.arrives(), b.arrives()));
        long now = 0;
        int order = 0;
        int opened = 0;
        int highest = 0;
        try (EpochPair pair = new EpochPair(seed, now)) {
            IngressEpochs ingress = pair.ingress();
            EgressEpochs egress = pair.egress();
            long end = 120 * SECOND;
            while (now < end && !ingress.isDown() && highest < EPOCHS) {
                now += STEP;
                // A new epoch as soon as one is confirmed: an hour would pass with nothing new.
                boolean isHurried = !ingress.isConfirming() && random.nextInt(100) == 0;
                byte[] offer = ingress.poll(now, 2 * delay, isHurried ? IngressEpochs.EPOCH_PACKETS : 0);
                EpochKeys sending = ingress.sending();
                boolean mayCarry = ingress.mayCarryTraffic();
                assertThat(mayCarry).isEqualTo(sending.epoch() > 0);
                order = send(path, random, loss, now + delay, order, true, sending, offer, mayCarry);
                order = send(
                        path,
                        random,
                        loss,
                        now + delay,
                        order,
                        false,
                        egress.sending(),
                        null,
                        egress.mayCarryTraffic());
                while (!path.isEmpty() && path.peek().arrives() <= now) {
                    Packet packet = path.remove();
                    EpochKeys keys = packet.isForward()
                            ? egress.receiving(packet.epoch(), now)
                            : ingress.receiving(packet.epoch(), now);
                    if (keys == null || !key(keys, packet.isForward()).equals(packet.key())) {
                        continue;
                    }
                    assertThat(packet.isIp() && packet.epoch() == 0).isFalse();
                    opened++;
                    if (packet.isForward()) {
                        egress.onGoodPacket(packet.epoch(), now);
                        if (packet.kem() != null) {
                            byte[] kem = HEX.parseHex(packet.kem());
                            KemVerdict verdict = egress.onOffer(kem, 0, kem.length, now);
                            boolean isAnswered = verdict == KemVerdict.ACCEPTED || verdict == KemVerdict.REPEATED;
                            assertThat(!isAnswered || egress.answer() != null).isTrue();
                            if (isAnswered) {
                                order = send(
                                        path,
                                        random,
                                        loss,
                                        now + delay,
                                        order,
                                        false,
                                        egress.sending(),
                                        egress.answer(),
                                        false);
                            }
                        }
                    } else {
                        ingress.onGoodPacket(packet.epoch(), now);
                        if (packet.kem() != null) {
                            byte[] kem = HEX.parseHex(packet.kem());
                            ingress.onAnswer(kem, 0, kem.length, now);
                        }
                    }
                    highest = Math.max(highest, egress.sending().epoch());
                }
                assertThat(pair.ingressKept().epochs()).hasSizeLessThanOrEqualTo(3);
                assertThat(pair.egressKept().epochs()).hasSizeLessThanOrEqualTo(3);
                int apart = ingress.sending().epoch() - egress.sending().epoch();
                assertThat(apart).isBetween(-1, 1);
            }
            assertThat(opened).isPositive();
            assertThat(ingress.isDown()).as("loss " + loss + ", delay " + delay).isFalse();
            assertThat(highest).isEqualTo(EPOCHS);
        }
    }

    private static int send(
            PriorityQueue<Packet> path,
            Random random,
            double loss,
            long arrives,
            int order,
            boolean isForward,
            EpochKeys keys,
            byte @Nullable [] kem,
            boolean isIp) {
        int next = order;
        String key = key(keys, isForward);
        for (int copy = random.nextInt(20) == 0 ? 2 : 1; copy > 0; copy--) {
            if (random.nextDouble() >= loss) {
                long jitter = random.nextLong(SECOND / 4);
                path.add(new Packet(
                        arrives + jitter,
                        next++,
                        isForward,
                        keys.epoch(),
                        key,
                        kem == null ? null : HEX.formatHex(kem),
                        isIp));
            }
        }
        return next;
    }

    private static String key(EpochKeys keys, boolean isForward) {
        return OffHeap.hex(isForward ? keys.forward() : keys.reverse(), 32);
    }
}
