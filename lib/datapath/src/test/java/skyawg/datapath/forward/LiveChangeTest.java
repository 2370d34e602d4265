package skyawg.datapath.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import skyawg.datapath.sys.Errno;
import skyawg.protocol.crypto.X25519Keys;
import skyawg.protocol.names.Endpoint;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.names.Secret;
import skyawg.protocol.noise.Verdict;
import skyawg.protocol.obfuscation.Parameter;
import skyawg.protocol.obfuscation.ParameterSet;
import skyawg.protocol.obfuscation.ParameterTexts;
import skyawg.protocol.tunnel.TunnelRefusedException;

/** A tunnel is changed while packets go through it. */
final class LiveChangeTest {
    private static final List<List<String>> SETTINGS = List.of(
            List.of("jc=4", "jmin=40", "jmax=70", "s1=15", "s2=68", "h1=11", "h2=12", "h3=13", "h4=14"),
            List.of("s1=33", "s2=44", "s3=55", "s4=7", "h1=100-200", "h2=300-400", "h3=500-600", "h4=700-800"),
            List.of("s1=12", "s2=20", "s3=31", "s4=13", ParameterLines.HEADER_KEY),
            List.of("content_padding_addition=0-32"),
            List.of("s1=24", "s2=24", "s3=24", "s4=24", "random_trailers=1", ParameterLines.HEADER_KEY),
            List.of());

    @Test
    void parametersChangeAtBothEndsAndSessionsLiveOn() throws IOException {
        try (TunnelPair pair = TunnelPair.open(List.of())) {
            for (List<String> setting : SETTINGS) {
                try (NumberedFlow flow = new NumberedFlow(pair.a, pair.b)) {
                    flow.awaitMore(50);
                    pair.a.apply(new Change().parameters(ParameterLines.whole(setting)));
                    pair.b.apply(new Change().parameters(ParameterLines.whole(setting)));
                    flow.awaitMore(50);
                    flow.stop();
                    assertThat(flow.corrupt()).isZero();
                    assertThat(flow.duplicates()).isZero();
                }
                for (PacketStream stream : List.of(pair.fromAToB(), pair.fromBToA())) {
                    stream.sendMixture(100);
                    stream.await();
                }
            }
            Await.until(pair::events, () -> pair.a.handshakes() > 0);
            assertThat(pair.a.handshakes()).as(pair.events()).isEqualTo(1);
        }
    }

    @Test
    void aSignaturePacketWithoutTagsIsUnset() throws IOException {
        try (TunnelPair pair = TunnelPair.open(List.of())) {
            pair.a.apply(new Change().parameters(ParameterTexts.values(List.of("i1=hello", "i2=a<r 3>b"))));
            ParameterSet shown = pair.a.tunnel.snapshot().parameters();
            assertThat(shown.tags(Parameter.I1)).isEmpty();
            assertThat(shown.tags(Parameter.I2)).isEqualTo("a<r 3>b");
        }
    }

    @Test
    void theZoneOfAnEndpointIsShownByItsName() throws IOException {
        Endpoint endpoint = Endpoint.parse("[fe80::1%lo]:7");
        PublicKey key = X25519Keys.publicKey(X25519Keys.generate());
        try (TunnelPair pair = TunnelPair.open(List.of())) {
            pair.a.apply(new Change().peer(key, Optional.of(endpoint), "10.9.0.0/16"));
            assertThat(pair.a.tunnel.snapshot().peers())
                    .filteredOn(peer -> peer.publicKey().equals(key))
                    .singleElement()
                    .satisfies(peer -> assertThat(peer.endpoint()).contains(endpoint));
        }
    }

    @Test
    void aRemovedPeerIsHeardNoMoreAndComesBack() throws IOException {
        try (TunnelPair pair = TunnelPair.open(List.of())) {
            for (int round = 0; round < 3; round++) {
                try (NumberedFlow flow = new NumberedFlow(pair.a, pair.b)) {
                    flow.awaitMore(50);
                    pair.b.apply(new Change().removePeer(pair.a.publicKey()));
                    long before = pair.b.tunnel.drops(DropReason.UNKNOWN_INDEX);
                    Await.until(
                            "packets of the removed peer are dropped",
                            () -> pair.b.tunnel.drops(DropReason.UNKNOWN_INDEX) > before + 50);
                    assertThat(flow.duplicates() + flow.corrupt()).isZero();
                }
                pair.introduce(Secret.zero());
                PacketStream stream = pair.fromAToB();
                stream.sendMixture(50);
                stream.await();
            }
        }
    }

    @Test
    void removingThePeerThatPacketsGoToStopsThem() throws IOException {
        try (TunnelPair pair = TunnelPair.open(List.of());
                NumberedFlow flow = new NumberedFlow(pair.a, pair.b)) {
            flow.awaitMore(50);
            pair.a.apply(new Change().removePeer(pair.b.publicKey()));
            Await.until("no peer has the address", () -> pair.a.tunnel.drops(DropReason.NO_ALLOWED_IP) > 50);
            assertThat(pair.a.tunnel.snapshot().peers()).isEmpty();
        }
    }

