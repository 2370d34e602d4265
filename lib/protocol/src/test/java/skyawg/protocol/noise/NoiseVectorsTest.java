package skyawg.protocol.noise;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import skyawg.protocol.crypto.DhKey;
import skyawg.protocol.crypto.KeyVault;
import skyawg.protocol.names.Secret;
import skyawg.protocol.vectors.Vectors;
import tools.jackson.databind.JsonNode;

/** C2: our symmetric state through every pattern that others have published vectors for, message by message. */
final class NoiseVectorsTest {
    private static final HexFormat HEX = HexFormat.of();

    /** Premessages (initiator's, responder's), then messages; psk tokens are added by the pattern's modifiers. */
    private static final Map<String, String> PATTERNS = Map.of(
            "NN", "||e|e ee",
            "NK", "|s|e es|e ee",
            "KK", "s|s|e es ss|e ee se",
            "XK", "|s|e es|e ee|s se",
            "IK", "|s|e es s ss|e ee se",
            "XX", "||e|e ee s es|s se",
            "IX", "||e s|e ee se s es");

    /**
     * A vector, whichever of the two formats it comes in.
     *
     * @param isTurnKept whether the messages after the handshake go on in turn; otherwise the initiator begins anew
     */
    private record Vector(
            String protocol,
            String prologue,
            @Nullable String initiatorStatic,
            @Nullable String responderStatic,
            String initiatorEphemeral,
            String responderEphemeral,
            List<String> presharedKeys,
            List<String> payloads,
            List<String> ciphertexts,
            @Nullable String handshakeHash,
            boolean isTurnKept) {}

    @Test
    void agreesWithCacophony() throws GeneralSecurityException {
        assertThat(runAll(messagesAsArray("noise/cacophony_25519_ChaChaPoly_BLAKE2s.json")))
                .isEqualTo(13);
    }

    @Test
    void agreesWithSnow() throws GeneralSecurityException {
        assertThat(runAll(messagesAsArray("noise/snow_25519_ChaChaPoly_BLAKE2s.json")))
                .isEqualTo(8);
    }

    @Test
    void agreesWithFlynn() throws GeneralSecurityException {
        List<Vector> vectors = new ArrayList<>();
        for (JsonNode json :
                Vectors.thirdParty("noise/flynn_25519_ChaChaPoly_BLAKE2s.json").get("vectors")) {
            List<String> payloads = new ArrayList<>();
            List<String> ciphertexts = new ArrayList<>();
            for (int i = 0; json.has("msg_" + i + "_ciphertext"); i++) {
                payloads.add(json.get("msg_" + i + "_payload").asString());
                ciphertexts.add(json.get("msg_" + i + "_ciphertext").asString());
            }
            String presharedKey = text(json, "preshared_key");
            vectors.add(new Vector(
                    json.get("handshake").asString(),
                    json.has("prologue") ? json.get("prologue").asString() : "",
                    text(json, "init_static"),
                    text(json, "resp_static"),
                    json.get("gen_init_ephemeral").asString(),
                    json.get("gen_resp_ephemeral").asString(),
                    presharedKey == null ? List.of() : List.of(presharedKey),
                    payloads,
                    ciphertexts,
                    null,
                    false));
        }
        assertThat(runAll(vectors)).isEqualTo(52);
    }

    private static List<Vector> messagesAsArray(String file) {
        List<Vector> vectors = new ArrayList<>();
        for (JsonNode json : Vectors.thirdParty(file).get("vectors")) {
            List<String> presharedKeys = new ArrayList<>();
            if (json.has("init_psks")) {
                json.get("init_psks").forEach(key -> presharedKeys.add(key.asString()));
            }
            List<String> payloads = new ArrayList<>();
            List<String> ciphertexts = new ArrayList<>();
            for (JsonNode message : json.get("messages")) {
                payloads.add(message.get("payload").asString());
                ciphertexts.add(message.get("ciphertext").asString());
            }
            vectors.add(new Vector(
                    json.get("protocol_name").asString(),
                    json.get("init_prologue").asString(),
                    text(json, "init_static"),
                    text(json, "resp_static"),
                    json.get("init_ephemeral").asString(),
                    json.get("resp_ephemeral").asString(),
                    presharedKeys,
                    payloads,
                    ciphertexts,
                    text(json, "handshake_hash"),
                    true));
        }
        return vectors;
    }

    private static @Nullable String text(JsonNode json, String field) {
        return json.has(field) ? json.get(field).asString() : null;
    }

    private static int runAll(List<Vector> vectors) throws GeneralSecurityException {
        int ran = 0;
        for (Vector vector : vectors) {
            run(vector);
            ran++;
        }
        return ran;
    }

