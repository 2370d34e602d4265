package skyawg.protocol.setup;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import skyawg.protocol.crypto.KeyVault;
import skyawg.protocol.crypto.OffHeap;
import skyawg.protocol.crypto.SeededEntropy;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.onion.HopKeys;
import skyawg.protocol.tunnelkeys.EpochKeys;

/** Set-ups and replies over whole paths. */
final class SetupPathTest {
    private static final int[] KEY_LENGTHS = {32, 32, 16, 16, 32, 32};

    @Property(tries = 60)
    void bothEndsOfEverySlotHaveTheSameKeys(
            @ForAll @IntRange(min = 1, max = 6) int length, @ForAll boolean isJoining, @ForAll long seed) {
        long cells = KeyVault.liveCells();
        try (SetupPath path = new SetupPath(length, isJoining, seed)) {
            path.goTo(length);
            path.accept();
            Unwound unwound = path.comeBack(hop -> {});
            assertThat(unwound).isInstanceOf(Unwound.Established.class);
            Unwound.Established established = (Unwound.Established) unwound;
            assertThat(established.forwardLse())
                    .isEqualTo(path.nodes().getFirst().forwardLse());
            assertThat(established.replies()).hasSize(length);
            for (int i = 0; i < length; i++) {
                HopKeys atHop =
                        i == length - 1 ? path.egress().lsp() : path.installed().get(i);
                assertThat(bytes(established.keys().get(i))).isEqualTo(bytes(atHop));
                established.keys().get(i).close();
            }
            if (isJoining) {
                assertThat(established.epoch0()).isNull();
                assertThat(path.egress().epoch0()).isNull();
            } else {
                EpochKeys atIngress = requireNonNull(established.epoch0());
                EpochKeys atEgress = requireNonNull(path.egress().epoch0());
                assertThat(OffHeap.get(atIngress.forward(), 32)).isEqualTo(OffHeap.get(atEgress.forward(), 32));
                assertThat(OffHeap.get(atIngress.reverse(), 32)).isEqualTo(OffHeap.get(atEgress.reverse(), 32));
                atIngress.close();
            }
        }
        assertThat(KeyVault.liveCells()).as("keys left").isEqualTo(cells);
    }

    @Property(tries = 30)
    void noBlockOfAMessageIsSeenOnTwoLinks(@ForAll @IntRange(min = 2, max = 6) int length, @ForAll long seed) {
        try (SetupPath path = new SetupPath(length, false, seed)) {
            path.goTo(length);
            path.accept();
            release(path.comeBack(hop -> {}));
            Set<String> blocks = new HashSet<>();
            int seen = 0;
            for (List<byte[]> direction : List.of(path.setups(), path.replies())) {
                for (byte[] message : direction) {
                    assertThat(message).hasSize(880);
                    for (int at = SetupMessage.AREA_OFFSET; at <= message.length - 16; at++) {
                        blocks.add(HexFormat.of().formatHex(message, at, at + 16));
                        seen++;
                    }
                }
            }
            assertThat(blocks).hasSize(seen);
        }
    }

