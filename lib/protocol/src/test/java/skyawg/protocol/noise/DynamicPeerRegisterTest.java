package skyawg.protocol.noise;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import skyawg.protocol.crypto.SeededEntropy;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.simulation.NodePair;

/** Who may become a dynamic peer and when one must go, on a clock of the test's. */
final class DynamicPeerRegisterTest {
    private static final long SECOND = Constants.NANOS_PER_SECOND;
    private static final long START = 1_000 * SECOND;
    /** When a register that began at {@link #START} is no longer young. */
    private static final long GROWN = START + DynamicPeerRegister.YOUNG;

    private static final IpAddress SOURCE = IpAddress.parse("192.0.2.7");

    private final DynamicPeerRegister register = register(DynamicPeerBounds.DEFAULT);

    private static DynamicPeerRegister register(DynamicPeerBounds bounds) {
        return new DynamicPeerRegister(bounds, new SeededEntropy(1), START);
    }

    private static PublicKey key(int id) {
        return PublicKey.of(ByteBuffer.allocate(PublicKey.LENGTH).putInt(8, id).array());
    }

    private static long unixNanos(long now) {
        return NodePair.START_OF_TIME + now;
    }

    private static byte[] stamp(long now) {
        byte[] stamp = new byte[Tai64n.LENGTH];
        Tai64n.write(stamp, 0, unixNanos(now));
        return stamp;
    }

    private static @Nullable StrangerRefusal stampRefusal(
            DynamicPeerRegister register, PublicKey key, long stamped, long now) {
        return register.refusal(key, stamp(stamped), unixNanos(now), now);
    }

    @Test
    void aSourceHasABurstOfTenAndFiveASecond() {
        for (int i = 0; i < 10; i++) {
            assertThat(register.refusal(SOURCE, GROWN)).isNull();
        }
        assertThat(register.refusal(SOURCE, GROWN)).isEqualTo(StrangerRefusal.SOURCE_RATE);
        int allowed = 0;
        for (long now = GROWN; now < GROWN + 100 * SECOND; now += SECOND / 50) {
            allowed += register.refusal(SOURCE, now) == null ? 1 : 0;
        }
        assertThat(allowed).isBetween(498, 500);
    }

    @Test
    void anIpv6SourceIsItsFirst64Bits() {
        for (int i = 0; i < 10; i++) {
            assertThat(register.refusal(IpAddress.parse("2001:db8:0:1::" + i), GROWN))
                    .isNull();
        }
        assertThat(register.refusal(IpAddress.parse("2001:db8:0:1:ffff::1"), GROWN))
                .isEqualTo(StrangerRefusal.SOURCE_RATE);
        assertThat(register.refusal(IpAddress.parse("2001:db8:0:2::1"), GROWN)).isNull();
        assertThat(register.refusal(IpAddress.parse("192.0.2.1"), GROWN)).isNull();
        assertThat(register.refusal(IpAddress.parse("192.0.2.2"), GROWN)).isNull();
    }

    @Test
    void aStampIsWithin120SecondsOfTheClock() {
        for (long apart : new long[] {-119, 0, 119}) {
            assertThat(stampRefusal(register, key(1), GROWN + apart * SECOND, GROWN))
                    .as("%d s", apart)
                    .isNull();
        }
        for (long apart : new long[] {-1_000_000_000, -86_400, -121, 121, 86_400, 1_000_000_000}) {
            assertThat(stampRefusal(register, key(1), GROWN + apart * SECOND, GROWN))
                    .as("%d s", apart)
                    .isEqualTo(StrangerRefusal.WRONG_CLOCK);
        }
    }

    @Test
    void inTheFirst300SecondsOnlyStampsLaterThanTheStartCount() {
        assertThat(stampRefusal(register, key(1), START, START + SECOND)).isEqualTo(StrangerRefusal.BEFORE_START);
        assertThat(stampRefusal(register, key(1), START + Tai64n.TICK, START + SECOND))
                .isNull();
        long before = START - SECOND / 10;
        assertThat(stampRefusal(register, key(1), before, before + 119 * SECOND))
                .isEqualTo(StrangerRefusal.BEFORE_START);
        assertThat(stampRefusal(register, key(1), GROWN - 119 * SECOND, GROWN)).isNull();
    }

    /** A machine without a clock of its own thinks it started in 1970. */
    @Test
    void theStartIsTakenByTheClockAsItIsNow() {
        long clockWasSetBy = NodePair.START_OF_TIME;
        long now = START + 10 * SECOND;
        byte[] replayed = new byte[Tai64n.LENGTH];
        Tai64n.write(replayed, 0, clockWasSetBy + now - 60 * SECOND);
        assertThat(register.refusal(key(1), replayed, clockWasSetBy + now, now))
                .isEqualTo(StrangerRefusal.BEFORE_START);
        Tai64n.write(replayed, 0, clockWasSetBy + now - SECOND);
        assertThat(register.refusal(key(1), replayed, clockWasSetBy + now, now)).isNull();
    }

