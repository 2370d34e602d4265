package skyawg.mesh.tunnel;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import skyawg.mesh.lsp.SetupFailure;
import skyawg.mesh.lsp.VirtualMesh;
import skyawg.mesh.lsp.VirtualNode;
import skyawg.mesh.path.Path;
import skyawg.protocol.crypto.KeyVault;
import skyawg.protocol.crypto.SeededEntropy;
import skyawg.protocol.mpls.Lsp;
import skyawg.protocol.mpls.LspMode;
import skyawg.protocol.mpls.Nhlfe;
import skyawg.protocol.onion.Kind;
import skyawg.protocol.onion.LspCiphers;
import skyawg.protocol.setup.Status;

/**
 * A tunnel between two nodes with real signalling and real packets, over links that lose and break.
 *
 * <pre>
 *          t0 ---- t1
 *   in --- t2 ---- t3 --- out
 *          ...
 *          t10 --- t11
 * </pre>
 */
final class TunnelTest {
    private static final int ROUTES = 6;

    private final long cells = KeyVault.liveCells();
    private final VirtualMesh mesh = new VirtualMesh(5);
    private final VirtualNode in = mesh.node();
    private final VirtualNode out = mesh.node();
    private final List<VirtualNode> transits = new ArrayList<>();
    private final List<VirtualPackets> egressPackets = new ArrayList<>();
    private final List<VirtualPackets> ingressPackets = new ArrayList<>();
    private final EgressTunnels<VirtualNode.Adjacency> exits =
            new EgressTunnels<>(request -> request.exitService() == 1, (_, _, _) -> atEgress(), new SeededEntropy(6));

    private boolean isEgressDeaf;
    private FixedPaths paths;
    private IngressTunnel<VirtualNode.Adjacency> tunnel;

    @SuppressWarnings("NullAway.Init") // open() comes first
    TunnelTest() {}

    @BeforeEach
    void connect() {
        List<Path> routes = new ArrayList<>();
        for (int i = 0; i < ROUTES; i++) {
            VirtualNode first = mesh.node();
            VirtualNode second = mesh.node();
            in.canReach(first);
            first.canReach(second);
            second.canReach(out);
            transits.add(first);
            transits.add(second);
            routes.add(new Path(List.of(first.asHop(), second.asHop(), out.asHop())));
        }
        out.exits = exits;
        out.ends = (entry, packet) -> open(egressPackets, entry, packet);
        in.ends = (entry, packet) -> open(ingressPackets, entry, packet);
        out.ticking = new VirtualNode.Ticking() {
            @Override
            public void advance() {
                exits.advance(mesh.nowNanos());
                List.copyOf(egressPackets).forEach(VirtualPackets::advance);
            }

            @Override
            public long nextDeadline() {
                return Math.min(exits.nextDeadline(), next(egressPackets));
            }
        };
        paths = new FixedPaths(routes);
        open(new TunnelTerms(3, 2, LspMode.ONION, 1, 0, 28, 3000, 0));
    }

    private void open(TunnelTerms terms) {
        tunnel = new IngressTunnel<>(in.signalling, paths, terms, atIngress(), new SeededEntropy(7), mesh.nowNanos());
        in.ticking = new VirtualNode.Ticking() {
            @Override
            public void advance() {
                tunnel.advance(mesh.nowNanos(), mesh.unixSeconds());
                List.copyOf(ingressPackets).forEach(VirtualPackets::advance);
            }

            @Override
            public long nextDeadline() {
                return Math.min(tunnel.nextDeadline(mesh.nowNanos()), next(ingressPackets));
            }
        };
    }

    private static long next(List<VirtualPackets> ends) {
        return ends.stream().mapToLong(VirtualPackets::nextDeadline).min().orElse(Long.MAX_VALUE);
    }

    @AfterEach
    void leavesNoKeyBehind() {
        tunnel.close(mesh.nowNanos());
        exits.close(mesh.nowNanos());
        mesh.close();
        assertThat(KeyVault.liveCells()).isEqualTo(cells);
    }

