package skyawg.datapath.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import skyawg.protocol.crypto.Aeads;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.names.Secret;
import skyawg.protocol.vectors.Vectors;
import skyawg.protocol.wire.Memory;
import tools.jackson.databind.JsonNode;

/** What goes in at one end comes out at the other, whatever the settings. */
final class TunnelTrafficTest {
    private static final int LONGEST = 1500;

    static Stream<Arguments> waysToWork() {
        List<Arguments> ways = new ArrayList<>();
        for (IpAddress outer : List.of(TunnelPair.V4, TunnelPair.V6)) {
            for (PacketLoops threads : List.of(PacketLoops.together(false), PacketLoops.apart(false))) {
                for (boolean offloads : new boolean[] {true, false}) {
                    ways.add(Arguments.of(outer, threads, offloads));
                }
            }
        }
        return ways.stream();
    }

    @ParameterizedTest
    @MethodSource("waysToWork")
    void carriesPacketsOfEveryLengthUnchangedAndInOrder(IpAddress outer, PacketLoops threads, boolean offloads)
            throws IOException {
        TunnelOptions options = new TunnelOptions(threads, offloads, Aeads.best());
        try (TunnelPair pair = TunnelPair.open(options, outer, List.of())) {
            for (PacketStream stream : List.of(pair.fromAToB(), pair.fromBToA())) {
                for (int length = 20; length <= LONGEST; length++) {
                    stream.sendOpaque(false, length);
                    if (length >= 40) {
                        stream.sendOpaque(true, length);
                    }
                }
                stream.await();
                assertThat(stream.delivered()).isEqualTo(LONGEST - 19 + LONGEST - 39);
            }
            assertThat(pair.a.drops() + pair.b.drops()).as(pair.events()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("waysToWork")
    void carriesSuperpacketsAsTheBytesTheyStandFor(IpAddress outer, PacketLoops threads, boolean offloads)
            throws IOException {
        TunnelOptions options = new TunnelOptions(threads, offloads, Aeads.best());
        try (TunnelPair pair = TunnelPair.open(options, outer, List.of())) {
            for (PacketStream stream : List.of(pair.fromAToB(), pair.fromBToA())) {
                for (int payload : new int[] {1, 1199, 1200, 1201, 2400, 24_001, 64_000, 65_000}) {
                    for (boolean isV6 : new boolean[] {false, true}) {
                        stream.sendTcp(isV6, payload, 1200);
                        stream.sendTcp(isV6, Math.min(payload, 9000), 100);
                        stream.sendUdp(isV6, payload, 1200);
                        stream.sendUdp(isV6, Math.min(payload, 5000), 72);
                    }
                }
                stream.await();
            }
            assertThat(pair.a.drops() + pair.b.drops()).as(pair.events()).isZero();
        }
    }

    static Stream<Arguments> recordedSettings() {
        List<Arguments> settings = new ArrayList<>();
        for (JsonNode scenario : Vectors.own("awg/handshakes.json").get("scenarios")) {
            settings.add(Arguments.of(scenario.get("name").asString(), scenario));
        }
        assertThat(settings).hasSize(13);
        return settings.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("recordedSettings")
    void carriesEverythingWithEachRecordedSetting(String name, JsonNode scenario) throws IOException {
        List<String> both = lines(scenario.get("device_uapi_both_sides"));
        JsonNode onlyA = scenario.get("device_uapi_initiator_only");
        List<String> ofA = onlyA == null || onlyA.isNull() ? both : lines(onlyA);
        Secret presharedKey = Secret.parseHex(scenario.get("preshared_key").asString());
        for (TunnelOptions options : List.of(TunnelPair.TWO_THREADS, TunnelPair.ONE_THREAD, TunnelPair.NO_OFFLOADS)) {
            try (TunnelPair pair = TunnelPair.open(options, TunnelPair.V4, ofA, both, presharedKey)) {
                PacketStream there = pair.fromAToB();
                PacketStream back = pair.fromBToA();
                for (int i = 0; i < 5; i++) {
                    there.sendMixture(100);
                    there.await();
                    back.sendMixture(100);
                    back.await();
                }
                assertThat(pair.a.drops()).as(name + " " + pair.events()).isZero();
                // What b drops are a's decoys, which mean nothing to it.
                assertThat(pair.b.drops() - pair.b.tunnel.drops(DropReason.UNKNOWN_TYPE))
                        .as(name + " " + pair.events())
                        .isZero();
            }
        }
    }

    private static List<String> lines(JsonNode array) {
        List<String> lines = new ArrayList<>();
        for (JsonNode line : array) {
            lines.add(line.asString());
        }
        return lines;
    }

    @Test
    void worksWithEveryCipherThatIsHere() throws IOException {
        for (Aeads aeads : Aeads.all()) {
            TunnelOptions options = new TunnelOptions(PacketLoops.apart(false), true, aeads);
            try (TunnelPair pair = TunnelPair.open(options, TunnelPair.V4, List.of())) {
                PacketStream stream = pair.fromAToB();
                stream.sendMixture(200);
                stream.await();
                assertThat(pair.a.drops() + pair.b.drops())
                        .as(aeads.name() + " " + pair.events())
                        .isZero();
            }
        }
    }

    /** The paper's §5.4.6: up to a multiple of 16, and not beyond the MTU. */
    @Test
    void padsEveryLengthToAMultipleOf16WithinTheMtu() throws IOException {
        int transportOverhead = 32;
        ConcurrentLinkedQueue<Integer> lengths = new ConcurrentLinkedQueue<>();
        try (TunnelPair pair = TunnelPair.open(List.of());
                Wiretap wire = new Wiretap(pair)) {
            PacketStream stream = pair.fromAToB();
            stream.sendOpaque(false, 100);
            stream.await();
            wire.handle((isFromA, datagram) -> {
                if (isFromA) {
                    lengths.add(datagram.length);
                }
                wire.pass(isFromA, datagram);
            });
            for (int length = 20; length <= TunnelEnd.MTU; length++) {
                lengths.clear();
                stream.sendOpaque(false, length);
                stream.await();
                int padded = Math.min((length + 15) / 16 * 16, TunnelEnd.MTU);
                assertThat(lengths).as("%d", length).containsExactly(padded + transportOverhead);
            }
        }
    }

    @Test
    void dropsAndCountsFramesThatAreNoPackets() throws IOException {
        try (TunnelPair pair = TunnelPair.open(List.of())) {
            PacketStream stream = pair.fromAToB();
            stream.sendOpaque(false, 100);
            stream.await();
            Memory.fill(stream.frame(), 60, 0);
            for (int length = 1; length < 30; length++) {
                assertThat(pair.a.tun.put(stream.frame(), length)).isTrue();
            }
            Await.until("all are dropped", () -> pair.a.tunnel.drops(DropReason.MALFORMED_FRAME) == 29);
            // Long enough, but of IP version 0.
            assertThat(pair.a.tun.put(stream.frame(), 50)).isTrue();
            Await.until("it is dropped", () -> pair.a.tunnel.drops(DropReason.NO_ALLOWED_IP) == 1);
            stream.sendOpaque(true, 100);
            stream.await();
        }
    }
}