    @Test
    void aStampIsRememberedFor300SecondsAfterThePeerHasGone() {
        register.add(key(1), true, false, GROWN);
        register.remove(key(1));
        register.remember(key(1), stamp(GROWN), GROWN);
        assertThat(stampRefusal(register, key(1), GROWN, GROWN + SECOND)).isEqualTo(StrangerRefusal.REPLAYED);
        assertThat(stampRefusal(register, key(1), GROWN - SECOND, GROWN + SECOND))
                .isEqualTo(StrangerRefusal.REPLAYED);
        assertThat(stampRefusal(register, key(1), GROWN + SECOND, GROWN + SECOND))
                .isNull();
        assertThat(stampRefusal(register, key(2), GROWN, GROWN + SECOND)).isNull();
        assertThat(register.remembered(GROWN + 300 * SECOND - 1)).isEqualTo(1);
        assertThat(register.remembered(GROWN + 300 * SECOND)).isZero();
    }

    @Test
    void aPeerThatComesBackHasItsStampBack() {
        register.remember(key(1), stamp(GROWN), GROWN);
        assertThat(register.recall(key(1), GROWN + SECOND)).isEqualTo(stamp(GROWN));
        assertThat(register.recall(key(1), GROWN + SECOND)).isNull();
        assertThat(register.remembered(GROWN + SECOND)).isZero();
    }

    @Test
    void unconfirmedStrangersAreBounded() {
        for (int i = 0; i < 512; i++) {
            assertThat(register.refusal(IpAddress.v4(i), GROWN)).isNull();
            register.add(key(i), true, false, GROWN);
        }
        assertThat(register.refusal(SOURCE, GROWN)).isEqualTo(StrangerRefusal.TOO_MANY_UNCONFIRMED);
        assertThat(register.confirm(key(7))).isTrue();
        assertThat(register.confirm(key(7))).isFalse();
        assertThat(register.refusal(SOURCE, GROWN)).isNull();
    }

    @Test
    void strangersAreBoundedAndNobodyIsPutOut() {
        for (int i = 0; i < 4_096; i++) {
            assertThat(register.refusal(IpAddress.v4(i), GROWN)).isNull();
            register.add(key(i), true, false, GROWN);
            register.confirm(key(i));
        }
        assertThat(register.refusal(SOURCE, GROWN)).isEqualTo(StrangerRefusal.TOO_MANY_PEERS);
        assertThat(register.size()).isEqualTo(4_096);
        assertThat(register.due(GROWN + SECOND)).isNull();
        register.remove(key(5));
        assertThat(register.refusal(SOURCE, GROWN)).isNull();
    }

    @Test
    void strangersLeaveRoomForOursAndOursAreBoundedToo() {
        for (int i = 0; i < 4_096; i++) {
            register.add(key(i), true, false, GROWN);
        }
        for (int i = 0; i < 4_096; i++) {
            assertThat(register.hasRoomForOurs(GROWN)).isTrue();
            register.add(key(100_000 + i), false, true, GROWN);
        }
        assertThat(register.hasRoomForOurs(GROWN)).isFalse();
        assertThat(register.strangers()).isEqualTo(4_096);
        assertThat(register.unconfirmedStrangers()).isEqualTo(4_096);
    }

    @Test
    void aFullMemoryRefusesUntilTheOldestIsForgotten() {
        for (int i = 0; i < 65_536; i++) {
            assertThat(register.refusal(IpAddress.v4(i), GROWN + i)).as("%d", i).isNull();
            register.remember(key(i), stamp(GROWN), GROWN + i);
        }
        long now = GROWN + SECOND;
        assertThat(register.refusal(SOURCE, now)).isEqualTo(StrangerRefusal.MEMORY_FULL);
        assertThat(register.hasRoomForOurs(now)).isTrue();
        assertThat(stampRefusal(register, key(0), GROWN, now)).isEqualTo(StrangerRefusal.REPLAYED);
        assertThat(register.refusal(SOURCE, GROWN + 300 * SECOND)).isNull();
        assertThat(register.remembered(GROWN + 300 * SECOND)).isEqualTo(65_535);
    }

    @Test
    void aPeerThatIsThereHasItsPlaceInTheMemory() {
        DynamicPeerRegister small = register(new DynamicPeerBounds(10, 10, 3, 5, 10, SECOND, SECOND));
        small.remember(key(1), stamp(GROWN), GROWN);
        small.add(key(2), true, false, GROWN);
        assertThat(small.refusal(SOURCE, GROWN)).isNull();
        small.add(key(3), true, false, GROWN);
        assertThat(small.refusal(SOURCE, GROWN)).isEqualTo(StrangerRefusal.MEMORY_FULL);
        assertThat(small.hasRoomForOurs(GROWN)).isTrue();
    }