    @Test
    void comesUpWithAllItsPathsAndCarriesPacketsBothWays() {
        assertThat(mesh.within(VirtualMesh.SECOND, () -> tunnel.upPaths().size() == 5))
                .isTrue();
        assertThat(tunnel.state()).isEqualTo(TunnelState.UP);
        assertThat(paths.worked).hasSize(5).doesNotHaveDuplicates();
        assertThat(exits.size()).isEqualTo(1);
        VirtualPackets here = ingressPackets.getFirst();
        VirtualPackets there = egressPackets.getFirst();
        assertThat(here.active).hasSize(3);
        here.sendUser();
        there.sendUser();
        mesh.run(100 * VirtualMesh.MILLISECOND);
        assertThat(there.userPackets()).isEqualTo(3);
        assertThat(here.userPackets()).isEqualTo(5);
    }

    @Test
    void nothingIsCarriedBeforePayloadCameBack() {
        mesh.within(VirtualMesh.SECOND, () -> tunnel.state() == TunnelState.AGREEING);
        assertThat(ingressPackets.getFirst().active).isEmpty();
        assertThat(tunnel.upPaths()).isEmpty();
        mesh.within(VirtualMesh.SECOND, () -> !ingressPackets.getFirst().active.isEmpty());
        assertThat(ingressPackets.getFirst().sealing).isEqualTo(1);
    }

    @Test
    void theEgressSealsInTheNewEpochOnceThePacketsDo() {
        up(5);
        mesh.run(100 * VirtualMesh.MILLISECOND);
        assertThat(egressPackets.getFirst().sealing).isEqualTo(1);
    }

    @Test
    void theEgressGrantsOnePrefixToAllPaths() {
        up(5);
        Prefixes granted = tunnel.prefixes().orElseThrow();
        assertThat(granted.ipv4Length()).isEqualTo(28);
        assertThat(granted.ipv4() >>> 22).isEqualTo(0x6440_0000 >>> 22);
        assertThat(granted.ipv6() >>> 56).isEqualTo(0xfd);
        assertThat(exits.size()).isEqualTo(1);
    }

    @Test
    void aPathThatBreaksIsReplaced() {
        up(5);
        Path broken = tunnel.upPaths().getFirst();
        VirtualNode first = transits.getFirst();
        VirtualNode second = transits.get(1);
        second.isAlive = false;
        first.signalling.linkDown(first.to(second), mesh.nowNanos());
        mesh.run(5 * VirtualMesh.SECOND);
        assertThat(paths.cuts).containsExactly(new FixedPaths.Cut(broken, 1, true));
        assertThat(tunnel.upPaths()).hasSize(5).doesNotContain(broken);
        assertThat(ingressPackets.getFirst().active).hasSize(3);
        assertThat(tunnel.state()).isEqualTo(TunnelState.UP);
    }

    @Test
    void aPathThroughWhichNothingComesBackDoesNotCount() {
        // Replies pass, packets do not: the last transit of one route drops them.
        out.ends = (entry, packet) -> {
            if (entry.lsp() != null && !out.to(transits.get(3)).equals(upstream(entry))) {
                open(egressPackets, entry, packet);
            }
        };
        mesh.run(5 * VirtualMesh.SECOND);
        assertThat(paths.silent).isPositive();
        assertThat(tunnel.upPaths()).hasSize(5);
        assertThat(tunnel.upPaths())
                .noneMatch(path -> path.hops().get(1).equals(transits.get(3).asHop()));
    }

    private static VirtualNode.Adjacency upstream(Nhlfe<VirtualNode.Adjacency, LspCiphers> entry) {
        return requireNonNull(requireNonNull(entry.lsp()).upstream()).adjacency();
    }

    @Test
    void aPathFromWhichNothingComesAnyMoreIsReplaced() {
        up(5);
        mesh.run(20 * VirtualMesh.SECOND);
        assertThat(paths.silent).isZero();
        Path mute = tunnel.upPaths().getFirst();
        out.to(transits.get(1)).losesPackets = true;
        mesh.run(10 * VirtualMesh.SECOND);
        assertThat(paths.silent).isZero();
        assertThat(paths.cuts).containsExactly(new FixedPaths.Cut(mute, 2, false));
        assertThat(tunnel.upPaths()).hasSize(5).doesNotContain(mute);
    }

    @Test
    void theBreakIsFoundWhereverItIs() {
        up(5);
        List<Path> routes = tunnel.upPaths();
        transits.getFirst().to(in).losesPackets = true;
        transits.get(3).to(transits.get(2)).losesPackets = true;
        mesh.run(10 * VirtualMesh.SECOND);
        assertThat(paths.cuts)
                .containsExactlyInAnyOrder(
                        new FixedPaths.Cut(routes.getFirst(), 0, false), new FixedPaths.Cut(routes.get(1), 1, false));
    }

