package skyawg.protocol.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static skyawg.protocol.vectors.Vectors.hex;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skyawg.protocol.crypto.KeyVault;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.names.Secret;
import skyawg.protocol.noise.Capture.Datagram;
import skyawg.protocol.noise.HandshakeMessage.Initiation;
import skyawg.protocol.noise.HandshakeMessage.Response;
import skyawg.protocol.obfuscation.MessageType;
import skyawg.protocol.obfuscation.ParameterSet;
import skyawg.protocol.simulation.Node;
import skyawg.protocol.simulation.Observer;
import skyawg.protocol.simulation.TransportCodec;
import skyawg.protocol.vectors.Vectors;
import skyawg.protocol.wire.UdpPath;
import tools.jackson.databind.JsonNode;

/**
 * Takes either side of captures between two reference daemons: with the daemon's ephemeral key our node sends its
 * messages byte for byte, and every data message of the other daemon opens.
 */
final class RecordedCapturesTest implements Observer {
    private static final int INITIATOR_PORT = 51830;
    private static final UdpPath PATH = UdpPath.to(IpAddress.parse("192.0.2.1"), 0, 51820);
    private static final long NOW = 100 * Constants.NANOS_PER_SECOND;

    private final ScriptedEntropy entropy = new ScriptedEntropy();
    private final List<byte[]> sent = new ArrayList<>();
    private int delivered;
    private int keepalives;
    private long unixNanos;
    private final Node node = new Node("ours", entropy, () -> unixNanos, (_, _, datagram) -> sent.add(datagram), this);

