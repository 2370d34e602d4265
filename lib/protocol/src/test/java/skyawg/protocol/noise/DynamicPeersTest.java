package skyawg.protocol.noise;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import skyawg.protocol.crypto.KeyVault;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.names.Secret;
import skyawg.protocol.simulation.NodePair;

/** Who of the strangers at a node's door is let in, and who of them goes again. */
final class DynamicPeersTest extends StrangersAtTheDoor {
    @Test
    void anOrdinaryTunnelDoesNotKnowStrangers() {
        byte[] initiation = stranger(1).initiation();
        assertSilence(() -> knock(strangers.getFirst(), initiation));
        assertThat(verdicts).containsExactly(Verdict.UNKNOWN_PEER);
    }

    @Test
    void aNodeThatOffersNothingLetsNobodyIn() {
        open(DynamicPeerBounds.DEFAULT).acceptStrangers(false);
        now += SECOND;
        byte[] initiation = stranger(1).initiation();
        assertSilence(() -> knock(strangers.getFirst(), initiation));
        assertThat(verdicts).containsExactly(Verdict.UNKNOWN_PEER);
        assertThat(refusals).isEmpty();
    }

    @Test
    void aStrangerIsLetInAndHeard() {
        DynamicPeers peers = open(DynamicPeerBounds.DEFAULT);
        now += SECOND;
        Stranger stranger = stranger(1);
        stranger.say("hello");
        assertThat(news).containsExactly("came s1");
        assertThat(heard).containsExactly("host:hello");
        Peer peer = requireNonNull(stranger.atHost());
        assertThat(peer.presharedKey()).contains(network);
        peer.presharedKey().ifPresent(Secret::close);
        assertThat(peer.path()).isEqualTo(stranger.path);
        atHost.sendPacket(peer, NodePair.packet("welcome"), now);
        settle();
        assertThat(heard).containsExactly("host:hello", "s1:welcome");
        assertThat(peers.size()).isEqualTo(1);
        assertThat(peers.unconfirmedStrangers()).isZero();
        assertThat(verdicts).containsExactly(Verdict.INITIATION_ACCEPTED);
        assertThat(refusals).isEmpty();
    }

    @Test
    void whatTheStrangersKeyIsGoodForIsWorkedOutOnce() {
        open(DynamicPeerBounds.DEFAULT);
        now += SECOND;
        stranger(1).say("hello");
        assertThat(atHost.engine().hasSecretsToPrepare()).isFalse();
    }

    @Test
    void withoutTheNetworksKeyNoSessionIsConfirmed() {
        DynamicPeers peers = open(DynamicPeerBounds.DEFAULT);
        now += SECOND;
        Stranger stranger = stranger(1);
        try (Secret other = Secret.parseHex("72".repeat(Secret.LENGTH))) {
            stranger.node.engine().setPresharedKey(stranger.host, other);
        }
        byte[] initiation = stranger.initiation();
        long cells = KeyVault.liveCells();
        knock(stranger, initiation);
        settle();
        assertThat(peers.unconfirmedStrangers()).isEqualTo(1);
        advance(5 * SECOND - 1);
        assertThat(peers.size()).isEqualTo(1);
        advance(1);
        assertThat(peers.size()).isZero();
        assertThat(atHost.engine().peers()).isEmpty();
        assertThat(atHost.indexTable().size()).isZero();
        assertThat(KeyVault.liveCells()).isEqualTo(cells);
        assertThat(news).isEmpty();
    }

    @Test
    void aReplayDrawsNoAnswerWhileThePeerIsThereNorWhenItHasGone() {
        openAndGrown();
        Stranger stranger = stranger(1);
        stranger.say("hello");
        byte[] initiation = sent.stream()
                .filter(one -> one.bytes().length == HandshakeMessage.Initiation.LENGTH)
                .findFirst()
                .orElseThrow()
                .bytes();
        now += SECOND;
        assertSilence(() -> knock(stranger, initiation));
        advance(60 * SECOND);
        assertThat(news).containsExactly("came s1", "went s1 IDLE");
        assertSilence(() -> knock(stranger, initiation));
        advance(50 * SECOND);
        assertSilence(() -> knock(stranger, initiation));
        advance(100 * SECOND);
        assertSilence(() -> knock(stranger, initiation));
        advance(200 * SECOND);
        assertSilence(() -> knock(stranger, initiation));
        assertThat(verdicts)
                .containsExactly(
                        Verdict.INITIATION_ACCEPTED,
                        Verdict.REPLAYED_TIMESTAMP,
                        Verdict.UNKNOWN_PEER,
                        Verdict.UNKNOWN_PEER,
                        Verdict.UNKNOWN_PEER,
                        Verdict.UNKNOWN_PEER);
        assertThat(refusals)
                .containsOnly(Map.entry(StrangerRefusal.REPLAYED, 2), Map.entry(StrangerRefusal.WRONG_CLOCK, 2));
        // A new one does.
        knock(stranger, stranger.initiation());
        assertThat(verdicts.getLast()).isEqualTo(Verdict.INITIATION_ACCEPTED);
    }

