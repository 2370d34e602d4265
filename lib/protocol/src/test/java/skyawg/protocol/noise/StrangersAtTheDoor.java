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
abstract class StrangersAtTheDoor {
    static final long SECOND = NodePair.SECOND;
    static final UdpPath HOST_PATH = UdpPath.to(IpAddress.parse("192.0.2.1"), 0, 1000);
    static final DynamicPeerBounds SMALL = new DynamicPeerBounds(8, 4, 100, 5, 10, 5 * SECOND, 60 * SECOND);

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Sent(UdpPath from, UdpPath to, byte[] bytes) {}

    /** Somebody who knows the host's key. */
    final class Stranger implements AutoCloseable {
        final UdpPath path;
        final Node node;
        final Peer host;
        long skew;

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

    final long cellsBefore = KeyVault.liveCells();
    final Secret network = Secret.parseHex("71".repeat(Secret.LENGTH));
    final Secret hostSecret = X25519Keys.generate();
    final PublicKey hostKey = X25519Keys.publicKey(hostSecret);
    final Map<UdpPath, Node> guests = new HashMap<>();
    final List<Stranger> strangers = new ArrayList<>();
    final ArrayDeque<Sent> inFlight = new ArrayDeque<>();
    final List<Sent> sent = new ArrayList<>();
    final List<String> heard = new ArrayList<>();
    final List<Verdict> verdicts = new ArrayList<>();
    final List<String> news = new ArrayList<>();
    final Map<StrangerRefusal, Integer> refusals = new EnumMap<>(StrangerRefusal.class);
    long now = 1_000 * SECOND;
    boolean isCut;
    boolean removesAtOnce;
    Node atHost = node("host", HOST_PATH, 999, this::unixNanos);

    @Nullable
    DynamicPeers dynamic;

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

    Node node(String name, UdpPath path, int seed, WallClock clock) {
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

    long unixNanos() {
        return NodePair.START_OF_TIME + now;
    }

    Stranger stranger(int number) {
        Stranger stranger = new Stranger(number);
        strangers.add(stranger);
        return stranger;
    }

    DynamicPeers open(DynamicPeerBounds bounds) {
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
    DynamicPeers openAndGrown() {
        DynamicPeers opened = open(DynamicPeerBounds.DEFAULT);
        advance(DynamicPeerRegister.YOUNG + SECOND);
        return opened;
    }

    DynamicPeers dynamic() {
        return requireNonNull(dynamic);
    }

    String name(Peer peer) {
        for (Stranger stranger : strangers) {
            if (stranger.key().equals(peer.publicKey())) {
                return stranger.node.toString();
            }
        }
        return "?";
    }

    void transmit(UdpPath from, UdpPath to, byte[] bytes) {
        Sent one = new Sent(from, to, bytes);
        sent.add(one);
        if (!isCut) {
            inFlight.add(one);
        }
    }

    void settle() {
        for (Sent one = inFlight.poll(); one != null; one = inFlight.poll()) {
            Node to = one.to.hasSameRemote(HOST_PATH) ? atHost : guests.get(one.to);
            if (to != null) {
                to.receive(one.bytes, one.from, now);
            }
        }
    }

    /** Lets time pass at the host; strangers sleep. */
    void advance(long nanos) {
        long end = now + nanos;
        for (long next = atHost.run(now); next <= end; next = atHost.run(now)) {
            now = Math.max(next, now + 1);
            settle();
        }
        now = end;
        settle();
    }

    void knock(Stranger stranger, byte[] initiation) {
        atHost.receive(initiation, stranger.path, now);
    }

    void assertSilence(Runnable knock) {
        long cells = KeyVault.liveCells();
        int sentBefore = sent.size();
        int peers = atHost.engine().peers().size();
        knock.run();
        assertThat(sent).as("answers").hasSize(sentBefore);
        assertThat(atHost.engine().peers()).hasSize(peers);
        assertThat(KeyVault.liveCells()).isEqualTo(cells);
    }
}