    @Test
    void withoutASessionAPeerGoesAfterFiveSeconds() {
        register.add(key(1), true, false, GROWN);
        register.add(key(2), false, true, GROWN + SECOND);
        assertThat(register.nextDeadline()).isEqualTo(GROWN + 5 * SECOND);
        assertThat(register.due(GROWN + 5 * SECOND - 1)).isNull();
        assertThat(register.due(GROWN + 5 * SECOND))
                .isEqualTo(new DynamicPeerRegister.Due(key(1), DynamicPeerEnd.UNCONFIRMED));
        assertThat(register.remove(key(1))).as("somebody knows of it").isFalse();
        assertThat(register.due(GROWN + 6 * SECOND))
                .isEqualTo(new DynamicPeerRegister.Due(key(2), DynamicPeerEnd.UNCONFIRMED));
        assertThat(register.remove(key(2))).isTrue();
        assertThat(register.nextDeadline()).isEqualTo(PeerTimers.NEVER);
    }

    @Test
    void aPeerNobodyUsesGoesAfterSixtySeconds() {
        register.add(key(1), true, false, GROWN);
        register.confirm(key(1));
        assertThat(register.nextDeadline()).isEqualTo(GROWN + 60 * SECOND);
        assertThat(register.due(GROWN + 60 * SECOND))
                .isEqualTo(new DynamicPeerRegister.Due(key(1), DynamicPeerEnd.IDLE));
        register.setInUse(key(1), true, GROWN + 60 * SECOND);
        assertThat(register.nextDeadline()).isEqualTo(PeerTimers.NEVER);
        assertThat(register.due(GROWN + 9_999 * SECOND)).isNull();
        register.setInUse(key(1), false, GROWN + 10_000 * SECOND);
        // Said again, it changes nothing.
        register.setInUse(key(1), false, GROWN + 10_050 * SECOND);
        assertThat(register.nextDeadline()).isEqualTo(GROWN + 10_060 * SECOND);
        assertThat(register.remove(key(1))).isTrue();
        register.setInUse(key(1), true, GROWN + 10_060 * SECOND);
        assertThat(register.size()).isZero();
        assertThat(register.nextDeadline()).isEqualTo(PeerTimers.NEVER);
    }

    /**
     * Whatever strangers do: the bounds hold, no stamp is good twice, and a source gets no more than its rate. They try
     * new and old stamps, confirm or not, are used or not.
     */
    @Property(tries = 100)
    void boundsHoldInAnyCrowd(@ForAll long seed) {
        Random random = new Random(seed);
        DynamicPeerBounds bounds = new DynamicPeerBounds(
                1 + random.nextInt(20),
                1 + random.nextInt(8),
                1 + random.nextInt(60),
                1 + random.nextInt(20),
                1,
                5 * SECOND,
                20 * SECOND);
        DynamicPeerRegister tried = register(bounds);
        Map<PublicKey, byte[]> there = new HashMap<>();
        Map<PublicKey, byte[]> everAccepted = new HashMap<>();
        Map<IpAddress, List<Long>> admissions = new TreeMap<>((x, y) -> Long.compare(x.low(), y.low()));
        long now = START;
        for (int step = 0; step < 2_000; step++) {
            now += random.nextLong(SECOND / 2);
            for (DynamicPeerRegister.Due due = tried.due(now); due != null; due = tried.due(now)) {
                byte[] newest = requireNonNull(there.remove(due.key()));
                tried.remove(due.key());
                tried.remember(due.key(), newest, now);
            }
            assertThat(tried.nextDeadline()).isGreaterThan(now);
            PublicKey key = key(random.nextInt(80));
            byte[] known = there.get(key);
            if (known != null) {
                if (random.nextBoolean()) {
                    tried.confirm(key);
                }
                tried.setInUse(key, random.nextInt(4) == 0, now);
            } else {
                IpAddress source = IpAddress.v4(random.nextInt(3));
                byte[] stamp = stamp(now - random.nextLong(200 * SECOND) + 50 * SECOND);
                if (tried.refusal(source, now) == null) {
                    admissions.computeIfAbsent(source, _ -> new ArrayList<>()).add(now);
                    if (tried.refusal(key, stamp, unixNanos(now), now) == null) {
                        byte[] before = everAccepted.put(key, stamp);
                        assertThat(before == null || Tai64n.isAfter(stamp, before))
                                .isTrue();
                        tried.add(key, true, false, now);
                        tried.recall(key, now);
                        there.put(key, stamp);
                    }
                }
            }
            assertThat(tried.strangers()).isEqualTo(there.size()).isLessThanOrEqualTo(bounds.maxStrangers());
            assertThat(tried.unconfirmedStrangers()).isLessThanOrEqualTo(bounds.maxUnconfirmed());
            assertThat(tried.size() + tried.remembered(now)).isLessThanOrEqualTo(bounds.maxRememberedKeys());
        }
        assertThat(everAccepted).isNotEmpty();
        for (List<Long> times : admissions.values()) {
            double atMost = 1 + bounds.sourcePerSecond() * (double) (now - START) / SECOND;
            assertThat((double) times.size()).isLessThanOrEqualTo(atMost);
            for (int i = 1; i < times.size(); i++) {
                assertThat(times.get(i) - times.get(i - 1))
                        .isGreaterThanOrEqualTo(SECOND / bounds.sourcePerSecond() - 1);
            }
        }
    }
}
