package skyawg.mesh.lsp;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import skyawg.mesh.path.Hop;
import skyawg.mesh.path.Path;
import skyawg.protocol.crypto.KeyVault;
import skyawg.protocol.crypto.SeededEntropy;
import skyawg.protocol.mpls.LabelledPacket;
import skyawg.protocol.mpls.Lsp;
import skyawg.protocol.mpls.LspEnd;
import skyawg.protocol.mpls.LspMode;
import skyawg.protocol.mpls.Nhlfe;
import skyawg.protocol.mpls.Operation;
import skyawg.protocol.onion.Kind;
import skyawg.protocol.onion.LspCiphers;
import skyawg.protocol.onion.Plaintext;
import skyawg.protocol.onion.ReceiveEpochs;
import skyawg.protocol.onion.SendEpoch;
import skyawg.protocol.onion.Verdict;
import skyawg.protocol.record.RecordDigest;
import skyawg.protocol.setup.SetupAdmission;
import skyawg.protocol.setup.SetupDrop;
import skyawg.protocol.setup.Status;
import skyawg.protocol.tunnelkeys.EpochKeys;
import skyawg.protocol.tunnelkeys.TunnelId;
import skyawg.protocol.wire.Memory;

/**
 * Paths set up and taken down by real signalling at each node, over links that lose, delay and break.
 *
 * <pre>
 *   a ---- b ---- c ---- d
 * </pre>
 */
final class LspSignallingTest {
    private static final int LSP_NUMBER = 9;

    private final long cells = KeyVault.liveCells();
    private final VirtualMesh mesh = new VirtualMesh(1);
    private final VirtualNode a = mesh.node();
    private final VirtualNode b = mesh.node();
    private final VirtualNode c = mesh.node();
    private final VirtualNode d = mesh.node();
    private final SeededEntropy entropy = new SeededEntropy(2);
    private final List<HeardPath> heard = new ArrayList<>();

    @BeforeEach
    void connect() {
        a.canReach(b);
        b.canReach(c);
        c.canReach(d);
    }

    @AfterEach
    void leavesNoKeyBehind() {
        heard.forEach(HeardPath::close);
        mesh.close();
        assertThat(KeyVault.liveCells()).isEqualTo(cells);
    }

    @ParameterizedTest
    @CsvSource({"ONION", "FAST"})
    void aPathOfThreeHopsCarriesPacketsBothWays(LspMode mode) {
        HeardPath path = setUp(mode, b, c, d);
        assertThat(mesh.within(VirtualMesh.SECOND, path::isDecided)).isTrue();
        assertThat(path.failure).isNull();
        assertThat(path.replies).hasSize(3);
        Lsp<VirtualNode.Adjacency, LspCiphers> first = requireNonNull(path.lsp);
        carryBothWays(first, requireNonNull(path.epoch0), d.epochs.getFirst());
        assertThat(a.to(b).isInUse).isTrue();
        assertThat(c.to(b).isInUse).isTrue();
    }

    @Test
    void aReleaseFromTheIngressTakesThePathDownEverywhere() {
        HeardPath path = established(b, c, d);
        a.signalling.end(requireNonNull(path.lsp), LspEnd.DONE, mesh.nowNanos());
        mesh.run(10 * VirtualMesh.MILLISECOND);
        assertThat(path.end).isEqualTo(LspEnd.DONE);
        assertNothingLeft();
        assertThat(a.to(b).isInUse).isFalse();
    }

    @Test
    void aReleaseFromTheEgressReachesTheIngress() {
        HeardPath path = established(b, c, d);
        d.signalling.end(d.signalling.lfib().all().getFirst(), LspEnd.DONE, mesh.nowNanos());
        mesh.run(10 * VirtualMesh.MILLISECOND);
        assertThat(path.end).isEqualTo(LspEnd.RELEASED);
        assertNothingLeft();
    }

    @Test
    void anExitsRefusalNamesItsHopAndReason() {
        d.refuse(Status.SERVICE_NOT_OFFERED);
        assertRefused(setUp(LspMode.ONION, b, c, d), 3, Status.SERVICE_NOT_OFFERED);
    }

    @Test
    void aNodeThatOffersNoTransitRefusesIt() {
        c.signalling.setConsent(new Consent(false, c.record.digest(), RecordDigest.NONE));
        assertRefused(setUp(LspMode.ONION, b, c, d), 2, Status.POLICY);
    }