    @Test
    void aCutLinkIsSaidByTheHopBeforeIt() {
        up(5);
        Path broken = tunnel.upPaths().getFirst();
        countWhileSending(3);
        transits.getFirst().to(transits.get(1)).isCut = true;
        assertThat(mesh.within(300 * VirtualMesh.MILLISECOND, () -> !paths.cuts.isEmpty()))
                .isTrue();
        assertThat(paths.cuts).containsExactly(new FixedPaths.Cut(broken, 1, true));
        mesh.run(VirtualMesh.SECOND);
        assertThat(tunnel.upPaths())
                .as("another has come, and the link may come back")
                .hasSize(6);
        mesh.run(4 * VirtualMesh.SECOND);
        assertThat(tunnel.upPaths()).hasSize(5).doesNotContain(broken);
        assertThat(paths.cuts).hasSize(1);
    }

    @Test
    void aLinkThatComesBackKeepsItsPaths() {
        up(5);
        countWhileSending(3);
        Path first = tunnel.upPaths().getFirst();
        VirtualNode.Adjacency link = transits.getFirst().to(transits.get(1));
        link.isCut = true;
        assertThat(mesh.within(300 * VirtualMesh.MILLISECOND, () -> !paths.cuts.isEmpty()))
                .isTrue();
        link.isCut = false;
        tunnel.onTrusted(ingressPackets.getFirst().active.getFirst(), mesh.nowNanos());
        mesh.run(10 * VirtualMesh.SECOND);
        assertThat(tunnel.upPaths()).hasSize(5).contains(first);
        assertThat(paths.broken + paths.silent).isZero();
    }

    @Test
    void lossIsNoBreak() {
        up(5);
        mesh.setLoss(10);
        mesh.run(60 * VirtualMesh.SECOND);
        assertThat(paths.cuts).noneMatch(FixedPaths.Cut::isSaid);
        assertThat(paths.broken).isZero();
    }

    @Test
    void everyHopAnswers() {
        up(5);
        List<Boolean> complete = new ArrayList<>();
        PathInquiry inquiry = tunnel.inquire(
                        tunnel.upPaths().getFirst(),
                        PathInquiry.Whom.ALL_HOPS,
                        () -> complete.add(true),
                        mesh.nowNanos())
                .orElseThrow();
        assertThat(mesh.within(VirtualMesh.SECOND, inquiry::isComplete)).isTrue();
        assertThat(complete).hasSize(1);
        assertThat(inquiry.reach()).isEqualTo(3);
        assertThat(inquiry.roundTripNanos(3)).isGreaterThan(inquiry.roundTripNanos(1));
    }

    @Test
    void aSuspectPathHasAReplacementAtOnceAndStaysIfItRecovers() {
        up(5);
        Path suspect = tunnel.upPaths().getFirst();
        tunnel.onSuspect(ingressPackets.getFirst().active.getFirst(), mesh.nowNanos());
        mesh.run(VirtualMesh.SECOND);
        assertThat(tunnel.upPaths()).hasSize(6).contains(suspect);
        tunnel.onTrusted(ingressPackets.getFirst().active.getFirst(), mesh.nowNanos());
        mesh.run(10 * VirtualMesh.SECOND);
        assertThat(tunnel.upPaths()).hasSize(5).contains(suspect);
        assertThat(paths.silent).isZero();
    }

    @Test
    void aPathWhosePacketsAreSpoiledEndsAtOnce() {
        up(5);
        Path spoiled = tunnel.upPaths().getFirst();
        tunnel.onSpoiled(ingressPackets.getFirst().active.getFirst(), mesh.nowNanos());
        assertThat(tunnel.upPaths()).hasSize(4).doesNotContain(spoiled);
        mesh.run(5 * VirtualMesh.SECOND);
        assertThat(tunnel.upPaths()).hasSize(5).doesNotContain(spoiled);
    }

    @Test
    void keysAreFreshWhenAnEpochHasSealedAllItMay() {
        up(5);
        ingressPackets.getFirst().isRenewalDue = true;
        mesh.run(2 * VirtualMesh.SECOND);
        assertThat(ingressPackets.getFirst().sealing).isGreaterThan(1);
    }

