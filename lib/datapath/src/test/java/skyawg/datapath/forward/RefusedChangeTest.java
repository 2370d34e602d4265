package skyawg.datapath.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import skyawg.protocol.crypto.X25519Keys;
import skyawg.protocol.names.Endpoint;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.noise.Constants;
import skyawg.protocol.obfuscation.Parameter;
import skyawg.protocol.obfuscation.ParameterTexts;
import skyawg.protocol.tunnel.InterfaceSnapshot;
import skyawg.protocol.tunnel.TunnelRefusedException;
import skyawg.protocol.tunnel.TunnelRefusedException.Reason;

/** A change that is refused changes nothing, however much of it was good. */
final class RefusedChangeTest {
    static Stream<Arguments> badParameters() {
        return Stream.of(
                        "jc=3 jmin=90 jmax=80",
                        "jc=3 jmin=1 jmax=65535",
                        "jc=128 jmin=1 jmax=2",
                        "h1=7 h2=7",
                        "h3=5-10 h4=10-20",
                        "s1=11 s2=12 s3=12 s4=12 " + ParameterLines.HEADER_KEY,
                        "i1=<b",
                        "i2=<r -1>",
                        "s1=65535",
                        "s4=65500")
                .map(lines -> Arguments.of(lines, List.of(lines.split(" (?=\\w+=)", -1))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badParameters")
    void parametersThatDoNotFitTogether(String name, List<String> lines) throws IOException {
        try (TunnelPair pair = TunnelPair.open(List.of("jc=2", "jmin=10", "jmax=20", "s3=9"))) {
            assertRefused(pair, allOfAGoodChange().parameters(ParameterLines.whole(lines)), Reason.INVALID);
        }
    }

    @Test
    void anEndpointInAZoneThatIsNotThere() throws IOException {
        Endpoint endpoint = Endpoint.parse("[fe80::1%nosuchlink]:7");
        try (TunnelPair pair = TunnelPair.open(List.of())) {
            Change change = allOfAGoodChange()
                    .peer(X25519Keys.publicKey(X25519Keys.generate()), Optional.of(endpoint), "10.9.0.0/16");
            assertRefused(pair, change, Reason.INVALID);
        }
    }

    @Test
    void morePeersThanAnInterfaceHas() throws IOException {
        Random random = new Random(4);
        Change change = allOfAGoodChange();
        for (int i = 0; i < Constants.MAX_PEERS; i++) {
            byte[] key = new byte[PublicKey.LENGTH];
            random.nextBytes(key);
            change.peer(PublicKey.of(key), Optional.empty(), "10.9.0.0/16");
        }
        try (TunnelPair pair = TunnelPair.open(List.of())) {
            assertRefused(pair, change, Reason.INVALID);
        }
    }

    @Test
    void aListenPortThatIsTaken() throws IOException {
        try (TunnelPair pair = TunnelPair.open(List.of());
                DatagramSocket taken = new DatagramSocket(0)) {
            Change change = allOfAGoodChange()
                    .parameters(ParameterTexts.values(List.of("jc=3", "jmin=5", "jmax=6")))
                    .listenPort(taken.getLocalPort());
            assertRefused(pair, change, Reason.ADDRESS_IN_USE);
        }
    }

    /** A new key and a new peer that takes all addresses, in place of the others: partly applied it would show. */
    private static Change allOfAGoodChange() {
        return new Change()
                .privateKey(X25519Keys.generate())
                .replacePeers()
                .peer(X25519Keys.publicKey(X25519Keys.generate()), Optional.empty());
    }

    private static void assertRefused(TunnelPair pair, Change change, Reason reason) {
        PacketStream stream = pair.fromAToB();
        stream.sendOpaque(false, 100);
        stream.await();
        Await.until("the handshake is counted", () -> pair.a.handshakes() == 1);
        List<Object> before = everythingOf(pair.a);
        assertThatThrownBy(() -> pair.a.tunnel.apply(change.build()))
                .isInstanceOfSatisfying(TunnelRefusedException.class, refused -> {
                    assertThat(refused.reason()).isEqualTo(reason);
                    assertThat(refused.getMessage()).isNotBlank();
                });
        assertThat(everythingOf(pair.a)).isEqualTo(before);
        stream.sendOpaque(true, 100);
        stream.await();
        assertThat(pair.a.handshakes()).isEqualTo(1);
    }

    /** The interface as a reader sees it, less the counters that go on by themselves. */
    private static List<Object> everythingOf(TunnelEnd end) {
        InterfaceSnapshot snapshot = end.tunnel.snapshot();
        List<Object> all = new ArrayList<>(
                List.of(snapshot.privateKey(), snapshot.publicKey(), snapshot.listenPort(), snapshot.fwmark()));
        for (Parameter parameter : Parameter.values()) {
            all.add(snapshot.parameters().get(parameter));
        }
        snapshot.peers()
                .forEach(peer -> all.addAll(List.of(
                        peer.publicKey(),
                        peer.presharedKey(),
                        peer.endpoint(),
                        peer.persistentKeepalive(),
                        peer.allowedIps(),
                        peer.lastHandshakeSeconds())));
        return all;
    }
}
