package skyawg.protocol.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static skyawg.protocol.vectors.Vectors.hex;

import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import skyawg.protocol.crypto.DhKey;
import skyawg.protocol.crypto.KeyVault;
import skyawg.protocol.names.Secret;
import skyawg.protocol.noise.HandshakeMessage.Initiation;
import skyawg.protocol.noise.HandshakeMessage.Response;
import skyawg.protocol.vectors.Vectors;
import skyawg.protocol.wire.Memory;
import tools.jackson.databind.JsonNode;

/** One handshake with everything given, against every value that the reference computed on its way. */
final class IkPsk2Test {
    private static final HexFormat HEX = HexFormat.of();
    private static final long STAMP = 1_700_000_000L * Constants.NANOS_PER_SECOND + 0x3b00_0000;

    private final JsonNode recorded = Vectors.own("awg/handshake-steps.json");
    private final IkPsk2 handshake = new IkPsk2();
    private final LocalIdentity initiator = identity("initiator_static_private");
    private final LocalIdentity responder = identity("responder_static_private");
    private final long shared = KeyVault.allocate();
    private final long first = KeyVault.allocate();
    private final long second = KeyVault.allocate();

    @AfterEach
    void release() {
        handshake.close();
        initiator.close();
        responder.close();
        KeyVault.release(shared);
        KeyVault.release(first);
        KeyVault.release(second);
    }

    @Test
    void initiatorWritesTheRecordedInitiation() {
        byte[] message = writeInitiation(ephemeral("initiator_ephemeral_private"));
        assertThat(part(message, Initiation.EPHEMERAL_OFFSET, Initiation.MAC1_OFFSET))
                .isEqualTo(part(hex(recorded, "initiation"), Initiation.EPHEMERAL_OFFSET, Initiation.MAC1_OFFSET));
        assertStateIs("timestamp sealed");
    }

    @Test
    void responderReadsItAndWritesTheRecordedResponse() {
        byte[] response = readAndAnswer();
        assertThat(part(response, Response.EPHEMERAL_OFFSET, Response.MAC1_OFFSET))
                .isEqualTo(part(hex(recorded, "response"), Response.EPHEMERAL_OFFSET, Response.MAC1_OFFSET));
        assertStateIs("empty sealed");
        handshake.split(first, second);
        assertThat(hexAt(first)).isEqualTo(text("initiator_send_key"));
        assertThat(hexAt(second)).isEqualTo(text("initiator_receive_key"));
    }

    @Test
    void initiatorReadsTheRecordedResponse() {
        DhKey ephemeral = ephemeral("initiator_ephemeral_private");
        writeInitiation(ephemeral);
        try (PendingInitiation pending = handshake.pending(1, ephemeral)) {
            handshake.wipe();
            assertThat(handshake.readResponse(hex(recorded, "response"), pending, initiator, presharedKey()))
                    .isTrue();
        }
        assertStateIs("empty sealed");
        handshake.split(first, second);
        assertThat(hexAt(first)).isEqualTo(text("initiator_send_key"));
        assertThat(hexAt(second)).isEqualTo(text("initiator_receive_key"));
    }

    private void assertStateIs(String step) {
        for (JsonNode candidate : recorded.get("steps")) {
            if (candidate.get("step").asString().equals(step)) {
                assertThat(HEX.formatHex(handshake.state().hash()))
                        .isEqualTo(candidate.get("hash").asString());
                assertThat(hexAt(handshake.state().chainKey()))
                        .isEqualTo(candidate.get("chain_key").asString());
                return;
            }
        }
        throw new IllegalArgumentException("no step is recorded as " + step);
    }

    private byte[] writeInitiation(DhKey ephemeral) {
        assertThat(initiator.privateKey().agree(responder.publicBytes(), 0, shared))
                .isTrue();
        byte[] message = new byte[Initiation.LENGTH];
        assertThat(handshake.writeInitiation(message, initiator, responder.publicBytes(), shared, ephemeral, STAMP))
                .isTrue();
        return message;
    }

    private byte[] readAndAnswer() {
        assertThat(responder.privateKey().agree(initiator.publicBytes(), 0, shared))
                .isTrue();
        byte[] initiation = hex(recorded, "initiation");
        assertThat(handshake.readInitiation(initiation, responder)).isTrue();
        assertThat(handshake.remoteStatic()).isEqualTo(initiator.publicBytes());
        assertThat(handshake.readTimestamp(initiation, shared)).isTrue();
        assertThat(HEX.formatHex(handshake.timestamp())).isEqualTo(text("tai64n"));
        byte[] response = new byte[Response.LENGTH];
        try (DhKey ephemeral = ephemeral("responder_ephemeral_private")) {
            assertThat(handshake.writeResponse(response, ephemeral, presharedKey()))
                    .isTrue();
        }
        return response;
    }

    private long presharedKey() {
        Memory.copy(hex(recorded, "preshared_key"), 0, shared, KeyVault.KEY_LENGTH);
        return shared;
    }

    private LocalIdentity identity(String field) {
        try (Secret secret = Secret.owning(hex(recorded, field))) {
            return new LocalIdentity(secret);
        }
    }

    private DhKey ephemeral(String field) {
        try (Secret secret = Secret.owning(hex(recorded, field))) {
            return DhKey.load(secret);
        }
    }

    private String text(String field) {
        return recorded.get(field).asString();
    }

    private static String hexAt(long address) {
        byte[] bytes = new byte[KeyVault.KEY_LENGTH];
        Memory.copy(address, bytes, 0, bytes.length);
        return HEX.formatHex(bytes);
    }

    private static String part(byte[] message, int from, int to) {
        return HEX.formatHex(message, from, to);
    }
}