    @Test
    void anIdleTunnelStaysUp() {
        up(5);
        mesh.run(1800 * VirtualMesh.SECOND);
        assertThat(tunnel.upPaths()).hasSize(5);
        assertThat(paths.silent + paths.broken).isZero();
        assertThat(in.signalling.lfib().size()).isBetween(5, 7);
    }

    @Test
    void pathsAreRotatedAndNoPacketIsLost() {
        tunnel.close(mesh.nowNanos());
        open(terms(3, 2, 3000, new Rotation(2, 4)));
        up(5);
        assertThat(countWhileSending(60)).isGreaterThanOrEqualTo(5);
        // 5 paths of 2 to 4 s each, and what it takes to find out that they are due
        assertThat(paths.worked).hasSizeBetween(80, 160);
        assertThat(paths.left).isEqualTo(paths.worked.size() - tunnel.upPaths().size());
        assertThat(paths.silent + paths.broken).isZero();
        mesh.run(VirtualMesh.SECOND);
        assertThat(in.signalling.lfib().size())
                .as("of released paths nothing is left")
                .isBetween(5, 7);
    }

    @Test
    void aPathMayReplaceItselfWhereThereIsNoOther() {
        tunnel.close(mesh.nowNanos());
        open(terms(4, 2, 3000, new Rotation(2, 4)));
        up(ROUTES);
        assertThat(countWhileSending(20)).isGreaterThanOrEqualTo(ROUTES);
        assertThat(paths.worked.size()).isGreaterThan(3 * ROUTES);
        assertThat(paths.silent + paths.broken).isZero();
    }

    @Test
    void pathsAreRenewedBeforeTheirLifetimeIsOver() {
        tunnel.close(mesh.nowNanos());
        open(terms(3, 2, 60, new Rotation(3000, 3000)));
        up(5);
        assertThat(countWhileSending(400)).isGreaterThanOrEqualTo(5);
        assertThat(paths.worked.size()).isGreaterThan(5 + 5 * 4);
        assertThat(paths.silent + paths.broken).isZero();
    }

    @Test
    void aPathThatNothingReplacesIsLeftBeforeItsLifetimeIsOver() {
        tunnel.close(mesh.nowNanos());
        open(terms(3, 2, 60, Rotation.DEFAULT));
        up(5);
        paths.isUsedUp = true;
        mesh.run(130 * VirtualMesh.SECOND);
        assertThat(tunnel.state()).isEqualTo(TunnelState.DOWN);
        assertThat(paths.broken).as("the last one").isEqualTo(1);
    }

    @Test
    void aSearchThatCameToNothingIsRepeatedAtOnceWhenMoreIsKnownOfNodes() {
        tunnel.close(mesh.nowNanos());
        paths.isUsedUp = true;
        open(terms(1, 0, 3000, Rotation.DEFAULT));
        mesh.run(120 * VirtualMesh.SECOND); // pauses of half a minute by now
        int before = paths.searches;
        paths.isUsedUp = false;
        tunnel.onNodesChanged(mesh.nowNanos());
        up(1);
        assertThat(paths.searches).isEqualTo(before + 1);
        tunnel.onNodesChanged(mesh.nowNanos());
        mesh.run(VirtualMesh.SECOND);
        assertThat(paths.searches).as("nothing is missing").isEqualTo(before + 1);
    }

    @Test
    void aPathIsReleasedThoughItsEgressKnowsNoFarewells() {
        tunnel.close(mesh.nowNanos());
        open(terms(1, 0, 3000, new Rotation(2, 2)));
        up(1);
        isEgressDeaf = true;
        mesh.run(20 * VirtualMesh.SECOND);
        assertThat(paths.worked.size()).isGreaterThan(8);
        assertThat(in.signalling.lfib().size()).isBetween(1, 2);
        assertThat(paths.silent + paths.broken).isZero();
    }

    @Test
    void aPathThatHasNumberedAllItMayIsReplacedAndStaysUntilThen() {
        up(5);
        Path worn = tunnel.upPaths().getFirst();
        tunnel.onWornOut(ingressPackets.getFirst().active.getFirst(), mesh.nowNanos());
        assertThat(tunnel.upPaths()).hasSize(5).contains(worn);
        assertThat(countWhileSending(3)).isGreaterThanOrEqualTo(5);
        assertThat(tunnel.upPaths()).hasSize(5).doesNotContain(worn);
    }

