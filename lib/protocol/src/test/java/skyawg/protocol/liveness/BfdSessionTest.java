package skyawg.protocol.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import skyawg.protocol.campaign.Campaign;
import skyawg.protocol.crypto.OffHeap;
import skyawg.protocol.crypto.SeededEntropy;
import skyawg.protocol.wire.Memory;

final class BfdSessionTest {
    private static final long MILLI = BfdLink.MILLI;
    private static final long SECOND = 1000 * MILLI;

    private static void assertUp(BfdLink link) {
        assertThat(link.a.session.state()).isEqualTo(BfdState.UP);
        assertThat(link.b.session.state()).isEqualTo(BfdState.UP);
    }

    @Test
    void comesUpByThreePackets() {
        try (BfdLink link = new BfdLink(1)) {
            link.run(10 * MILLI);
            assertUp(link);
            assertThat(link.a.changes).containsAnyOf("DOWN->INIT NONE", "DOWN->UP NONE");
            assertThat(link.a.session.localDiscriminator()).isNotZero();
            assertThat(link.a.session.localDiscriminator()).isNotEqualTo(link.b.session.localDiscriminator());
        }
    }

    /** 75 to 100 per cent of 50 ms, and not always the same. */
    @Test
    void busySessionSendsEveryFiftyMillisecondsWithJitter() {
        try (BfdLink link = new BfdLink(2)) {
            link.run(SECOND);
            link.a.sent.clear();
            link.run(10 * SECOND);
            List<Long> sent = link.a.sent;
            long shortest = Long.MAX_VALUE;
            long longest = 0;
            for (int i = 1; i < sent.size(); i++) {
                shortest = Math.min(shortest, sent.get(i) - sent.get(i - 1));
                longest = Math.max(longest, sent.get(i) - sent.get(i - 1));
            }
            assertThat(shortest).isBetween(37_500_000L, 41 * MILLI);
            assertThat(longest).isBetween(47 * MILLI, 50 * MILLI);
            assertThat(sent.size()).isBetween(200, 267);
        }
    }

    @Test
    void silenceOfThreeIntervalsIsAFailure() {
        for (boolean isOneWay : new boolean[] {true, false}) {
            try (BfdLink link = new BfdLink(3)) {
                link.run(SECOND);
                assertUp(link);
                long cut = link.now;
                link.isCutToB = true;
                link.isCutToA = !isOneWay;
                link.run(SECOND);
                assertThat(link.b.changes).contains("UP->DOWN DETECTION_TIME_EXPIRED");
                assertThat(link.b.lastDown - cut).isBetween(100 * MILLI, 151 * MILLI);
                String expected =
                        isOneWay ? "UP->DOWN NEIGHBOR_SIGNALED_SESSION_DOWN" : "UP->DOWN DETECTION_TIME_EXPIRED";
                assertThat(link.a.changes).contains(expected);
                assertThat(link.a.session.state()).isNotEqualTo(BfdState.UP);
                link.isCutToA = false;
                link.isCutToB = false;
                link.run(200 * MILLI);
                assertUp(link);
            }
        }
    }

    @Test
    void anyAuthenticatedPacketRestartsDetection() {
        try (BfdLink link = new BfdLink(4)) {
            link.run(SECOND);
            link.isCutToB = true;
            for (int i = 0; i < 20; i++) {
                link.run(100 * MILLI);
                link.b.session.heard(link.now);
            }
            assertUp(link);
            link.run(151 * MILLI);
            assertThat(link.b.session.state()).isEqualTo(BfdState.DOWN);
        }
    }

    @Test
    void dataHoldsBackPacketsOfASessionThatIsUp() {
        try (BfdLink link = new BfdLink(5)) {
            link.run(SECOND);
            link.a.sent.clear();
            for (int i = 0; i < 1000; i++) {
                link.data(link.a);
                link.run(10 * MILLI);
            }
            assertThat(link.a.sent).isEmpty();
            assertThat(link.b.sent.size()).isGreaterThan(200);
            assertUp(link);
            link.run(200 * MILLI);
            assertThat(link.a.sent).as("data has ended").isNotEmpty();
            assertUp(link);
        }
    }

