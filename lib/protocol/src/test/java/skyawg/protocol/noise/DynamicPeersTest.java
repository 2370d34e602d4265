package skyawg.protocol.noise;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import skyawg.protocol.crypto.KeyVault;
import skyawg.protocol.crypto.SeededEntropy;
import skyawg.protocol.crypto.X25519Keys;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.names.Secret;
import skyawg.protocol.simulation.Node;
import skyawg.protocol.simulation.NodePair;
import skyawg.protocol.simulation.Observer;
import skyawg.protocol.wire.UdpPath;

/** Strangers at the door of a node that knows nobody, on a clock of the test's. */
final class DynamicPeersTest {
    private static final long SECOND = NodePair.SECOND;
    private static final UdpPath HOST_PATH = UdpPath.to(IpAddress.parse("192.0.2.1"), 0, 1000);
    private static final DynamicPeerBounds SMALL = new DynamicPeerBounds(8, 4, 100, 5, 10, 5 * SECOND, 60 * SECOND);

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Sent(UdpPath from, UdpPath to, byte[] bytes) {}

    /** Somebody who knows the host's key. */
    private final class Stranger implements AutoCloseable {
        private final UdpPath path;
        private final Node node;
        private final Peer host;
        private long skew;

        Stranger(int number) {
            this(number, "198.51.100." + number % 250);
        }

        Stranger(int number, String address) {
            path = UdpPath.to(IpAddress.parse(address), 0, 2000 + number);
            node = node("s" + number, path, number, () -> unixNanos() + skew);
            host = node.addPeer(hostKey, Optional.of(network), HOST_PATH, now);
            guests.put(path, node);
        }

        PublicKey key() {
            return node.publicKey();
        }

        void say(String text) {
            node.sendPacket(host, NodePair.packet(text), now);
            settle();
        }

        /** An initiation that the host does not get to see. */
        byte[] initiation() {
            isCut = true;
            int before = sent.size();
            node.engine().requestHandshake(host, now);
            isCut = false;
            inFlight.clear();
            assertThat(sent).hasSize(before + 1);
            return sent.getLast().bytes;
        }

        @Nullable
        Peer atHost() {
            return atHost.engine().find(key());
        }

        @Override
        public void close() {
            node.close();
        }
    }

    private final long cellsBefore = KeyVault.liveCells();
    private final Secret network = Secret.parseHex("71".repeat(Secret.LENGTH));
    private final Secret hostSecret = X25519Keys.generate();
    private final PublicKey hostKey = X25519Keys.publicKey(hostSecret);
    private final Map<UdpPath, Node> guests = new HashMap<>();
    private final List<Stranger> strangers = new ArrayList<>();
    private final ArrayDeque<Sent> inFlight = new ArrayDeque<>();
    private final List<Sent> sent = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();
    private final List<Verdict> verdicts = new ArrayList<>();
    private final List<String> news = new ArrayList<>();
    private final Map<StrangerRefusal, Integer> refusals = new EnumMap<>(StrangerRefusal.class);
    private long now = 1_000 * SECOND;
    private boolean isCut;
    private boolean removesAtOnce;
    private Node atHost = node("host", HOST_PATH, 999, this::unixNanos);
    private @Nullable DynamicPeers dynamic;

    @AfterEach
    void leavesNoKeyBehind() {
        assertThat(atHost.indexTable().size())
                .isLessThanOrEqualTo(2 * atHost.engine().peers().size());
        atHost.close();
        assertThat(atHost.indexTable().size()).isZero();
        strangers.forEach(Stranger::close);
        network.close();
        hostSecret.close();
        assertThat(KeyVault.liveCells()).isEqualTo(cellsBefore);
    }