    private static TunnelTerms terms(int active, int warm, int lifetimeSeconds, Rotation rotation) {
        return new TunnelTerms(active, warm, LspMode.ONION, 1, 0, 28, lifetimeSeconds, 0, rotation);
    }

    /** Sends from both ends, every 5 ms on each path, and finds that all arrives. @return least number of paths up */
    private int countWhileSending(int seconds) {
        VirtualPackets here = ingressPackets.getLast();
        VirtualPackets there = egressPackets.getLast();
        int before = here.userPackets() + there.userPackets();
        int sent = 0;
        int leastUp = ROUTES;
        for (int i = 0; i < seconds * 200; i++) {
            sent += here.active.size() + there.active.size();
            here.sendUser();
            there.sendUser();
            mesh.run(5 * VirtualMesh.MILLISECOND);
            leastUp = Math.min(leastUp, tunnel.upPaths().size());
        }
        mesh.run(100 * VirtualMesh.MILLISECOND);
        assertThat(here.userPackets() + there.userPackets() - before).isEqualTo(sent);
        return leastUp;
    }

    @Test
    void allPathsAreSoughtToTheEgressOfTheFirst() {
        assertThat(paths.egress).isNull();
        up(5);
        tunnel.onSuspect(ingressPackets.getFirst().active.getFirst(), mesh.nowNanos());
        mesh.run(VirtualMesh.SECOND);
        assertThat(paths.egress).isEqualTo(out.asHop().key());
    }

    @Test
    void whereAllPathsAreGoneOneAtATimeIsSought() {
        up(5);
        out.isAlive = false;
        transits.forEach(transit -> transit.signalling.linkDown(transit.to(out), mesh.nowNanos()));
        mesh.run(3 * VirtualMesh.SECOND);
        int searches = paths.searches;
        paths.failures.clear();
        mesh.run(12 * VirtualMesh.SECOND);
        assertThat(tunnel.state()).isEqualTo(TunnelState.DOWN);
        assertThat(paths.failures).as("each waits for three seconds").hasSizeBetween(1, 5);
        assertThat(paths.searches).isGreaterThan(searches);
    }

    @Test
    void aRefusedServiceIsNoOtherOne() {
        tunnel.close(mesh.nowNanos());
        open(new TunnelTerms(1, 0, LspMode.ONION, 2, 0, 28, 3000, 0));
        mesh.run(60 * VirtualMesh.SECOND);
        assertThat(tunnel.state()).isEqualTo(TunnelState.OPENING);
        assertThat(paths.failures)
                .hasSizeBetween(4, 12)
                .allSatisfy(failure -> assertThat(
                                ((SetupFailure.Refused) failure).reply().status())
                        .isEqualTo(Status.SERVICE_NOT_OFFERED));
        assertThat(exits.size()).isZero();
    }

    @Test
    void withoutAPathItIsDownAndAfterAMinuteItEnds() {
        up(5);
        out.isAlive = false;
        transits.forEach(transit -> transit.signalling.linkDown(transit.to(out), mesh.nowNanos()));
        mesh.run(4 * VirtualMesh.SECOND);
        assertThat(tunnel.state()).isEqualTo(TunnelState.DOWN);
        assertThat(ingressPackets.getFirst().active).isEmpty();
        mesh.run(61 * VirtualMesh.SECOND);
        assertThat(tunnel.state()).isEqualTo(TunnelState.CLOSED);
        assertThat(ingressPackets.getFirst().isClosed).isTrue();
    }

    @Test
    void whenTheEgressIsBackInTimeTheTunnelGoesOn() {
        up(5);
        Prefixes before = tunnel.prefixes().orElseThrow();
        cutTheEgressOff(true);
        transits.forEach(transit -> transit.signalling.linkDown(transit.to(out), mesh.nowNanos()));
        mesh.run(20 * VirtualMesh.SECOND);
        assertThat(tunnel.state()).isEqualTo(TunnelState.DOWN);
        cutTheEgressOff(false);
        mesh.run(35 * VirtualMesh.SECOND);
        assertThat(tunnel.state()).isEqualTo(TunnelState.UP);
        assertThat(tunnel.prefixes()).contains(before);
        ingressPackets.getFirst().sendUser();
        mesh.run(100 * VirtualMesh.MILLISECOND);
        assertThat(egressPackets.getFirst().userPackets()).isEqualTo(3);
    }