    @Test
    void aFirstHopWithoutASessionIsToBlameAlone() {
        b.isAlive = false;
        HeardPath path = setUp(LspMode.ONION, b, c, d);
        mesh.run(4 * VirtualMesh.SECOND);
        assertThat(path.failure).isInstanceOf(SetupFailure.FirstHop.class);
    }

    @Test
    void aNextHopThatIsSilentIsNamedByTheHopBefore() {
        d.isAlive = false;
        HeardPath path = setUp(LspMode.ONION, b, c, d);
        long begin = mesh.nowNanos();
        mesh.run(5 * VirtualMesh.SECOND);
        // The ingress has given up when the hop before says so: both wait three seconds.
        assertThat(path.failure).isInstanceOf(SetupFailure.NoReply.class);
        assertThat(path.outcomeNanos - begin).isEqualTo(3 * VirtualMesh.SECOND);
        mesh.run(VirtualMesh.SECOND);
        assertNothingLeft();
    }

    @Test
    void anAddressIsDialledOnceInTenSeconds() {
        d.isAlive = false;
        setUp(LspMode.ONION, b, c, d);
        mesh.run(6 * VirtualMesh.SECOND);
        assertRefused(setUp(LspMode.ONION, b, c, d), 2, Status.NEXT_HOP_UNREACHABLE);
        d.isAlive = true;
        mesh.run(5 * VirtualMesh.SECOND);
        established(b, c, d);
    }

    @Test
    void aRecordThatANodeDoesNotCallItsOwnIsFalse() {
        c.signalling.setConsent(new Consent(true, new RecordDigest(1, 1), new RecordDigest(2, 2)));
        HeardPath path = setUp(LspMode.ONION, b, c, d);
        mesh.run(10 * VirtualMesh.MILLISECOND);
        assertThat(path.failure).isInstanceOf(SetupFailure.FalseRecord.class);
        assertThat(((SetupFailure.FalseRecord) requireNonNull(path.failure)).hop())
                .isEqualTo(2);
        assertNothingLeft();
    }