    private static void run(Vector vector) throws GeneralSecurityException {
        String name = vector.protocol.split("_", -1)[1];
        String base = name.substring(0, 2);
        String[] pattern = requireNonNull(PATTERNS.get(base)).split("\\|", -1);
        List<List<String>> messages = new ArrayList<>();
        for (int i = 2; i < pattern.length; i++) {
            messages.add(new ArrayList<>(List.of(pattern[i].split(" ", -1))));
        }
        for (String modifier :
                name.substring(2).isEmpty() ? new String[0] : name.substring(2).split("\\+", -1)) {
            int position = Integer.parseInt(modifier.substring("psk".length()));
            if (position == 0) {
                messages.getFirst().addFirst("psk");
            } else {
                messages.get(position - 1).addLast("psk");
            }
        }
        try (Keys initiatorStatic = new Keys(vector.initiatorStatic);
                Keys responderStatic = new Keys(vector.responderStatic);
                Keys initiatorEphemeral = new Keys(vector.initiatorEphemeral);
                Keys responderEphemeral = new Keys(vector.responderEphemeral);
                NoiseParty initiator = new NoiseParty(
                        true,
                        vector.protocol.getBytes(StandardCharsets.US_ASCII),
                        HEX.parseHex(vector.prologue),
                        initiatorStatic.key,
                        initiatorEphemeral.get(),
                        pattern[1].equals("s") ? responderStatic.publicKey() : new byte[0],
                        presharedKeys(vector));
                NoiseParty responder = new NoiseParty(
                        false,
                        vector.protocol.getBytes(StandardCharsets.US_ASCII),
                        HEX.parseHex(vector.prologue),
                        responderStatic.key,
                        responderEphemeral.get(),
                        pattern[0].equals("s") ? initiatorStatic.publicKey() : new byte[0],
                        presharedKeys(vector))) {
            for (NoiseParty party : List.of(initiator, responder)) {
                if (pattern[0].equals("s")) {
                    party.premix(initiatorStatic.publicKey());
                }
                if (pattern[1].equals("s")) {
                    party.premix(responderStatic.publicKey());
                }
            }
            talk(vector, messages, initiator, responder);
        }
    }

    private static void talk(Vector vector, List<List<String>> messages, NoiseParty initiator, NoiseParty responder)
            throws GeneralSecurityException {
        for (int i = 0; i < messages.size(); i++) {
            NoiseParty writer = i % 2 == 0 ? initiator : responder;
            NoiseParty reader = i % 2 == 0 ? responder : initiator;
            byte[] written = writer.write(messages.get(i), HEX.parseHex(vector.payloads.get(i)));
            assertThat(HEX.formatHex(written)).as(vector.protocol).isEqualTo(vector.ciphertexts.get(i));
            assertThat(HEX.formatHex(reader.read(messages.get(i), written)))
                    .as(vector.protocol)
                    .isEqualTo(vector.payloads.get(i));
        }
        assertThat(initiator.state().hash()).isEqualTo(responder.state().hash());
        if (vector.handshakeHash != null) {
            assertThat(HEX.formatHex(initiator.state().hash())).isEqualTo(vector.handshakeHash);
        }
        long first = KeyVault.allocate();
        long second = KeyVault.allocate();
        initiator.state().split(first, second);
        long[] nonces = new long[2];
        assertThat(vector.ciphertexts.size()).as("transport messages").isGreaterThan(messages.size());
        for (int i = messages.size(); i < vector.ciphertexts.size(); i++) {
            int direction = (vector.isTurnKept ? i : i - messages.size()) % 2;
            byte[] sealed = NoiseParty.transform(
                    Cipher.ENCRYPT_MODE,
                    direction == 0 ? first : second,
                    nonces[direction]++,
                    new byte[0],
                    HEX.parseHex(vector.payloads.get(i)));
            assertThat(HEX.formatHex(sealed)).as(vector.protocol).isEqualTo(vector.ciphertexts.get(i));
        }
        KeyVault.release(first);
        KeyVault.release(second);
    }

    private static List<byte[]> presharedKeys(Vector vector) {
        return vector.presharedKeys.stream().map(HEX::parseHex).toList();
    }

    /** A key of a vector, if it has it. */
    private static final class Keys implements AutoCloseable {
        private final @Nullable DhKey key;

        private Keys(@Nullable String hex) {
            if (hex == null) {
                key = null;
            } else {
                try (Secret secret = Secret.parseHex(hex)) {
                    key = DhKey.load(secret);
                }
            }
        }

        private DhKey get() {
            if (key == null) {
                throw new IllegalStateException("the vector lacks a key");
            }
            return key;
        }

        private byte[] publicKey() {
            return NoiseParty.publicKey(get());
        }

        @Override
        public void close() {
            if (key != null) {
                key.close();
            }
        }
    }
}