    @Test
    void aNewPrivateKeyNeedsANewHandshakeAndThenPacketsFlow() throws IOException {
        try (TunnelPair pair = TunnelPair.open(List.of())) {
            try (NumberedFlow flow = new NumberedFlow(pair.a, pair.b)) {
                flow.awaitMore(50);
                pair.a.drawPrivateKey();
                pair.a.apply(new Change().privateKey(pair.a.privateKey()));
                // Its old sessions send no more, and b does not know the new key yet.
                Await.until("b meets a stranger", () -> pair.b.tunnel.verdicts(Verdict.UNKNOWN_PEER) > 0);
                pair.introduce(Secret.zero());
                flow.awaitMore(50);
                assertThat(flow.duplicates() + flow.corrupt()).isZero();
            }
            assertThat(pair.b.tunnel.snapshot().peers().getFirst().publicKey()).isEqualTo(pair.a.publicKey());
        }
    }

    @Test
    void aNewListenPortLosesNothingAndThePeerFollows() throws IOException {
        try (TunnelPair pair = TunnelPair.open(List.of())) {
            try (NumberedFlow flow = new NumberedFlow(pair.a, pair.b)) {
                for (int i = 0; i < 5; i++) {
                    flow.awaitMore(50);
                    int old = pair.a.port();
                    pair.a.apply(new Change().listenPort(0));
                    assertThat(pair.a.port()).isNotEqualTo(old);
                }
                flow.awaitMore(50);
                assertThat(flow.stop()).as(pair.events()).isZero();
            }
            Optional<Endpoint> known =
                    pair.b.tunnel.snapshot().peers().getFirst().endpoint();
            assertThat(known).contains(pair.a.endpoint(pair.outer));
            PacketStream back = pair.fromBToA();
            back.sendMixture(100);
            back.await();
        }
    }

    @Test
    void aListenPortThatIsTakenIsRefusedAndTheOldOneStays() throws Exception {
        try (TunnelPair pair = TunnelPair.open(List.of());
                DatagramSocket taken = new DatagramSocket(0)) {
            int old = pair.a.port();
            try {
                pair.a.tunnel.apply(
                        new Change().listenPort(taken.getLocalPort()).build());
                throw new AssertionError("the port is taken");
            } catch (TunnelRefusedException e) {
                assertThat(e.reason().errno()).isEqualTo(Errno.EADDRINUSE);
                assertThat(e).hasMessageContaining(String.valueOf(taken.getLocalPort()));
            }
            assertThat(pair.a.port()).isEqualTo(old);
            PacketStream stream = pair.fromAToB();
            stream.sendMixture(20);
            stream.await();
        }
    }

    @Test
    void theLinkGoesDownAndUpUnderTraffic() throws IOException {
        // The end whose link stayed up finds out by these that its session is gone.
        try (TunnelPair pair = TunnelPair.open(List.of("keepalive_timeout=1", "rekey_timeout=1"));
                NumberedFlow flow = new NumberedFlow(pair.a, pair.b)) {
            for (TunnelEnd end : List.of(pair.a, pair.b)) {
                flow.awaitMore(50);
                int port = end.port();
                end.setLink(false);
                end.setLink(true);
                assertThat(end.port()).isEqualTo(port);
            }
            flow.awaitMore(50);
            assertThat(flow.duplicates() + flow.corrupt()).isZero();
        }
    }

    @Test
    void aFailingTunIsReadAgainWhenTheLinkHasChanged() throws IOException {
        try (TunnelPair pair = TunnelPair.open(List.of("rekey_timeout=1"));
                NumberedFlow flow = new NumberedFlow(pair.a, pair.b)) {
            flow.awaitMore(50);
            pair.a.tun.failReads(Errno.EBADFD);
            pair.a.setLink(false);
            pair.a.tun.failReads(0);
            pair.a.setLink(true);
            flow.awaitMore(50);
        }
    }

    @Test
    void tellsOnceThatTheInterfaceIsGone() throws IOException {
        try (TunnelPair pair = TunnelPair.open(List.of())) {
            pair.a.link.remove();
            pair.a.setLink(true);
            pair.a.setLink(true);
            assertThat(pair.a.timesGone).hasValue(1);
            assertThat(pair.b.timesGone).hasValue(0);
        }
    }

    @Test
    void sessionsAreRenewedUnderLoadWithoutLoss() throws IOException {
        List<String> shortLived = List.of("rekey_after_time=1-2", "reject_after_time=20", "rekey_timeout=1");
        try (TunnelPair pair = TunnelPair.open(shortLived);
                NumberedFlow flow = new NumberedFlow(pair.a, pair.b)) {
            Await.until("four sessions", () -> pair.a.tunnel.verdicts(Verdict.RESPONSE_ACCEPTED) >= 4);
            flow.awaitMore(100);
            int lost = flow.stop();
            System.out.println("rekey under load: " + flow.sent() + " packets, " + lost + " lost, "
                    + pair.a.tunnel.verdicts(Verdict.RESPONSE_ACCEPTED) + " sessions");
            assertThat(lost).as(pair.events()).isZero();
            assertThat(flow.duplicates() + flow.corrupt()).isZero();
        }
    }
}