    private Node node(String name, UdpPath path, int seed, WallClock clock) {
        SeededEntropy entropy = new SeededEntropy(seed);
        Node node = new Node(name, entropy, clock, (_, to, bytes) -> transmit(path, to, bytes), new Observer() {
            @Override
            public void delivered(Node at, Peer from, byte[] packet) {
                heard.add(
                        at + ":" + new String(packet, 1, packet.length - 1, StandardCharsets.UTF_8).replace("\0", ""));
            }

            @Override
            public void handshakeMessage(Node at, Verdict verdict) {
                if (at == atHost) {
                    verdicts.add(verdict);
                }
            }
        });
        byte[] bytes = new byte[Secret.LENGTH];
        entropy.fill(bytes);
        try (Secret key = path.equals(HOST_PATH) ? hostSecret.copy() : Secret.owning(bytes)) {
            node.engine().setPrivateKey(key, now);
        }
        node.engine().start(now);
        return node;
    }

    private long unixNanos() {
        return NodePair.START_OF_TIME + now;
    }

    private Stranger stranger(int number) {
        Stranger stranger = new Stranger(number);
        strangers.add(stranger);
        return stranger;
    }

    private DynamicPeers open(DynamicPeerBounds bounds) {
        DynamicPeers opened = atHost.engine()
                .allowDynamicPeers(
                        bounds,
                        network,
                        atHost::newPeer,
                        new DynamicPeerListener() {
                            @Override
                            public void came(Peer peer, long nowNanos) {
                                news.add("came " + name(peer));
                                if (removesAtOnce) {
                                    dynamic().remove(peer, nowNanos);
                                }
                            }

                            @Override
                            public void went(Peer peer, DynamicPeerEnd end, long nowNanos) {
                                news.add("went " + name(peer) + " " + end);
                            }

                            @Override
                            public void refused(StrangerRefusal reason) {
                                refusals.merge(reason, 1, Integer::sum);
                            }
                        },
                        now);
        dynamic = opened;
        opened.acceptStrangers(true);
        return opened;
    }

    /** Open for longer than a young one. */
    private DynamicPeers openAndGrown() {
        DynamicPeers opened = open(DynamicPeerBounds.DEFAULT);
        advance(DynamicPeerRegister.YOUNG + SECOND);
        return opened;
    }

    private DynamicPeers dynamic() {
        return requireNonNull(dynamic);
    }

    private String name(Peer peer) {
        for (Stranger stranger : strangers) {
            if (stranger.key().equals(peer.publicKey())) {
                return stranger.node.toString();
            }
        }
        return "?";
    }

    private void transmit(UdpPath from, UdpPath to, byte[] bytes) {
        Sent one = new Sent(from, to, bytes);
        sent.add(one);
        if (!isCut) {
            inFlight.add(one);
        }
    }

    private void settle() {
        for (Sent one = inFlight.poll(); one != null; one = inFlight.poll()) {
            Node to = one.to.hasSameRemote(HOST_PATH) ? atHost : guests.get(one.to);
            if (to != null) {
                to.receive(one.bytes, one.from, now);
            }
        }
    }

    /** Lets time pass at the host; strangers sleep. */
    private void advance(long nanos) {
        long end = now + nanos;
        for (long next = atHost.run(now); next <= end; next = atHost.run(now)) {
            now = Math.max(next, now + 1);
            settle();
        }
        now = end;
        settle();
    }

    private void knock(Stranger stranger, byte[] initiation) {
        atHost.receive(initiation, stranger.path, now);
    }

    private void assertSilence(Runnable knock) {
        long cells = KeyVault.liveCells();
        int sentBefore = sent.size();
        int peers = atHost.engine().peers().size();
        knock.run();
        assertThat(sent).as("answers").hasSize(sentBefore);
        assertThat(atHost.engine().peers()).hasSize(peers);
        assertThat(KeyVault.liveCells()).isEqualTo(cells);
    }

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
                .filter(one -> one.bytes.length == HandshakeMessage.Initiation.LENGTH)
                .findFirst()
                .orElseThrow()
                .bytes;
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