    /** Or a lost packet of the three would be waited for until the data ends. */
    @Test
    void dataDoesNotHoldBackTheComingUp() {
        try (BfdLink link = new BfdLink(6)) {
            link.isCutToA = true;
            link.isCutToB = true;
            link.run(10 * MILLI);
            link.isCutToA = false;
            link.isCutToB = false;
            for (int i = 0; i < 50; i++) {
                link.data(link.a);
                link.data(link.b);
                link.run(5 * MILLI);
            }
            assertUp(link);
        }
    }

    @Test
    void idleSessionSlowsDownByPollAndDetectsInThreeSeconds() {
        try (BfdLink link = new BfdLink(7)) {
            link.run(SECOND);
            link.a.session.setBusy(false, link.now);
            link.b.session.setBusy(false, link.now);
            link.run(SECOND);
            link.a.sent.clear();
            link.b.sent.clear();
            link.run(20 * SECOND);
            assertThat(link.a.sent.size()).isBetween(19, 27);
            assertThat(link.a.session.detectionNanos()).isEqualTo(3 * SECOND);
            assertUp(link);
            long cut = link.now;
            link.isCutToB = true;
            link.run(4 * SECOND);
            assertThat(link.b.lastDown - cut).isBetween(2 * SECOND, 3_001 * MILLI);
        }
    }

    @Test
    void sessionThatGetsBusyDetectsFastAgain() {
        try (BfdLink link = new BfdLink(8)) {
            link.run(SECOND);
            link.a.session.setBusy(false, link.now);
            link.b.session.setBusy(false, link.now);
            link.run(5 * SECOND);
            link.a.session.setBusy(true, link.now);
            link.run(SECOND);
            assertThat(link.a.session.detectionNanos())
                    .as("the neighbour is slow still")
                    .isEqualTo(3 * SECOND);
            link.b.session.setBusy(true, link.now);
            link.run(SECOND);
            assertThat(link.a.session.detectionNanos()).isEqualTo(150 * MILLI);
            assertThat(link.b.session.detectionNanos()).isEqualTo(150 * MILLI);
            assertUp(link);
            assertThat(link.a.changes).noneMatch(change -> change.startsWith("UP->"));
        }
    }

    @Test
    void restartedNeighbourIsNoticedAndComesUpAnew() {
        try (BfdLink link = new BfdLink(9)) {
            link.run(SECOND);
            link.b.restart();
            link.run(10 * MILLI);
            assertThat(link.a.changes).contains("UP->DOWN NEIGHBOR_SIGNALED_SESSION_DOWN");
            link.run(100 * MILLI);
            assertUp(link);
        }
    }

    /**
     * Random loss, delay, reorder, cuts, data and changes of pace. Afterwards, on a good link, both ends are up within
     * a second and stay so; while an end is up it has heard the other within its detection time.
     */
    @Test
    void recoversFromAnySchedule() {
        Campaign.run("BFD schedules", 300, seed -> {
            try (BfdLink link = new BfdLink(seed)) {
                SeededEntropy random = new SeededEntropy(~seed);
                for (int i = 0; i < 60; i++) {
                    link.lossPerMille = (int) random.uniform(0, 600);
                    link.minDelay = random.uniform(0, 20) * MILLI;
                    link.maxDelay = link.minDelay + random.uniform(0, 80) * MILLI;
                    link.isCutToA = random.uniform(0, 5) == 0;
                    link.isCutToB = random.uniform(0, 5) == 0;
                    BfdLink.End end = random.uniform(0, 1) == 0 ? link.a : link.b;
                    switch ((int) random.uniform(0, 4)) {
                        case 0 -> end.session.setBusy(random.uniform(0, 1) == 0, link.now);
                        case 1 -> end.restart();
                        default -> link.data(end);
                    }
                    link.run(random.uniform(1, 500) * MILLI);
                }
                link.isCutToA = false;
                link.isCutToB = false;
                link.lossPerMille = 0;
                link.minDelay = MILLI;
                link.maxDelay = 2 * MILLI;
                link.run(4 * SECOND);
                assertUp(link);
                int changes = link.a.changes.size() + link.b.changes.size();
                link.run(20 * SECOND);
                assertThat(link.a.changes.size() + link.b.changes.size()).isEqualTo(changes);
            }
        });
    }

