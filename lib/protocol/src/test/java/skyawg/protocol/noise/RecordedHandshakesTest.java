package skyawg.protocol.noise;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.names.Secret;
import skyawg.protocol.noise.Recording.Part;
import skyawg.protocol.obfuscation.MessageType;
import skyawg.protocol.simulation.Node;
import skyawg.protocol.simulation.Observer;
import skyawg.protocol.simulation.TransportCodec;
import skyawg.protocol.wire.UdpPath;

/**
 * Takes either side of each recorded conversation: with the recorded keys, indices and times our node must send the
 * recorded messages byte for byte, and take what the reference sent.
 */
final class RecordedHandshakesTest implements Observer {
    private static final HexFormat HEX = HexFormat.of();
    private static final UdpPath PATH = UdpPath.to(IpAddress.parse("192.0.2.1"), 0, 51820);
    private static final long SECOND = Constants.NANOS_PER_SECOND;

    private final ScriptedEntropy entropy = new ScriptedEntropy();
    private final List<byte[]> sent = new ArrayList<>();
    private final List<byte[]> delivered = new ArrayList<>();
    private final List<Verdict> verdicts = new ArrayList<>();
    private int keepalives;
    private long unixNanos;
    private long now = SECOND;

    private final Node node = new Node("ours", entropy, () -> unixNanos, (_, _, datagram) -> sent.add(datagram), this);

    static List<Recording> handshakes() {
        return Recording.all("awg/handshakes.json");
    }

    static List<Recording> cookies() {
        return Recording.all("awg/cookies.json");
    }

    @AfterEach
    void closeNode() {
        node.close();
    }

    @Test
    void thereAreAsManyRecordingsAsThereWere() {
        assertThat(handshakes()).hasSize(13);
        assertThat(cookies()).hasSize(4);
    }

    @ParameterizedTest
    @MethodSource("handshakes")
    void takesTheRespondersPart(Recording recording) {
        play(recording, "responder");
    }

    @ParameterizedTest
    @MethodSource("handshakes")
    void takesTheInitiatorsPart(Recording recording) {
        play(recording, "initiator");
    }

    @ParameterizedTest
    @MethodSource("cookies")
    void takesTheInitiatorsPartAgainstAResponderUnderLoad(Recording recording) {
        play(recording, "initiator");
        assertThat(verdicts).containsExactly(Verdict.COOKIE_ACCEPTED, Verdict.RESPONSE_ACCEPTED);
    }

    @ParameterizedTest
    @MethodSource("cookies")
    void sealsTheRecordedCookieReply(Recording recording) {
        byte[] initiation = {};
        int replies = 0;
        try (CookieChecker checker = new CookieChecker(entropy);
                Secret secret = recording.secret("responder");
                LocalIdentity self = new LocalIdentity(secret)) {
            checker.setPublicKey(self.publicBytes());
            for (Part part : recording.parts()) {
                if (part.kind().equals("initiation")) {
                    initiation = part.bytes("message");
                } else if (part.kind().equals("cookie-reply")) {
                    byte[] reply = new byte[HandshakeMessage.CookieReply.LENGTH];
                    HandshakeMessage.putTypeWord(reply, (int) part.number("type_word"));
                    checker.sealReply(
                            initiation,
                            HandshakeMessage.Initiation.MAC1_OFFSET,
                            part.bytes("cookie"),
                            part.bytes("xnonce"),
                            reply);
                    assertThat(HEX.formatHex(reply)).isEqualTo(part.text("message"));
                    replies++;
                }
            }
        }
        assertThat(replies).isEqualTo(1);
    }