    @Test
    void anEgressThatForgotTheTunnelEndsItAtOnce() {
        up(5);
        EgressTunnels<VirtualNode.Adjacency> started = new EgressTunnels<>(
                request -> request.exitService() == 1, (_, _, _) -> atEgress(), new SeededEntropy(8));
        out.exits = started;
        out.signalling.shutDown(mesh.nowNanos());
        assertThat(mesh.within(3 * VirtualMesh.SECOND, () -> tunnel.state() == TunnelState.CLOSED))
                .isTrue();
        started.close(mesh.nowNanos());
    }

    @Test
    void keysAreFreshEachHour() {
        up(5);
        mesh.run(3601 * VirtualMesh.SECOND);
        assertThat(ingressPackets.getFirst().sealing).isEqualTo(2);
        assertThat(egressPackets.getFirst().sealing).isEqualTo(2);
        ingressPackets.getFirst().sendUser();
        mesh.run(100 * VirtualMesh.MILLISECOND);
        assertThat(egressPackets.getFirst().userPackets()).isEqualTo(3);
    }

    @Test
    void comesUpWhateverIsLost() {
        mesh.setLoss(15);
        assertThat(mesh.within(60 * VirtualMesh.SECOND, () -> tunnel.upPaths().size() >= 3))
                .as("%s %s", tunnel.state(), paths.failures)
                .isTrue();
    }

    private void up(int count) {
        assertThat(mesh.within(2 * VirtualMesh.SECOND, () -> tunnel.upPaths().size() >= count))
                .isTrue();
    }

    private void cutTheEgressOff(boolean isCut) {
        for (int i = 1; i < transits.size(); i += 2) {
            transits.get(i).to(out).isCut = isCut;
            out.to(transits.get(i)).isCut = isCut;
        }
    }

    private VirtualPackets atIngress() {
        VirtualPackets packets = new VirtualPackets(mesh, in, true, new VirtualPackets.Receiver() {
            @Override
            public void control(Lsp<VirtualNode.Adjacency, LspCiphers> lsp, int epoch, int kind, byte[] content) {
                tunnel.onControl(lsp, epoch, kind, content, mesh.nowNanos());
            }

            @Override
            public void opened(Lsp<VirtualNode.Adjacency, LspCiphers> lsp, int epoch) {
                tunnel.onOpened(epoch, mesh.nowNanos());
            }

            @Override
            public void suspect(Lsp<VirtualNode.Adjacency, LspCiphers> lsp) {
                tunnel.onSuspect(lsp, mesh.nowNanos());
            }

            @Override
            public void hopMessage(Lsp<VirtualNode.Adjacency, LspCiphers> lsp, int hop, int kind, long token) {
                if (kind == Kind.HOP_BROKEN) {
                    tunnel.onBroken(lsp, hop, mesh.nowNanos());
                } else {
                    tunnel.onHopAnswer(lsp, hop, token, mesh.nowNanos());
                }
            }
        });
        ingressPackets.add(packets);
        return packets;
    }

    private VirtualPackets atEgress() {
        VirtualPackets packets = new VirtualPackets(mesh, out, false, new VirtualPackets.Receiver() {
            @Override
            public void control(Lsp<VirtualNode.Adjacency, LspCiphers> lsp, int epoch, int kind, byte[] content) {
                if (!isEgressDeaf || kind != Kind.PATH_RETIRED) {
                    exits.onControl(lsp, epoch, kind, content, mesh.nowNanos());
                }
            }

            @Override
            public void opened(Lsp<VirtualNode.Adjacency, LspCiphers> lsp, int epoch) {
                exits.onOpened(lsp, epoch, mesh.nowNanos());
            }

            @Override
            public void suspect(Lsp<VirtualNode.Adjacency, LspCiphers> lsp) {
                // An egress has no other path to seek.
            }
        });
        egressPackets.add(packets);
        return packets;
    }

    private static void open(List<VirtualPackets> ends, Nhlfe<VirtualNode.Adjacency, LspCiphers> entry, byte[] packet) {
        Lsp<VirtualNode.Adjacency, LspCiphers> lsp = requireNonNull(entry.lsp());
        for (VirtualPackets end : ends) {
            if (end.holds(lsp)) {
                end.open(entry, packet);
            }
        }
    }
}