    @Property(tries = 40)
    void aBitFlippedOnALinkStopsTheSetupAtTheNextHopWhichForgetsIt(
            @ForAll @IntRange(min = 1, max = 6) int length,
            @ForAll @IntRange(max = 5) int link,
            @ForAll @IntRange(max = 864 * 8 - 1) int bit) {
        int hop = Math.min(link, length - 1);
        try (SetupPath path = new SetupPath(length, false, bit)) {
            byte[] message = path.carryTo(hop + 1);
            byte[] changed = message.clone();
            changed[SetupMessage.AREA_OFFSET + bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(path.nodes().get(hop).open(changed, changed.length, 0)).isEqualTo(SetupDrop.NOT_GENUINE);
            path.nodes().get(hop).mustOpen(message).close();
        }
    }

    @Property(tries = 40)
    void aReplySpoiledOnALinkIsNoticedAtAHopBehindIt(
            @ForAll @IntRange(min = 1, max = 6) int length,
            @ForAll @IntRange(max = 5) int link,
            @ForAll @IntRange(max = 144 * 8 - 1) int bit) {
        int before = Math.min(link, length - 1);
        long cells = KeyVault.liveCells();
        try (SetupPath path = new SetupPath(length, false, bit)) {
            path.goTo(length);
            path.accept();
            Unwound unwound = path.comeBack(hop -> {
                if (hop == before) {
                    path.replies().getLast()[ReplyMessage.AREA_OFFSET + bit / 8] ^= (byte) (1 << bit % 8);
                }
            });
            assertThat(unwound).isEqualTo(new Unwound.Spoiled(before + 1));
        }
        assertThat(KeyVault.liveCells()).as("keys left").isEqualTo(cells);
    }

    @Property(tries = 40)
    void aRefusalIsReadWithItsPlaceAndReason(
            @ForAll @IntRange(min = 1, max = 6) int length,
            @ForAll @IntRange(max = 5) int place,
            @ForAll @IntRange(min = 1, max = 11) int code) {
        int refusing = Math.min(place, length - 1) + 1;
        long cells = KeyVault.liveCells();
        try (SetupPath path = new SetupPath(length, false, code)) {
            path.goTo(refusing);
            path.refuse(Status.ofCode(code));
            Unwound unwound = path.comeBack(hop -> {});
            assertThat(path.installed()).as("nothing is installed").isEmpty();
            assertThat(unwound).isInstanceOf(Unwound.Refused.class);
            assertThat(((Unwound.Refused) unwound).hop()).isEqualTo(refusing);
            assertThat(((Unwound.Refused) unwound).reply().status().code()).isEqualTo(code);
        }
        assertThat(KeyVault.liveCells()).as("keys left").isEqualTo(cells);
    }

    @Test
    void aNeighbourThatTurnsConsentIntoRefusalIsContradicted() {
        try (SetupPath path = new SetupPath(3, false, 1)) {
            path.goTo(3);
            path.accept();
            Unwound unwound = path.comeBack(hop -> {
                if (hop == 0) {
                    Arrays.fill(path.replies().getLast(), 12, 16, (byte) 0);
                }
            });
            assertThat(unwound).isEqualTo(new Unwound.Contradictory());
        }
    }

    @Test
    void aReplyWithALabelOutOfRangeCountsAsRefusedAtATransit() {
        try (SetupPath path = new SetupPath(2, false, 1)) {
            path.goTo(2);
            path.accept();
            path.comeBack(hop -> {
                if (hop == 1) {
                    path.replies().getLast()[ReplyMessage.AREA_OFFSET - 4] = 0x10;
                }
            });
            assertThat(path.installed()).isEmpty();
            assertThat(ReplyMessage.isAccepted(path.replies().getLast())).isFalse();
        }
    }

    @Test
    void aRepeatedSetupIsDroppedFor300Seconds() {
        try (SetupPath path = new SetupPath(1, false, 1)) {
            byte[] message = path.setups().getFirst();
            SetupNode node = path.nodes().getFirst();
            path.goTo(1).close();
            assertThat(node.open(message, message.length, 1)).isEqualTo(SetupDrop.REPLAYED);
            assertThat(node.open(message, message.length, ReplayFilter.LIFETIME_NANOS - 1))
                    .isEqualTo(SetupDrop.REPLAYED);
        }
    }

    @Test
    void setupsThatNameNoLivingKeyOrAreCutAreDropped() {
        try (SetupPath path = new SetupPath(2, false, 1)) {
            SetupNode node = path.nodes().getFirst();
            byte[] message = path.setups().getFirst();
            for (int length = 0; length < SetupMessage.LENGTH; length++) {
                assertThat(node.open(Arrays.copyOf(message, length), length, 0)).isEqualTo(SetupDrop.MALFORMED);
            }
            byte[] other = message.clone();
            other[5]++;
            assertThat(node.open(other, other.length, 0)).isEqualTo(SetupDrop.UNKNOWN_KEY);
            byte[] padded = Arrays.copyOf(message, 1380);
            assertThat(node.open(padded, padded.length, 0))
                    .isInstanceOfSatisfying(OpenedSetup.class, OpenedSetup::close);
        }
    }

    @Property(tries = 200)
    void anyAreaIsDroppedWithoutAnAnswer(@ForAll long seed) {
        byte[] message = new byte[SetupMessage.LENGTH];
        new Random(seed).nextBytes(message);
        try (SetupNode node = new SetupNode(1)) {
            int keyId = node.egress(false).keyId();
            assertThat(node.open(message, message.length, 0)).isInstanceOf(SetupDrop.class);
            SetupMessage.writeHeader(message, keyId, SetupPath.INGRESS_LSE);
            assertThat(node.open(message, message.length, 0)).isEqualTo(SetupDrop.NOT_GENUINE);
        }
    }

    @Test
    void aFullFilterDropsEvenWhatIsGenuine() {
        ReplayFilter filter = new ReplayFilter(new SeededEntropy(1));
        for (int i = 0; i < ReplayFilter.MAX_ENTRIES; i++) {
            byte[] key = new byte[32];
            key[0] = (byte) i;
            key[1] = (byte) (i >>> 8);
            filter.add(key, 0);
        }
        PublicKey self = PublicKey.of(new byte[32]);
        try (SetupPath path = new SetupPath(1, false, 1);
                MediumTermKeys keys = new MediumTermKeys(new SeededEntropy(1), SetupNode.NOW);
                SetupHop hop = new SetupHop(
                        SetupNode.NETWORK,
                        self,
                        keys,
                        filter,
                        new RequestRules(self, DialableAddresses.GLOBAL),
                        new SeededEntropy(2))) {
            byte[] message = path.setups().getFirst().clone();
            message[5] = (byte) keys.current().id();
            assertThat(hop.open(message, message.length, self, 0, SetupNode.NOW))
                    .isEqualTo(SetupDrop.FILTER_FULL);
        }
    }

    /** Its filter is empty, and its key has the same number: only that it is another key keeps the repeat out. */
    @Test
    void aHopThatWasStartedAgainOpensNothingFromBefore() {
        try (SetupPath path = new SetupPath(1, false, 1);
                SetupNode startedAgain = path.nodes().getFirst().startedAgain()) {
            byte[] message = path.setups().getFirst().clone();
            assertThat(path.nodes().getFirst().open(message, message.length, 0)).isInstanceOf(OpenedSetup.class);
            message[5] = (byte) startedAgain.keyId();
            assertThat(startedAgain.open(message, message.length, 0)).isEqualTo(SetupDrop.NOT_GENUINE);
        }
    }

    @Test
    void aSetupIsForwardedOnceAndAnsweredOnce() {
        try (SetupPath path = new SetupPath(2, false, 1)) {
            OpenedSetup atEgress = path.goTo(2);
            SetupNode egress = path.nodes().getLast();
            byte[] out = new byte[880];
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> egress.hop().forward(atEgress, egress.reverseLse(), out));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> egress.hop().relay(atEgress, out, egress.consent(), egress.forwardLse(), out));
            path.accept();
            assertThatIllegalStateException()
                    .isThrownBy(() -> egress.hop().accept(atEgress, egress.consent(), egress.forwardLse(), out));
        }
        try (SetupPath path = new SetupPath(2, false, 2)) {
            OpenedSetup atTransit = path.goTo(1);
            SetupNode transit = path.nodes().getFirst();
            byte[] out = new byte[880];
            transit.hop().forward(atTransit, transit.reverseLse(), out);
            assertThatIllegalStateException()
                    .isThrownBy(() -> transit.hop().forward(atTransit, transit.reverseLse(), out));
        }
    }

    @Test
    void aPathMustLeadFromHopToHopToAnEgress() {
        try (SetupPath path = new SetupPath(3, false, 1)) {
            byte[] out = new byte[880];
            List<PathHop> hops = path.hops();
            SetupIngress ingress = path.ingress();
            assertThatIllegalArgumentException().isThrownBy(() -> ingress.build(List.of(), 0, out));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ingress.build(List.of(hops.get(1), hops.get(0), hops.get(2)), 0, out))
                    .withMessage("hop 1 is not asked to pass on to hop 2");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ingress.build(hops.subList(0, 2), 0, out))
                    .withMessage("the last hop is not asked to be the egress");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ingress.build(Collections.nCopies(7, hops.get(2)), 0, out))
                    .withMessage("a path has 1 to 6 hops, not 7");
        }
    }

    @Test
    void aKeyOfLowOrderInANodeRecordBuildsNothing() {
        long cells = KeyVault.liveCells();
        try (SetupPath path = new SetupPath(2, false, 1)) {
            PathHop last = path.hops().getLast();
            PathHop worthless = new PathHop(last.node(), PublicKey.of(new byte[32]), last.keyId(), last.request());
            assertThat(path.ingress().build(List.of(path.hops().getFirst(), worthless), 0, new byte[880]))
                    .isNull();
        }
        assertThat(KeyVault.liveCells()).as("keys left").isEqualTo(cells);
    }

    @Test
    void timesAndLifetimesAreMovedForEachHop() {
        SeededEntropy entropy = new SeededEntropy(5);
        Set<Long> times = new HashSet<>();
        Set<Integer> lifetimes = new HashSet<>();
        for (int i = 0; i < 2000; i++) {
            times.add(Blur.unixSeconds(entropy, 1000));
            lifetimes.add(Blur.lifetimeSeconds(entropy, 3540));
        }
        assertThat(times).hasSize(41).allMatch(time -> time >= 980 && time <= 1020);
        assertThat(lifetimes).hasSize(61).allMatch(lifetime -> lifetime >= 3540 && lifetime <= 3600);
        assertThatIllegalArgumentException().isThrownBy(() -> Blur.lifetimeSeconds(entropy, 3541));
        assertThatIllegalArgumentException().isThrownBy(() -> Blur.lifetimeSeconds(entropy, 59));
    }

    private static void release(Unwound unwound) {
        if (unwound instanceof Unwound.Established established) {
            established.keys().forEach(HopKeys::close);
            if (established.epoch0() != null) {
                established.epoch0().close();
            }
        }
    }

    private static byte[] bytes(HopKeys keys) {
        long[] addresses = {
            keys.forwardStream(),
            keys.reverseStream(),
            keys.forwardPermutation(),
            keys.reversePermutation(),
            keys.forwardMessage(),
            keys.reverseMessage()
        };
        byte[] all = new byte[HopKeys.LENGTH];
        int at = 0;
        for (int i = 0; i < addresses.length; i++) {
            System.arraycopy(OffHeap.get(addresses[i], KEY_LENGTHS[i]), 0, all, at, KEY_LENGTHS[i]);
            at += KEY_LENGTHS[i];
        }
        return all;
    }
}