    @AfterEach
    void closeNode() {
        node.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"vanilla", "awg-1.0", "awg-1.5", "awg-2.0", "awg-3.0", "awg-3.1"})
    void takesTheRespondersPart(String name) throws IOException {
        Scene scene = new Scene(name);
        scene.setUp("responder");
        byte[] response = scene.message(MessageType.RESPONSE);
        script(scene, "responder", MessageType.RESPONSE, response, Response.SENDER_OFFSET);
        for (Datagram datagram : scene.datagrams) {
            if (datagram.sourcePort() == INITIATOR_PORT) {
                node.receive(datagram.payload(), PATH, NOW);
            }
        }
        assertThat(scene.unmask(MessageType.RESPONSE, sent.getFirst())).isEqualTo(response);
        scene.assertEverythingOpened(INITIATOR_PORT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"vanilla", "awg-1.0", "awg-1.5", "awg-2.0", "awg-3.0", "awg-3.1"})
    void takesTheInitiatorsPart(String name) throws IOException {
        Scene scene = new Scene(name);
        Peer peer = scene.setUp("initiator");
        byte[] initiation = scene.message(MessageType.INITIATION);
        unixNanos = scene.timestamp(initiation);
        script(scene, "initiator", MessageType.INITIATION, initiation, Initiation.SENDER_OFFSET);
        node.engine().requestHandshake(peer, NOW);
        assertThat(scene.unmask(MessageType.INITIATION, sent.getLast())).isEqualTo(initiation);
        for (Datagram datagram : scene.datagrams) {
            if (datagram.sourcePort() != INITIATOR_PORT) {
                node.receive(datagram.payload(), PATH, NOW);
            }
        }
        scene.assertEverythingOpened(INITIATOR_PORT + 1);
    }

    private void script(Scene scene, String side, MessageType type, byte[] message, int senderOffset) {
        entropy.nextKey(scene.ephemeral(side));
        entropy.nextIndex(HandshakeMessage.index(message, senderOffset));
        long typeWord = HandshakeMessage.index(message, HandshakeMessage.TYPE_OFFSET) & 0xffff_ffffL;
        entropy.draw(scene.parameters(side).range(type.headerParameter()), typeWord);
    }

    /** A capture with the keys that go with it. */
    private final class Scene {
        private final JsonNode json;
        private final List<Datagram> datagrams;

        private Scene(String name) throws IOException {
            json = Vectors.own("awg/pcap/" + name + ".json");
            datagrams = Capture.read(Vectors.ownFile("awg/pcap/" + name + ".pcap"));
        }

        private ParameterSet parameters(String side) {
            return Recording.parameters(json, side);
        }

        private Peer setUp(String side) {
            String otherSide = side.equals("initiator") ? "responder" : "initiator";
            node.setParameters(parameters(side), NOW);
            try (Secret secret = Secret.owning(hex(json.get(side), "static_private"));
                    Secret presharedKey = Secret.owning(hex(json, "preshared_key"))) {
                node.engine().setPrivateKey(secret, NOW);
                PublicKey other = PublicKey.of(hex(json.get(otherSide), "static_public"));
                Peer peer = node.addPeer(other, Optional.of(presharedKey), PATH, NOW);
                node.engine().start(NOW);
                return peer;
            }
        }

        private byte[] ephemeral(String side) {
            for (JsonNode ephemeral : json.get("ephemerals")) {
                if (ephemeral.get("side").asString().equals(side)) {
                    return hex(ephemeral, "private");
                }
            }
            throw new IllegalStateException("no ephemeral key of the " + side);
        }

        /** The one message of this type, found by the sender's ephemeral public key in it. */
        private byte[] message(MessageType type) {
            boolean isInitiation = type == MessageType.INITIATION;
            byte[] key = new byte[0];
            for (JsonNode ephemeral : json.get("ephemerals")) {
                if (ephemeral.get("side").asString().equals(isInitiation ? "initiator" : "responder")) {
                    key = hex(ephemeral, "public");
                    break;
                }
            }
            int offset = isInitiation ? Initiation.EPHEMERAL_OFFSET : Response.EPHEMERAL_OFFSET;
            for (Datagram datagram : datagrams) {
                int padding = parameters("responder").number(type.paddingParameter());
                if (datagram.payload().length >= padding + type.length()) {
                    byte[] message = unmask(type, datagram.payload());
                    if (Arrays.equals(message, offset, offset + key.length, key, 0, key.length)) {
                        return message;
                    }
                }
            }
            throw new IllegalStateException("no " + type + " in the capture");
        }

        private byte[] unmask(MessageType type, byte[] datagram) {
            try (TransportCodec codec = new TransportCodec(parameters("responder"))) {
                return codec.unmask(type, datagram);
            }
        }

        private long timestamp(byte[] initiation) {
            long shared = KeyVault.allocate();
            try (Secret secret = Secret.owning(hex(json.get("responder"), "static_private"));
                    LocalIdentity responder = new LocalIdentity(secret);
                    IkPsk2 handshake = new IkPsk2()) {
                assertThat(handshake.readInitiation(initiation, responder)).isTrue();
                assertThat(responder.privateKey().agree(handshake.remoteStatic(), 0, shared))
                        .isTrue();
                assertThat(handshake.readTimestamp(initiation, shared)).isTrue();
                return Recording.unixNanos(handshake.timestamp());
            } finally {
                KeyVault.release(shared);
            }
        }

        /** All that the other daemon sent but decoys and its handshake message. */
        private void assertEverythingOpened(int port) {
            long theirs =
                    datagrams.stream().filter(one -> one.sourcePort() == port).count();
            ParameterSet set = parameters("initiator");
            int decoys = 0;
            if (port == INITIATOR_PORT) {
                try (TransportCodec codec = new TransportCodec(set)) {
                    decoys = codec.decoyCount();
                }
            }
            assertThat(delivered).isGreaterThan(5);
            assertThat(delivered + keepalives).isEqualTo((int) theirs - 1 - decoys);
            assertThat(entropy.isUsedUp()).isTrue();
        }
    }

    @Override
    public void delivered(Node to, Peer from, byte[] packet) {
        delivered++;
    }

    @Override
    public void keptAlive(Node to, Peer from) {
        keepalives++;
    }
}
