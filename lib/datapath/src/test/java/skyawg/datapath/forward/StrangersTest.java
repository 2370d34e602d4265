package skyawg.datapath.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import skyawg.protocol.crypto.KeyVault;
import skyawg.protocol.names.Endpoint;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.names.Secret;
import skyawg.protocol.noise.DynamicPeerBounds;
import skyawg.protocol.noise.StrangerRefusal;
import skyawg.protocol.noise.Verdict;
import skyawg.protocol.tunnel.PeerSnapshot;

/**
 * Strangers at real sockets: mesh devices on loopback that know nobody, and say something to each other.
 *
 * <pre>
 *   guest ----&gt; [ tap ] ----&gt; host
 * </pre>
 */
final class StrangersTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long IDLE = 2 * SECOND;
    /** Two stamps that are further apart differ. */
    private static final long TICK = SECOND / 50;

    /** The specification's, but for what would take a test minutes. */
    private static final DynamicPeerBounds SOON_IDLE =
            new DynamicPeerBounds(4_096, 512, 65_536, 5, 10, 5 * SECOND, IDLE);

    private static final byte[] HELLO = {0x10, 0, 0x7f, (byte) 0xfa, 1, 2, 3, 4, 5, 6, 7, 8};

    private final long cellsBefore = KeyVault.liveCells();
    private final PacketLoops threads = PacketLoops.together(false);
    private final Secret network = Secret.parseHex("71".repeat(Secret.LENGTH));
    private final List<OpenNode> nodes = new ArrayList<>();

    @AfterEach
    void leavesNoKeyBehind() {
        nodes.forEach(OpenNode::close);
        network.close();
        assertThat(KeyVault.liveCells()).isEqualTo(cellsBefore);
    }

    private OpenNode node(String name, DynamicPeerBounds bounds) throws IOException {
        return node(name, bounds, 0);
    }

    private OpenNode node(String name, DynamicPeerBounds bounds, long clockErrorNanos) throws IOException {
        OpenNode node = new OpenNode(name, threads, network, bounds, clockErrorNanos);
        nodes.add(node);
        // What it is sent from here on is later than its start.
        long opened = System.nanoTime();
        Await.until("a tick", () -> System.nanoTime() - opened > TICK);
        return node;
    }

    @Test
    void aDeviceWithoutAPolicyHasNone() throws IOException {
        try (MeshNode closed = new MeshNode("closed", threads)) {
            assertThatThrownBy(closed.device::adjacencies).isInstanceOf(IllegalStateException.class);
            OpenNode guest = node("guest", DynamicPeerBounds.DEFAULT);
            guest.goTo(closed.publicKey(), closed.device.snapshot().listenPort());
            guest.say(closed.publicKey(), HELLO);
            Await.until("it is turned away", () -> closed.device.verdicts(Verdict.UNKNOWN_PEER) > 0);
            assertThat(closed.device.snapshot().peers()).isEmpty();
        }
    }

    @Test
    void aStrangerTalksWithANodeThatKnowsNobodyAndIsForgottenWhenIdle() throws IOException {
        OpenNode host = node("host", SOON_IDLE);
        OpenNode guest = node("guest", SOON_IDLE);
        long cellsOfNodes = KeyVault.liveCells();
        guest.goTo(host);
        guest.say(host.publicKey(), HELLO);
        Await.until("it is heard", () -> host.heard.size() == 1);
        assertThat(Arrays.copyOf(host.heard.remove(), HELLO.length)).isEqualTo(HELLO);
        // It was told of before it was heard.
        assertThat(host.news.remove()).isEqualTo("came " + guest.publicKey());
        host.use(guest.publicKey(), true);
        guest.use(host.publicKey(), true);
        PeerSnapshot peer = host.device.snapshot().peers().getFirst();
        assertThat(peer.publicKey()).isEqualTo(guest.publicKey());
        assertThat(peer.allowedIps()).isEmpty();
        assertThat(peer.presharedKey()).contains(network);
        peer.presharedKey().ifPresent(Secret::close);
        assertThat(peer.endpoint().map(Endpoint::port))
                .contains(guest.device.snapshot().listenPort());

        for (int i = 0; i < 100; i++) {
            host.say(guest.publicKey(), HELLO);
            guest.say(host.publicKey(), HELLO);
        }
        Await.until("both hear all", () -> host.heard.size() == 100 && guest.heard.size() == 100);
        long inUseSince = System.nanoTime();
        Await.until("it would have been forgotten", () -> System.nanoTime() - inUseSince > 2 * IDLE);
        assertThat(host.device.snapshot().peers()).hasSize(1);

        host.use(guest.publicKey(), false);
        guest.use(host.publicKey(), false);
        Await.until(
                "both forget",
                () -> host.device.snapshot().peers().isEmpty()
                        && guest.device.snapshot().peers().isEmpty());
        assertThat(host.news).containsExactly("went " + guest.publicKey() + " IDLE");
        assertThat(guest.news).containsExactly("came " + host.publicKey(), "went " + host.publicKey() + " IDLE");
        Await.until("their keys are given back", () -> KeyVault.liveCells() == cellsOfNodes);
        // And it may come again.
        guest.goTo(host);
        guest.say(host.publicKey(), HELLO);
        Await.until("it is heard again", () -> host.heard.size() == 101);
    }

    @Test
    void aReplayedInitiationDrawsNoAnswer() throws IOException {
        OpenNode host = node("host", SOON_IDLE);
        OpenNode guest = node("guest", SOON_IDLE);
        try (Tap tap = new Tap(host)) {
            guest.goTo(host.publicKey(), tap.port());
            guest.say(host.publicKey(), HELLO);
            byte[] initiation = tap.initiationOf(guest);
            tap.send(initiation);
            assertThat(tap.answer()).as("the answer to the first").isTrue();
            long refusedBefore = host.device.verdicts(Verdict.REPLAYED_TIMESTAMP);
            tap.send(initiation);
            Await.until("it is refused", () -> host.device.verdicts(Verdict.REPLAYED_TIMESTAMP) == refusedBefore + 1);
            Await.until("it goes", () -> host.device.snapshot().peers().isEmpty());
            tap.send(initiation);
            Await.until("it is refused again", () -> host.device.adjacencies().refusals(StrangerRefusal.REPLAYED) == 1);
            assertThat(tap.answer()).as("an answer to a replay").isFalse();
            assertThat(host.device.snapshot().peers()).isEmpty();
        }
    }

    @Test
    void aStamp130SecondsOffDrawsNoAnswer() throws IOException {
        OpenNode host = node("host", DynamicPeerBounds.DEFAULT);
        for (long error : new long[] {-130, 130}) {
            OpenNode guest = node("guest" + error, DynamicPeerBounds.DEFAULT, error * SECOND);
            try (Tap tap = new Tap(host)) {
                guest.goTo(host.publicKey(), tap.port());
                guest.say(host.publicKey(), HELLO);
                long before = host.device.adjacencies().refusals(StrangerRefusal.WRONG_CLOCK);
                tap.send(tap.initiationOf(guest));
                Await.until(
                        "it is refused",
                        () -> host.device.adjacencies().refusals(StrangerRefusal.WRONG_CLOCK) == before + 1);
                assertThat(tap.answer()).as("an answer").isFalse();
            }
        }
        assertThat(host.device.snapshot().peers()).isEmpty();
    }

    @Test
    void aFloodOfStrangersStaysWithinTheBounds() throws IOException {
        int unconfirmed = 6;
        OpenNode host =
                node("host", new DynamicPeerBounds(20, unconfirmed, 1_000, 500, 1_000, 5 * SECOND, 60 * SECOND));
        int callers = 24;
        try (Tap tap = new Tap(host)) {
            for (byte[] initiation : initiations(tap, host, callers)) {
                tap.send(initiation);
            }
            Await.until(
                    "all are dealt with",
                    () -> host.device.verdicts(Verdict.INITIATION_ACCEPTED) + host.device.verdicts(Verdict.UNKNOWN_PEER)
                            == callers);
            assertThat(host.device.verdicts(Verdict.INITIATION_ACCEPTED)).isEqualTo(unconfirmed);
            assertThat(host.device.adjacencies().refusals(StrangerRefusal.TOO_MANY_UNCONFIRMED))
                    .isEqualTo(callers - unconfirmed);
            assertThat(host.device.snapshot().peers()).hasSize(unconfirmed);
            Await.until(
                    "they go, having said nothing",
                    () -> host.device.snapshot().peers().isEmpty());
            assertThat(host.news).isEmpty();
        }
    }

    @Test
    void aSourceHasTenTokensAndFiveMoreASecond() throws IOException {
        OpenNode host = node("host", DynamicPeerBounds.DEFAULT);
        int callers = 40;
        try (Tap tap = new Tap(host)) {
            List<byte[]> initiations = initiations(tap, host, callers);
            long start = System.nanoTime();
            for (byte[] initiation : initiations) {
                tap.send(initiation);
            }
            Await.until(
                    "all are dealt with",
                    () -> host.device.verdicts(Verdict.INITIATION_ACCEPTED)
                                    + host.device.adjacencies().refusals(StrangerRefusal.SOURCE_RATE)
                            == callers);
            long tookTokens = 5 * (System.nanoTime() - start) / SECOND;
            assertThat(host.device.verdicts(Verdict.INITIATION_ACCEPTED)).isBetween(10L, 11 + tookTokens);
        }
    }

    /** Of so many strangers. */
    private List<byte[]> initiations(Tap tap, OpenNode host, int strangers) throws IOException {
        List<byte[]> initiations = new ArrayList<>();
        for (int i = 0; i < strangers; i++) {
            OpenNode guest = node("guest" + i, DynamicPeerBounds.DEFAULT);
            guest.goTo(host.publicKey(), tap.port());
            guest.say(host.publicKey(), HELLO);
            initiations.add(tap.initiationOf(guest));
        }
        return initiations;
    }

    @Test
    void weMayRemoveANeighbourAtOnce() throws IOException {
        OpenNode host = node("host", DynamicPeerBounds.DEFAULT);
        OpenNode guest = node("guest", DynamicPeerBounds.DEFAULT);
        guest.goTo(host);
        guest.say(host.publicKey(), HELLO);
        Await.until("it is heard", () -> host.heard.size() == 1);
        host.drop(guest.publicKey());
        assertThat(host.device.snapshot().peers()).isEmpty();
        assertThat(host.news).containsExactly("came " + guest.publicKey(), "went " + guest.publicKey() + " REMOVED");
    }

    /** Stands where the host's door seems to be; what comes goes no further unless the test says so. */
    private static final class Tap implements AutoCloseable {
        private static final int INITIATION_LENGTH = 148;
        private static final int PATIENCE_MILLIS = 20_000;
        private static final int SILENCE_MILLIS = 300;

        private final DatagramChannel facingGuests = DatagramChannel.open();
        private final DatagramChannel facingHost = DatagramChannel.open();
        private final InetSocketAddress host;
        private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);

        Tap(OpenNode node) throws IOException {
            InetAddress loopback =
                    InetAddress.getByAddress(IpAddress.parse("127.0.0.1").toBytes());
            facingGuests.bind(new InetSocketAddress(loopback, 0));
            facingHost.bind(new InetSocketAddress(loopback, 0));
            host = new InetSocketAddress(loopback, node.device.snapshot().listenPort());
        }

        int port() throws IOException {
            return ((InetSocketAddress) facingGuests.getLocalAddress()).getPort();
        }

        /** Waits for it; what other guests send meanwhile is dropped. */
        byte[] initiationOf(OpenNode guest) throws IOException {
            int port = guest.device.snapshot().listenPort();
            while (true) {
                byte[] bytes = new byte[buffer.capacity()];
                DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
                facingGuests.socket().setSoTimeout(PATIENCE_MILLIS);
                facingGuests.socket().receive(packet);
                if (packet.getPort() == port && packet.getLength() == INITIATION_LENGTH) {
                    return Arrays.copyOf(bytes, INITIATION_LENGTH);
                }
            }
        }

        /** To the host. */
        void send(byte[] datagram) throws IOException {
            facingHost.send(ByteBuffer.wrap(datagram), host);
        }

        /** Whether the host sends something now or soon. */
        boolean answer() throws IOException {
            facingHost.socket().setSoTimeout(SILENCE_MILLIS);
            try {
                facingHost.socket().receive(new DatagramPacket(new byte[2048], 2048));
                return true;
            } catch (SocketTimeoutException e) {
                return false;
            }
        }

        @Override
        public void close() throws IOException {
            facingGuests.close();
            facingHost.close();
        }
    }
}