    @Test
    void dropsPacketsThatAreNotForThisSession() {
        try (OffHeap memory = new OffHeap()) {
            BfdSession session = new BfdSession(new SeededEntropy(1), (from, to, diagnostic) -> {}, 0);
            long packet = memory.allocate(BfdPacket.LENGTH + 12);
            long template = memory.allocate(BfdPacket.LENGTH);
            BfdPacket.write(template, BfdState.INIT, BfdDiagnostic.NONE, 0, 3, 7, session.localDiscriminator(), 1, 1);
            assertThat(receiveChanged(session, template, packet, -1, 0)).isEqualTo(BfdVerdict.ACCEPTED);
            assertThat(session.receive(template, BfdPacket.LENGTH - 1, 0)).isEqualTo(BfdVerdict.BAD_LENGTH);
            assertThat(receiveChanged(session, template, packet, 4, 0x40)).isEqualTo(BfdVerdict.BAD_VERSION);
            assertThat(receiveChanged(session, template, packet, 5, 0x81)).isEqualTo(BfdVerdict.BAD_FLAGS);
            assertThat(receiveChanged(session, template, packet, 5, 0x82)).isEqualTo(BfdVerdict.BAD_FLAGS);
            assertThat(receiveChanged(session, template, packet, 5, 0x84)).isEqualTo(BfdVerdict.BAD_FLAGS);
            assertThat(receiveChanged(session, template, packet, 5, 0xb0)).isEqualTo(BfdVerdict.BAD_FLAGS);
            assertThat(receiveChanged(session, template, packet, 6, 0)).isEqualTo(BfdVerdict.BAD_FLAGS);
            assertThat(receiveChanged(session, template, packet, 7, 23)).isEqualTo(BfdVerdict.BAD_LENGTH);
            assertThat(receiveChanged(session, template, packet, 7, 52)).isEqualTo(BfdVerdict.BAD_LENGTH);
            assertThat(receiveChanged(session, template, packet, 11, 0)).isEqualTo(BfdVerdict.BAD_DISCRIMINATOR);
            int other = session.localDiscriminator() + 1;
            assertThat(receiveChanged(session, template, packet, 15, other)).isEqualTo(BfdVerdict.BAD_DISCRIMINATOR);
            BfdPacket.write(template, BfdState.UP, BfdDiagnostic.NONE, 0, 3, 7, 0, 1, 1);
            assertThat(session.receive(template, BfdPacket.LENGTH, 0)).isEqualTo(BfdVerdict.BAD_DISCRIMINATOR);
        }
    }

    private static BfdVerdict receiveChanged(BfdSession session, long template, long packet, int offset, int value) {
        Memory.copy(template, packet, BfdPacket.LENGTH);
        if (offset >= 0) {
            Memory.putByte(packet + offset, value);
        }
        return session.receive(packet, BfdPacket.LENGTH + 12, 0);
    }

    @Property(tries = 3000)
    void bearsAnyBytes(@ForAll @Size(max = 40) byte[] bytes) {
        try (OffHeap memory = new OffHeap()) {
            BfdSession session = new BfdSession(new SeededEntropy(1), (from, to, diagnostic) -> {}, 0);
            long packet = memory.put(bytes);
            BfdVerdict verdict = session.receive(packet, bytes.length, 0);
            if (bytes.length < BfdPacket.LENGTH) {
                assertThat(verdict).isEqualTo(BfdVerdict.BAD_LENGTH);
            }
            session.advance(SECOND);
            assertThat(session.state()).isIn(BfdState.DOWN, BfdState.INIT, BfdState.UP);
        }
    }

    /** A zero interval means: send nothing periodic (RFC 5880 §6.8.1). */
    @Test
    void neighbourMayAskForSilence() {
        try (OffHeap memory = new OffHeap()) {
            BfdSession session = new BfdSession(new SeededEntropy(1), (from, to, diagnostic) -> {}, 0);
            long packet = memory.allocate(BfdPacket.LENGTH);
            BfdPacket.write(packet, BfdState.DOWN, BfdDiagnostic.NONE, 0, 3, 7, 0, 1_000_000, 0);
            session.receive(packet, BfdPacket.LENGTH, 0);
            assertThat(session.advance(0)).as("the state changed").isTrue();
            session.write(packet, 0);
            assertThat(session.advance(2 * SECOND)).isFalse();
            assertThat(session.nextDeadline()).isEqualTo(3 * SECOND);
        }
    }
}