    @Test
    void aReplayDrawsNoAnswerOfANodeThatStartedAnew() {
        openAndGrown();
        Stranger stranger = stranger(1);
        byte[] initiation = stranger.initiation();
        knock(stranger, initiation);
        atHost.close();
        now += SECOND;
        atHost = node("host", HOST_PATH, 998, this::unixNanos);
        open(DynamicPeerBounds.DEFAULT);
        now += 100 * SECOND;
        assertSilence(() -> knock(stranger, initiation));
        assertThat(refusals).containsOnly(Map.entry(StrangerRefusal.BEFORE_START, 1));
        stranger.say("again");
        assertThat(heard).containsExactly("host:again");
    }

    @Test
    void aStamp130SecondsOffDrawsNoAnswer() {
        openAndGrown();
        Stranger stranger = stranger(1);
        for (long skew : new long[] {-130, 130}) {
            stranger.skew = skew * SECOND;
            byte[] initiation = stranger.initiation();
            assertSilence(() -> knock(stranger, initiation));
            now += 10 * SECOND;
        }
        assertThat(refusals).containsOnly(Map.entry(StrangerRefusal.WRONG_CLOCK, 2));
        // Its stamps never go back, so another shows that 110 s are good.
        for (int number = 2; number <= 3; number++) {
            Stranger other = stranger(number);
            other.skew = (number == 2 ? -110 : 110) * SECOND;
            other.say("late or early");
        }
        assertThat(news).containsExactly("came s2", "came s3");
    }

    @Test
    void aForgedTimestampLeavesNothing() {
        openAndGrown();
        Stranger stranger = stranger(1);
        byte[] initiation = stranger.initiation();
        initiation[HandshakeMessage.Initiation.TIMESTAMP_OFFSET] ^= 1;
        CookieJar none = new CookieJar();
        new MacWriter().write(initiation, HandshakeMessage.Initiation.MAC1_OFFSET, hostKey.toBytes(), none, now);
        assertSilence(() -> knock(stranger, initiation));
        assertThat(verdicts).containsExactly(Verdict.NOT_GENUINE);
        assertThat(dynamic().size()).isZero();
    }

    @Test
    void ourOwnKeyIsNoStrangers() {
        openAndGrown();
        assertThat(dynamic().add(hostKey, HOST_PATH, true, now)).isNull();
        assertThat(dynamic().mayKnock(hostKey, IpAddress.parse("192.0.2.9"), now))
                .isFalse();
        assertThat(refusals).containsOnly(Map.entry(StrangerRefusal.OWN_KEY, 1));
        assertThat(atHost.engine().peers()).isEmpty();
    }

    @Test
    void aFloodOfStrangersStaysWithinTheBounds() {
        DynamicPeers peers = open(SMALL);
        now += SECOND;
        for (int number = 1; number <= 20; number++) {
            Stranger stranger = stranger(number);
            knock(stranger, stranger.initiation());
            inFlight.clear();
            assertThat(peers.unconfirmedStrangers()).isLessThanOrEqualTo(4);
        }
        assertThat(peers.size()).isEqualTo(4);
        assertThat(refusals).containsOnly(Map.entry(StrangerRefusal.TOO_MANY_UNCONFIRMED, 16));
        advance(5 * SECOND);
        assertThat(peers.size()).isZero();
        now += SECOND;
        for (Stranger stranger : strangers) {
            stranger.say("hello");
        }
        assertThat(peers.size()).isEqualTo(8);
        assertThat(refusals.get(StrangerRefusal.TOO_MANY_PEERS)).isEqualTo(12);
        assertThat(news).hasSize(8).allMatch(line -> line.startsWith("came"));
        assertThat(atHost.engine().peers()).hasSize(8);
    }

