package skyawg.protocol.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static skyawg.protocol.simulation.NodePair.SECOND;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import skyawg.protocol.crypto.SeededEntropy;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.obfuscation.ObfuscationProfile;
import skyawg.protocol.simulation.NodePair;
import skyawg.protocol.wire.UdpPath;

/** A peer's path follows what is genuine, and a bad road changes nothing but the order: R2, R4. */
final class RoamingTest {
    private final NodePair pair = new NodePair(4);

    @AfterEach
    void closePair() {
        pair.close();
    }

    private static UdpPath elsewhere(int move) {
        IpAddress address =
                move % 2 == 0 ? IpAddress.v4(0xc000_0200 + move) : IpAddress.v6(0x2001_0db8_0000_0000L, move);
        return UdpPath.to(address, 0, 2000 + move);
    }

    private byte[] lastOfA() {
        return pair.sentBy(pair.a).getLast().bytes();
    }

    /** R4: a hundred moves, between IPv4 and IPv6, with the same session. */
    @Test
    void everyGenuineMessageMovesThePath() {
        pair.aSends("here");
        Keypair session = pair.peerA.current();
        pair.isCut = true;
        for (int move = 0; move < 100; move++) {
            pair.aSends("move " + move);
            pair.b.receive(lastOfA(), elsewhere(move), pair.now());
            assertThat(pair.peerA.path()).isEqualTo(elsewhere(move));
        }
        assertThat(pair.delivered).hasSize(101);
        assertThat(pair.peerA.current()).isSameAs(session);
    }

    @Test
    void acceptedHandshakeMovesThePath() {
        pair.isCut = true;
        pair.aSends("hello");
        pair.b.receive(lastOfA(), elsewhere(1), pair.now());
        assertThat(pair.peerA.path()).isEqualTo(elsewhere(1));
        byte[] response = pair.sent.getLast().bytes();
        pair.a.receive(response, elsewhere(2), pair.now());
        assertThat(pair.peerB.path()).isEqualTo(elsewhere(2));
    }

    @Test
    void rightMac1AloneMovesNothing() {
        pair.isCut = true;
        pair.aSends("hello");
        byte[] initiation = lastOfA();
        pair.inject(pair.b, initiation);
        UdpPath path = pair.peerA.path();
        pair.b.receive(initiation, elsewhere(1), pair.now());
        assertThat(pair.verdicts).endsWith(Verdict.REPLAYED_TIMESTAMP);
        assertThat(pair.peerA.path()).isEqualTo(path);
    }

    @Test
    void replayedOrForgedDataMovesNothing() {
        pair.aSends("hello");
        UdpPath path = pair.peerA.path();
        byte[] data = lastOfA();
        pair.b.receive(data, elsewhere(1), pair.now());
        pair.isCut = true;
        pair.aSends("forged");
        byte[] forged = lastOfA();
        forged[forged.length - 1] ^= 1;
        pair.b.receive(forged, elsewhere(2), pair.now());
        assertThat(pair.peerA.path()).isEqualTo(path);
    }

    @Test
    void trailerWindowStartsAnewOnlyWithAnotherAddressOrPort() {
        Peer peer = pair.peerA;
        UdpPath here = elsewhere(2);
        peer.learnPath(here);
        peer.raiseTrailerWindow(1400);
        peer.raiseTrailerWindow(900);
        assertThat(peer.trailerWindow()).isEqualTo(1400);
        UdpPath sticky = new UdpPath(here.remote(), 0, here.port(), IpAddress.parse("192.0.2.200"), 3);
        peer.learnPath(sticky);
        assertThat(peer.trailerWindow()).isEqualTo(1400);
        peer.forgetStickySource();
        assertThat(peer.path()).isEqualTo(here);
        assertThat(peer.trailerWindow()).isEqualTo(1400);
        peer.learnPath(UdpPath.to(here.remote(), 0, here.port() + 1));
        assertThat(peer.trailerWindow()).isEqualTo(ObfuscationProfile.INITIAL_WINDOW);
    }

    @Test
    void retriesLeaveTheSourceAddressToTheRoute() {
        pair.isCut = true;
        UdpPath sticky = new UdpPath(pair.pathToB.remote(), 0, 1002, IpAddress.parse("192.0.2.200"), 3);
        pair.peerB.learnPath(sticky);
        pair.aSends("lost");
        assertThat(pair.peerB.path()).isEqualTo(sticky);
        pair.advance(6 * SECOND);
        assertThat(pair.peerB.path()).isEqualTo(pair.pathToB);
    }

    /** R2: packets up to 200 places late, three in ten twice, one in twenty damaged. */
    @Test
    void badRoadDeliversEachGoodPacketOnce() {
        pair.aSends("begin");
        pair.isCut = true;
        pair.sent.clear();
        int packets = 10_000;
        for (int i = 0; i < packets; i++) {
            pair.aSends("packet " + i);
        }
        SeededEntropy random = new SeededEntropy(2);
        @SuppressWarnings("ArrayRecordComponent") // never compared
        record Arrival(long place, byte[] bytes) {}
        List<Arrival> arrivals = new ArrayList<>();
        int good = 0;
        for (int i = 0; i < packets; i++) {
            byte[] bytes = pair.sent.get(i).bytes();
            if (random.uniform(0, 99) < 5) {
                bytes = bytes.clone();
                bytes[(int) random.uniform(0, bytes.length - 1)] ^= (byte) (1 << random.uniform(0, 7));
            } else {
                good++;
            }
            long late = random.uniform(0, 99) < 30 ? random.uniform(1, 200) : 0;
            arrivals.add(new Arrival(i + late, bytes));
            if (random.uniform(0, 99) < 30) {
                arrivals.add(new Arrival(i + random.uniform(0, 200), bytes));
            }
        }
        arrivals.sort(Comparator.comparingLong(Arrival::place));
        pair.delivered.clear();
        for (Arrival arrival : arrivals) {
            pair.inject(pair.b, arrival.bytes);
        }
        assertThat(pair.delivered).hasSize(good).doesNotHaveDuplicates();
        assertThat(pair.replays).isGreaterThan(2_000);
    }
}