    private void play(Recording recording, String side) {
        boolean asInitiator = side.equals("initiator");
        Peer peer = setUp(recording, side);
        List<byte[]> expected = new ArrayList<>();
        int expectedKeepalives = 0;
        int transports = 0;
        for (Part part : recording.parts()) {
            boolean ours = part.isFromInitiator() == asInitiator;
            switch (part.kind()) {
                case "decoy" -> {
                    if (!ours) {
                        node.receive(part.bytes("datagram"), PATH, now);
                    }
                }
                case "initiation" -> {
                    now += 2 * SECOND;
                    unixNanos = part.unixNanos();
                    if (ours) {
                        script(part, MessageType.INITIATION, recording, side);
                        node.engine().requestHandshake(peer, now);
                        assertThat(lastMessage(MessageType.INITIATION, recording, side))
                                .isEqualTo(part.text("message"));
                    }
                }
                case "cookie-reply" -> node.receive(part.bytes("datagram"), PATH, now);
                case "response" -> {
                    if (ours) {
                        script(part, MessageType.RESPONSE, recording, side);
                        node.receive(lastInitiation(recording), PATH, now);
                        assertThat(lastMessage(MessageType.RESPONSE, recording, side))
                                .isEqualTo(part.text("message"));
                    } else {
                        node.receive(part.bytes("datagram"), PATH, now);
                    }
                }
                case "transport" -> {
                    if (ours) {
                        sealsAsRecorded(requireNonNull(peer.current()), part, recording);
                    } else {
                        node.receive(part.bytes("datagram"), PATH, now);
                        if (part.has("inner_index")) {
                            expected.add(recording.innerPacket((int) part.number("inner_index")));
                        } else {
                            expectedKeepalives++;
                        }
                    }
                    transports++;
                }
                default -> throw new IllegalStateException("unknown kind " + part.kind());
            }
        }
        assertThat(transports).isEqualTo(9);
        assertThat(keepalives).isEqualTo(expectedKeepalives);
        assertThat(delivered).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(delivered.get(i)).startsWith(expected.get(i));
        }
        assertThat(entropy.isUsedUp()).isTrue();
        assertThat(verdicts).last().extracting(Verdict::isAccepted).isEqualTo(true);
    }

    private Peer setUp(Recording recording, String side) {
        String otherSide = side.equals("initiator") ? "responder" : "initiator";
        node.setParameters(recording.parameters(side), now);
        PublicKey other;
        try (Secret secret = recording.secret(otherSide);
                LocalIdentity identity = new LocalIdentity(secret)) {
            other = identity.publicKey();
        }
        try (Secret secret = recording.secret(side);
                Secret presharedKey = recording.presharedKey()) {
            node.engine().setPrivateKey(secret, now);
            Peer peer = node.addPeer(other, Optional.of(presharedKey), PATH, now);
            node.engine().start(now);
            return peer;
        }
    }

    private void script(Part part, MessageType type, Recording recording, String side) {
        entropy.nextKey(part.bytes("ephemeral_private"));
        entropy.nextIndex((int) part.number("sender_index"));
        entropy.draw(recording.parameters(side).range(type.headerParameter()), part.number("type_word"));
    }

    private String lastMessage(MessageType type, Recording recording, String side) {
        byte[] datagram = sent.removeLast();
        // after a response the initiator goes on by itself
        while (datagram.length < type.length()) {
            datagram = sent.removeLast();
        }
        try (TransportCodec codec = new TransportCodec(recording.parameters(side))) {
            return HEX.formatHex(codec.unmask(type, datagram));
        }
    }

    private static byte[] lastInitiation(Recording recording) {
        return recording.parts().stream()
                .filter(part -> part.kind().equals("initiation"))
                .reduce((_, last) -> last)
                .orElseThrow()
                .bytes("datagram");
    }

    private static void sealsAsRecorded(Keypair keypair, Part part, Recording recording) {
        byte[] inner = part.has("inner_index") ? recording.innerPacket((int) part.number("inner_index")) : new byte[0];
        byte[] message = TransportCodec.seal(
                keypair.sealer(),
                (int) part.number("type_word"),
                keypair.remoteIndex(),
                part.number("counter"),
                inner,
                (int) part.number("zero_padding"));
        assertThat(HEX.formatHex(message)).isEqualTo(part.text("message"));
    }

    @Override
    public void delivered(Node to, Peer from, byte[] packet) {
        delivered.add(packet);
    }

    @Override
    public void keptAlive(Node to, Peer from) {
        keepalives++;
    }

    @Override
    public void handshakeMessage(Node to, Verdict verdict) {
        verdicts.add(verdict);
    }
}
