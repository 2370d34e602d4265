package skyawg.protocol.mpls;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import skyawg.protocol.crypto.SeededEntropy;

/** The life of an LSP at a transit, an ingress and an egress. */
final class LfibTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long START = nearTheClocksEnd();
    private static final int UPSTREAM_ENTRY = LabelStackEntry.of(0xaaaaa);
    private static final int DOWNSTREAM_ENTRY = LabelStackEntry.of(0xbbbbb);

    private final RecordingListener events = new RecordingListener();
    private final Lfib<String, String> lfib = new Lfib<>(new SeededEntropy(1), LspBounds.DEFAULT, events);
    private final Neighbour<String, String> up = lfib.addNeighbour("up");
    private final Neighbour<String, String> down = lfib.addNeighbour("down");

    /** The clock may begin anywhere, and passes through its greatest number. */
    private static long nearTheClocksEnd() {
        return Long.MAX_VALUE - 30 * SECOND;
    }

    private Lsp<String, String> pending(LspMode mode) {
        return requireNonNull(lfib.beginTransit(up, UPSTREAM_ENTRY, down, mode, START));
    }

    private Lsp<String, String> installed(LspMode mode) {
        Lsp<String, String> lsp = pending(mode);
        lfib.install(lsp, DOWNSTREAM_ENTRY, 600, "keys", START);
        return lsp;
    }

    private static Nhlfe<String, String> forward(Lsp<String, String> lsp) {
        return requireNonNull(lsp.forward());
    }

    private static Nhlfe<String, String> reverse(Lsp<String, String> lsp) {
        return requireNonNull(lsp.reverse());
    }

    private void assertGone(Lsp<String, String> lsp) {
        assertThat(lsp.state()).isEqualTo(LspState.GONE);
        assertThat(lfib.size()).isZero();
        assertThat(lfib.pendingCount()).isZero();
        assertThat(up.isUnused()).isTrue();
        assertThat(down.isUnused()).isTrue();
        assertThat(reverse(lsp).isOpen()).isFalse();
        Nhlfe<String, String> forward = lsp.forward();
        assertThat(forward != null && forward.isOpen()).isFalse();
    }

    @Test
    void pendingTransitHasAReverseLabelThatCarriesNothing() {
        Lsp<String, String> lsp = pending(LspMode.ONION);
        Nhlfe<String, String> reverse = reverse(lsp);
        assertThat(lsp.state()).isEqualTo(LspState.PENDING);
        assertThat(down.labels().lookup(reverse.inLabel())).isSameAs(reverse);
        assertThat(reverse.isOpen()).isFalse();
        assertThat(up.labels().size()).isZero();
        assertThat(lfib.awaitingReply(down, reverse.inLabel())).isSameAs(lsp);
        assertThat(lfib.awaitingReply(up, reverse.inLabel())).isNull();
        assertThat(up.pendingCount()).isEqualTo(1);
    }

    @Test
    void installedTransitSwapsBothWays() {
        Lsp<String, String> lsp = installed(LspMode.ONION);
        Nhlfe<String, String> forward =
                requireNonNull(up.labels().lookup(forward(lsp).inLabel()));
        assertThat(forward.isOpen()).isTrue();
        assertThat(forward.operation()).isEqualTo(Operation.SWAP);
        assertThat(forward.direction()).isEqualTo(Direction.FORWARD);
        assertThat(forward.mode()).isEqualTo(LspMode.ONION);
        assertThat(forward.outAdjacency()).isEqualTo("down");
        assertThat(forward.outEntry()).isEqualTo(DOWNSTREAM_ENTRY);
        assertThat(forward.keys()).isEqualTo("keys");
        Nhlfe<String, String> reverse =
                requireNonNull(down.labels().lookup(reverse(lsp).inLabel()));
        assertThat(reverse.isOpen()).isTrue();
        assertThat(reverse.direction()).isEqualTo(Direction.REVERSE);
        assertThat(reverse.outAdjacency()).isEqualTo("up");
        assertThat(reverse.outEntry()).isEqualTo(UPSTREAM_ENTRY);
        assertThat(lsp.state()).isEqualTo(LspState.INSTALLED);
        assertThat(lfib.pendingCount()).isZero();
        assertThat(lfib.awaitingReply(down, reverse.inLabel()))
                .as("a second reply")
                .isNull();
        assertThatIllegalStateException().isThrownBy(() -> lfib.install(lsp, DOWNSTREAM_ENTRY, 600, "others", START));
    }

    @Test
    void labelMeansNothingOnAnotherAdjacency() {
        Lsp<String, String> lsp = installed(LspMode.ONION);
        assertThat(down.labels().lookup(forward(lsp).inLabel())).isNull();
        assertThat(lfib.onRelease(down, forward(lsp).inLabel(), 1, START)).isFalse();
        assertThat(lsp.state()).isEqualTo(LspState.INSTALLED);
    }

    @Test
    void pendingEndsAfterFiveSecondsWithoutAWord() {
        Lsp<String, String> lsp = pending(LspMode.ONION);
        assertThat(lfib.nextDeadline()).isEqualTo(START + 5 * SECOND);
        lfib.advance(START + 5 * SECOND - 1);
        assertThat(lsp.state()).isEqualTo(LspState.PENDING);
        lfib.advance(START + 5 * SECOND);
        assertGone(lsp);
        assertThat(events.take()).containsExactly("ended NO_REPLY");
        assertThat(lfib.nextDeadline()).isEqualTo(Lfib.NEVER);
    }

    @Test
    void refusedSetUpEndsAtOnce() {
        Lsp<String, String> lsp = pending(LspMode.ONION);
        lfib.end(lsp, LspEnd.REFUSED, START);
        assertGone(lsp);
        lfib.end(lsp, LspEnd.REFUSED, START);
        assertThat(events.take()).containsExactly("ended REFUSED");
    }

    @Test
    void installedEndsAfterTenSecondsWithoutAPacketFromUpstream() {
        Lsp<String, String> lsp = installed(LspMode.ONION);
        reverse(lsp).count(100, START + SECOND);
        lfib.advance(START + 10 * SECOND - 1);
        assertThat(lsp.state()).isEqualTo(LspState.INSTALLED);
        lfib.advance(START + 10 * SECOND);
        assertGone(lsp);
        assertThat(events.take())
                .containsExactly(
                        "release to up label aaaaa reason 1",
                        "release to down label bbbbb reason 1",
                        "ended UNCONFIRMED");
    }

    @Test
    void isBusyForFiveSecondsAfterMorePacketsThanKeepAQuietTunnelAlive() {
        Lsp<String, String> lsp = installed(LspMode.ONION);
        forward(lsp).count(5, 500, START);
        assertThat(up.isBusy(START + SECOND)).isFalse();
        forward(lsp).count(3, 300, START + SECOND);
        lsp.reverse().count(3, 300, START + SECOND);
        assertThat(up.isBusy(START + 2 * SECOND)).isTrue();
        assertThat(down.isBusy(START + 2 * SECOND))
                .as("the same second, looked at from both sides")
                .isTrue();
        assertThat(up.isBusy(START + 7 * SECOND - 1)).isTrue();
        assertThat(down.isBusy(START + 7 * SECOND)).isFalse();
    }

    @Test
    void firstPacketFromUpstreamConfirms() {
        Lsp<String, String> lsp = installed(LspMode.ONION);
        forward(lsp).count(100, START + SECOND);
        assertThat(lsp.state()).isEqualTo(LspState.CONFIRMED);
        lfib.advance(START + 10 * SECOND);
        assertThat(lsp.state()).isEqualTo(LspState.CONFIRMED);
    }

    @Test
    void confirmedEndsAMinuteAfterTheLastPacketOfEitherDirection() {
        Lsp<String, String> lsp = installed(LspMode.ONION);
        forward(lsp).count(100, START + SECOND);
        reverse(lsp).count(100, START + 30 * SECOND);
        lfib.advance(START + 61 * SECOND);
        assertThat(lsp.state()).isEqualTo(LspState.CONFIRMED);
        lfib.advance(START + 90 * SECOND - 1);
        assertThat(lsp.state()).isEqualTo(LspState.CONFIRMED);
        lfib.advance(START + 90 * SECOND);
        assertGone(lsp);
        assertThat(events.take()).contains("ended IDLE");
    }

    @Test
    void lifetimeEndsABusyLsp() {
        Lsp<String, String> lsp = installed(LspMode.ONION);
        for (int second = 1; second < 600; second++) {
            forward(lsp).count(100, START + second * SECOND);
            lfib.advance(START + second * SECOND);
            assertThat(lsp.state()).isEqualTo(LspState.CONFIRMED);
        }
        lfib.advance(START + 600 * SECOND);
        assertGone(lsp);
        assertThat(events.take())
                .containsExactly(
                        "release to up label aaaaa reason 3", "release to down label bbbbb reason 3", "ended LIFETIME");
    }

    @Test
    void releaseGoesOnToTheOtherSideWithItsReason() {
        Lsp<String, String> lsp = installed(LspMode.ONION);
        assertThat(lfib.onRelease(up, forward(lsp).inLabel(), 99, START)).isTrue();
        assertGone(lsp);
        assertThat(events.take()).containsExactly("release to down label bbbbb reason 99", "ended RELEASED");
        assertThat(lfib.onRelease(up, forward(lsp).inLabel(), 99, START)).isFalse();

        Lsp<String, String> other = installed(LspMode.ONION);
        assertThat(lfib.onRelease(down, reverse(other).inLabel(), 1, START)).isTrue();
        assertGone(other);
        assertThat(events.take()).containsExactly("release to up label aaaaa reason 1", "ended RELEASED");
    }

    @Test
    void releasedLabelsRest() {
        Lsp<String, String> lsp = installed(LspMode.ONION);
        lfib.end(lsp, LspEnd.DONE, START);
        assertThat(up.labels().resting()).isEqualTo(1);
        assertThat(down.labels().resting()).isEqualTo(1);
    }

    /** The hop before the break reports by hop message, and keeps the entry for two seconds. */
    @Test
    void linkDownAheadIsReportedAndReleasedTwoSecondsLater() {
        Lsp<String, String> lsp = installed(LspMode.ONION);
        forward(lsp).count(100, START);
        lfib.linkDown(down, START + SECOND);
        lfib.linkDown(down, START + SECOND);
        assertThat(events.take()).containsExactly("broken LINK_DOWN");
        lfib.advance(START + 3 * SECOND - 1);
        assertThat(reverse(lsp).isOpen()).isTrue();
        lfib.advance(START + 3 * SECOND);
        assertGone(lsp);
        assertThat(events.take()).contains("release to up label aaaaa reason 2", "ended LINK_DOWN");
    }

    @Test
    void linkDownBehindReleasesTowardsTheEgress() {
        Lsp<String, String> lsp = installed(LspMode.ONION);
        lfib.linkDown(up, START);
        assertGone(lsp);
        assertThat(events.take()).containsExactly("release to down label bbbbb reason 2", "ended LINK_DOWN");
    }

    @Test
    void withoutHopMessagesABreakIsReleasedAtOnce() {
        Lsp<String, String> lsp = installed(LspMode.FAST);
        lfib.linkDown(down, START);
        assertGone(lsp);
        assertThat(events.take()).containsExactly("release to up label aaaaa reason 2", "ended LINK_DOWN");
    }

    @Test
    void linkDownEndsWhatIsPendingOnEitherSide() {
        Lsp<String, String> ahead = pending(LspMode.ONION);
        lfib.linkDown(down, START);
        assertGone(ahead);
        assertThat(events.take()).containsExactly("release to up label aaaaa reason 2", "ended LINK_DOWN");
        Lsp<String, String> behind = pending(LspMode.ONION);
        lfib.linkDown(up, START);
        assertGone(behind);
        assertThat(events.take()).containsExactly("ended LINK_DOWN");
    }

    @Test
    void failedLinkTestEndsWhatLeadsOverTheLink() {
        Lsp<String, String> waiting = pending(LspMode.ONION);
        lfib.pathMtuFailed(down, START);
        assertGone(waiting);
        assertThat(events.take()).containsExactly("release to up label aaaaa reason 5", "ended PATH_MTU");
        Lsp<String, String> lsp = installed(LspMode.ONION);
        lfib.pathMtuFailed(up, START);
        assertGone(lsp);
        assertThat(events.take()).containsExactly("release to down label bbbbb reason 5", "ended PATH_MTU");
    }

    @Test
    void removedNeighbourTakesItsLspsWithIt() {
        Lsp<String, String> lsp = installed(LspMode.ONION);
        lfib.removeNeighbour(down, START);
        assertThat(lsp.state()).isEqualTo(LspState.GONE);
        assertThat(lfib.size()).isZero();
        assertThat(events.take()).containsExactly("release to up label aaaaa reason 2", "ended LINK_DOWN");
    }

    @Test
    void ingressHasThreeSecondsAndIsConfirmedByWhatComesBack() {
        Lsp<String, String> lsp = lfib.beginIngress(down, LspMode.ONION, START);
        assertThat(lfib.nextDeadline()).isEqualTo(START + 3 * SECOND);
        lfib.install(lsp, DOWNSTREAM_ENTRY, 600, "stack", START + SECOND);
        assertThat(forward(lsp).operation()).isEqualTo(Operation.PUSH);
        assertThat(forward(lsp).outAdjacency()).isEqualTo("down");
        assertThat(forward(lsp).inLabel()).isZero();
        assertThat(reverse(lsp).operation()).isEqualTo(Operation.POP);
        assertThat(down.labels().lookup(reverse(lsp).inLabel())).isSameAs(reverse(lsp));
        forward(lsp).count(100, START + SECOND);
        assertThat(lsp.state()).isEqualTo(LspState.INSTALLED);
        reverse(lsp).count(100, START + SECOND);
        assertThat(lsp.state()).isEqualTo(LspState.CONFIRMED);
        assertThat(down.lspCount()).as("our own do not count").isZero();
        lfib.end(lsp, LspEnd.DONE, START + 2 * SECOND);
        assertGone(lsp);
        assertThat(events.take()).containsExactly("release to down label bbbbb reason 1", "ended DONE");
    }

    @Test
    void ingressGivesUpAfterThreeSeconds() {
        Lsp<String, String> lsp = lfib.beginIngress(down, LspMode.ONION, START);
        lfib.advance(START + 3 * SECOND);
        assertGone(lsp);
        assertThat(events.take()).containsExactly("ended NO_REPLY");
    }

    @Test
    void egressPopsForwardAndPushesReverse() {
        Lsp<String, String> lsp = requireNonNull(lfib.addEgress(up, UPSTREAM_ENTRY, LspMode.ONION, 600, "end", START));
        assertThat(lsp.state()).isEqualTo(LspState.INSTALLED);
        Nhlfe<String, String> forward =
                requireNonNull(up.labels().lookup(forward(lsp).inLabel()));
        assertThat(forward.operation()).isEqualTo(Operation.POP);
        assertThat(forward.outAdjacency()).isNull();
        assertThat(reverse(lsp).operation()).isEqualTo(Operation.PUSH);
        assertThat(reverse(lsp).outEntry()).isEqualTo(UPSTREAM_ENTRY);
        assertThat(up.lspCount()).isEqualTo(1);
        assertThat(up.pendingCount()).isZero();
        assertThat(lfib.onRelease(up, forward.inLabel(), 1, START)).isTrue();
        assertGone(lsp);
        assertThat(events.take()).containsExactly("ended RELEASED");
    }

    @Test
    void manualRuleHasNoEnd() {
        Nhlfe<String, String> rule = Nhlfe.manual("down", 0xccccc, START);
        assertThat(up.labels().bindManually(0x70001, rule)).isTrue();
        lfib.advance(START + 10_000 * SECOND);
        lfib.linkDown(up, START);
        assertThat(lfib.onRelease(up, 0x70001, 1, START)).isFalse();
        Nhlfe<String, String> found = requireNonNull(up.labels().lookup(0x70001));
        assertThat(found.isOpen()).isTrue();
        assertThat(found.outEntry()).isEqualTo(LabelStackEntry.of(0xccccc));
    }

    @Test
    void countersAddUp() {
        Nhlfe<String, String> entry = Nhlfe.manual("down", 0xccccc, 0);
        entry.count(100, 7);
        entry.count(3, 1000, 9);
        assertThat(entry.packets()).isEqualTo(4);
        assertThat(entry.bytes()).isEqualTo(1100);
        assertThat(entry.lastUseNanos()).isEqualTo(9);
    }
}