    @Test
    void aSourceThatKnocksTooOftenIsNotHeard() {
        open(DynamicPeerBounds.DEFAULT);
        now += SECOND;
        for (int number = 1; number <= 30; number++) {
            Stranger stranger = new Stranger(number, "203.0.113.9");
            strangers.add(stranger);
            knock(stranger, stranger.initiation());
        }
        assertThat(dynamic().size()).isEqualTo(10);
        assertThat(refusals).containsOnly(Map.entry(StrangerRefusal.SOURCE_RATE, 20));
    }

    @Test
    void aPeerInUseStaysUntilNobodyUsesIt() {
        DynamicPeers peers = openAndGrown();
        Stranger stranger = stranger(1);
        stranger.say("hello");
        Peer peer = requireNonNull(stranger.atHost());
        peers.setInUse(peer, true, now);
        advance(1_000 * SECOND);
        assertThat(stranger.atHost()).isSameAs(peer);
        peers.setInUse(peer, false, now);
        advance(60 * SECOND - 1);
        assertThat(stranger.atHost()).isSameAs(peer);
        advance(1);
        assertThat(stranger.atHost()).isNull();
        assertThat(peer.isRemoved()).isTrue();
        assertThat(news).containsExactly("came s1", "went s1 IDLE");
    }

    @Test
    void weMayGoToAPeerOurselves() {
        DynamicPeers peers = openAndGrown();
        peers.acceptStrangers(false);
        Stranger other = stranger(1);
        Peer peer = requireNonNull(peers.add(other.key(), other.path, true, now));
        assertThat(peers.add(other.key(), other.path, true, now)).isSameAs(peer);
        atHost.sendPacket(peer, NodePair.packet("hello"), now);
        settle();
        assertThat(heard).containsExactly("s1:hello");
        assertThat(news).containsExactly("came s1");
        advance(100 * SECOND);
        assertThat(other.atHost()).isSameAs(peer);
        peers.remove(peer, now);
        peers.remove(peer, now);
        assertThat(news).containsExactly("came s1", "went s1 REMOVED");
        assertThat(atHost.engine().peers()).isEmpty();
    }

    @Test
    void aPeerWeCannotReachGoesEvenInUse() {
        DynamicPeers peers = openAndGrown();
        isCut = true;
        Stranger other = stranger(1);
        Peer peer = requireNonNull(peers.add(other.key(), other.path, true, now));
        atHost.sendPacket(peer, NodePair.packet("hello"), now);
        advance(5 * SECOND);
        assertThat(news).containsExactly("went s1 UNCONFIRMED");
        assertThat(peer.isRemoved()).isTrue();
    }

    @Test
    void toOneWeWentToAnOldInitiationIsNoNews() {
        DynamicPeers peers = openAndGrown();
        Stranger other = stranger(1);
        byte[] before = other.initiation();
        knock(other, before);
        inFlight.clear();
        advance(10 * SECOND);
        requireNonNull(peers.add(other.key(), other.path, true, now));
        atHost.engine().prepareSecrets(1);
        assertSilence(() -> knock(other, before));
        assertThat(verdicts).containsExactly(Verdict.INITIATION_ACCEPTED, Verdict.REPLAYED_TIMESTAMP);
        Stranger forgotten = stranger(2);
        byte[] old = forgotten.initiation();
        advance(130 * SECOND);
        requireNonNull(peers.add(forgotten.key(), forgotten.path, true, now));
        atHost.engine().prepareSecrets(1);
        assertSilence(() -> knock(forgotten, old));
        assertThat(refusals).containsOnly(Map.entry(StrangerRefusal.WRONG_CLOCK, 1));
    }

    @Test
    void aPeerThatIsConfiguredAfterwardsStays() {
        openAndGrown();
        Stranger stranger = stranger(1);
        stranger.say("hello");
        Peer peer = requireNonNull(stranger.atHost());
        atHost.engine().keepPeer(peer);
        advance(1_000 * SECOND);
        assertThat(stranger.atHost()).isSameAs(peer);
        atHost.engine().removePeer(peer, now);
        assertThat(news).containsExactly("came s1");
    }

    @Test
    void whoIsToldOfAPeerMayRemoveItAtOnce() {
        openAndGrown();
        removesAtOnce = true;
        Stranger stranger = stranger(1);
        stranger.say("hello");
        assertThat(news).containsExactly("came s1", "went s1 REMOVED");
        assertThat(atHost.engine().peers()).isEmpty();
    }
}