    @Test
    void theRecordBeforeServesForAWhile() {
        c.signalling.setConsent(new Consent(true, new RecordDigest(1, 1), c.record.digest()));
        established(b, c, d);
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 159, 160, 500, 879})
    void aBitFlippedOnTheWayStopsTheSetUp(int offset) {
        b.tampering = message -> {
            if (message.length == 880) {
                message[offset] ^= 1;
            }
        };
        HeardPath path = setUp(LspMode.ONION, b, c, d);
        mesh.run(6 * VirtualMesh.SECOND);
        assertThat(path.failure).isInstanceOf(SetupFailure.NoReply.class);
        assertThat(c.signalling.counters().get(SetupDrop.NOT_GENUINE)).isEqualTo(1);
        assertNothingLeft();
    }

    @Test
    void aNarrowLinkTakesNoPathsForTenMinutes() {
        b.to(c).isNarrow = true;
        HeardPath path = established(b, c, d);
        mesh.run(1300 * VirtualMesh.MILLISECOND);
        assertThat(path.end).isEqualTo(LspEnd.RELEASED);
        assertNothingLeft();
        assertRefused(setUp(LspMode.ONION, b, c, d), 1, Status.PATH_MTU);
        b.to(c).isNarrow = false;
        mesh.run(590 * VirtualMesh.SECOND);
        assertRefused(setUp(LspMode.ONION, b, c, d), 1, Status.PATH_MTU);
        mesh.run(11 * VirtualMesh.SECOND);
        established(b, c, d);
    }

    @Test
    void aFloodFromOneNeighbourIsCutToItsRate() {
        int count = SetupAdmission.NEIGHBOUR_BURST + 30;
        for (int i = 0; i < count; i++) {
            setUp(LspMode.ONION, b, c, d);
        }
        mesh.run(100 * VirtualMesh.MILLISECOND);
        assertThat(b.signalling.counters().get(SetupDrop.NEIGHBOUR_RATE)).isEqualTo(30);
        assertThat(heard.stream().filter(path -> path.lsp != null)).hasSize(SetupAdmission.NEIGHBOUR_BURST);
    }

    @Test
    void aReplayedSetUpIsDropped() {
        List<byte[]> messages = new ArrayList<>();
        a.tampering = message -> messages.add(message.clone());
        established(b, c, d);
        a.tampering = null;
        byte[] setup = messages.stream()
                .filter(message -> message.length == 880)
                .findFirst()
                .orElseThrow();
        a.send(a.to(b), setup);
        mesh.run(10 * VirtualMesh.MILLISECOND);
        assertThat(b.signalling.counters().get(SetupDrop.REPLAYED)).isEqualTo(1);
        assertThat(b.signalling.lfib().size()).isEqualTo(1);
    }

    @Test
    void onlyTheAwaitedNeighbourMayReplyAndOnlyOnce() {
        List<byte[]> messages = new ArrayList<>();
        c.tampering = message -> messages.add(message.clone());
        established(b, c, d);
        byte[] reply = messages.stream()
                .filter(message -> message.length == 880 && message[3] == (byte) 0xf9)
                .findFirst()
                .orElseThrow();
        c.send(c.to(b), reply);
        a.send(a.to(b), reply);
        mesh.run(10 * VirtualMesh.MILLISECOND);
        assertThat(b.signalling.counters().get(SignalDrop.UNKNOWN_REPLY)).isEqualTo(2);
    }

    @Test
    void aBrokenLinkIsReportedAndThenReleased() {
        HeardPath path = established(b, c, d);
        confirm(requireNonNull(path.lsp));
        d.isAlive = false;
        c.signalling.linkDown(c.to(d), mesh.nowNanos());
        assertThat(c.reportedBroken).hasSize(1);
        mesh.run(VirtualMesh.SECOND);
        assertThat(path.end).isNull();
        mesh.run(2 * VirtualMesh.SECOND);
        assertThat(path.end).isEqualTo(LspEnd.RELEASED);
        assertThat(b.signalling.lfib().size()).isZero();
        assertThat(c.signalling.lfib().size()).isZero();
    }

    @Test
    void aSilentNeighbourIsAskedForAnotherSession() {
        HeardPath path = established(b, c, d);
        confirm(requireNonNull(path.lsp));
        mesh.run(VirtualMesh.SECOND);
        assertThat(b.to(c).renewals).isZero();
        c.to(d).isCut = true;
        d.to(c).isCut = true;
        setUp(LspMode.ONION, b, c, d);
        mesh.run(3_500 * VirtualMesh.MILLISECOND);
        assertThat(c.to(d).renewals).as("an idle link may be silent for three").isBetween(1, 3);
        assertThat(b.to(c).renewals).isZero();
    }

    @Test
    void aNeighbourThatIsGoneTakesItsPathsWithIt() {
        HeardPath path = established(b, c, d);
        b.signalling.gone(b.to(c), mesh.nowNanos());
        mesh.run(10 * VirtualMesh.MILLISECOND);
        assertThat(path.end).isEqualTo(LspEnd.RELEASED);
    }

    @Test
    void whateverIsLostNothingIsLeftOver() {
        for (int seed = 0; seed < 20; seed++) {
            mesh.setLoss(10 + seed);
            for (int i = 0; i < 5; i++) {
                setUp(i % 2 == 0 ? LspMode.ONION : LspMode.FAST, b, c, d);
            }
            mesh.run(500 * VirtualMesh.MILLISECOND);
            heard.stream()
                    .filter(path -> path.lsp != null && path.end == null)
                    .forEach(path -> a.signalling.end(requireNonNull(path.lsp), LspEnd.DONE, mesh.nowNanos()));
            mesh.run(20 * VirtualMesh.SECOND);
        }
        assertThat(heard).allMatch(HeardPath::isDecided);
        assertThat(heard.stream().filter(path -> path.lsp != null).count()).isBetween(10L, 90L);
        assertNothingLeft();
    }

    private HeardPath established(VirtualNode... hops) {
        HeardPath path = setUp(LspMode.ONION, hops);
        assertThat(mesh.within(VirtualMesh.SECOND, path::isDecided)).isTrue();
        assertThat(path.failure).isNull();
        return path;
    }

    private HeardPath setUp(LspMode mode, VirtualNode... hops) {
        List<Hop> route = Arrays.stream(hops).map(VirtualNode::asHop).toList();
        PathTerms terms = new PathTerms(mode, 600, 0, 1, 0, 30, TunnelId.random(entropy), false, LSP_NUMBER);
        HeardPath path = new HeardPath();
        heard.add(path);
        a.signalling.setUp(new Path(route), terms, path, mesh.nowNanos(), mesh.unixSeconds());
        return path;
    }

    private void assertRefused(HeardPath path, int hop, Status status) {
        mesh.run(10 * VirtualMesh.MILLISECOND);
        assertThat(path.failure).isInstanceOf(SetupFailure.Refused.class);
        SetupFailure.Refused refused = (SetupFailure.Refused) requireNonNull(path.failure);
        assertThat(refused.hop()).isEqualTo(hop);
        assertThat(refused.reply().status()).isEqualTo(status);
    }

    private void assertNothingLeft() {
        for (VirtualNode node : new VirtualNode[] {a, b, c, d}) {
            assertThat(node.signalling.lfib().size()).isZero();
            assertThat(node.signalling.lfib().pendingCount()).isZero();
            assertThat(node.granted).isZero();
        }
    }

    /** Marks the path as used at each node, as packets would. */
    private void confirm(Lsp<VirtualNode.Adjacency, LspCiphers> lsp) {
        Nhlfe<VirtualNode.Adjacency, LspCiphers> entry = requireNonNull(lsp.forward());
        while (entry.operation() != Operation.POP) {
            VirtualNode.Adjacency out = requireNonNull(entry.outAdjacency());
            entry.count(100, mesh.nowNanos());
            VirtualNode next = out.remote;
            entry = requireNonNull(
                    next.signalling.labels(next.to(out.local), mesh.nowNanos()).lookup(entry.outEntry() >>> 12));
        }
        entry.count(100, mesh.nowNanos());
        mesh.run(1);
    }

    private void carryBothWays(Lsp<VirtualNode.Adjacency, LspCiphers> lsp, EpochKeys atIngress, EpochKeys atEgress) {
        try (Arena arena = Arena.ofConfined();
                SendEpoch ingressEpoch = new SendEpoch(0, atIngress.forward());
                SendEpoch egressEpoch = new SendEpoch(0, atEgress.reverse());
                ReceiveEpochs ingressEpochs = new ReceiveEpochs();
                ReceiveEpochs egressEpochs = new ReceiveEpochs()) {
            ingressEpochs.add(0, atIngress.reverse());
            egressEpochs.add(0, atEgress.forward());
            long packet = Memory.allocate(arena, LabelledPacket.MAX_PACKET_LENGTH);
            LspCiphers.Ingress ingress = (LspCiphers.Ingress)
                    requireNonNull(requireNonNull(lsp.forward()).keys());

            putEcho(packet, 0x1234_5678_9abc_def0L);
            assertThat(ingress.forward().sendControl(ingressEpoch, packet, Plaintext.HEAD_LENGTH + Kind.TOKEN_LENGTH))
                    .isTrue();
            Nhlfe<VirtualNode.Adjacency, LspCiphers> last = walk(requireNonNull(lsp.forward()), packet);
            LspCiphers.Egress egress = (LspCiphers.Egress) requireNonNull(last.keys());
            assertThat(egress.forward().receive(egressEpochs, packet)).isEqualTo(Verdict.ACCEPTED);
            assertThat(token(packet)).isEqualTo(0x1234_5678_9abc_def0L);

            putEcho(packet, 0x0fed_cba9_8765_4321L);
            assertThat(egress.reverse().sendControl(egressEpoch, packet, Plaintext.HEAD_LENGTH + Kind.TOKEN_LENGTH))
                    .isTrue();
            walk(requireNonNull(last.lsp()).reverse(), packet);
            assertThat(ingress.reverse().receive(ingressEpochs, packet)).isEqualTo(Verdict.ACCEPTED);
            assertThat(token(packet)).isEqualTo(0x0fed_cba9_8765_4321L);
        }
    }

    /** Takes a packet along the labels, each transit doing its part. @return the entry where it ends */
    private Nhlfe<VirtualNode.Adjacency, LspCiphers> walk(Nhlfe<VirtualNode.Adjacency, LspCiphers> begin, long packet) {
        Nhlfe<VirtualNode.Adjacency, LspCiphers> entry = begin;
        while (true) {
            VirtualNode.Adjacency out = requireNonNull(entry.outAdjacency());
            LabelledPacket.swap(packet, entry.outEntry());
            VirtualNode next = out.remote;
            entry = requireNonNull(
                    next.signalling.labels(next.to(out.local), mesh.nowNanos()).lookup(LabelledPacket.label(packet)));
            assertThat(entry.isOpen()).isTrue();
            if (entry.operation() == Operation.POP) {
                return entry;
            }
            if (entry.keys() instanceof LspCiphers.Transit transit) {
                assertThat(transit.cross(entry.direction(), packet)).isEqualTo(Verdict.PASSED);
            }
        }
    }

    private static void putEcho(long packet, long token) {
        Plaintext.putHead(packet + LabelledPacket.BODY_OFFSET, Kind.ECHO_REQUEST, 0);
        Memory.putLongBe(packet + LabelledPacket.BODY_OFFSET + Plaintext.HEAD_LENGTH, token);
    }

    private static long token(long packet) {
        return Memory.getLongBe(packet + LabelledPacket.BODY_OFFSET + Plaintext.HEAD_LENGTH);
    }
}
