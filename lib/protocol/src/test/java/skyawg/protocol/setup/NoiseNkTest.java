package skyawg.protocol.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static skyawg.protocol.vectors.Vectors.hex;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import skyawg.protocol.crypto.DhKey;
import skyawg.protocol.crypto.Hkdf;
import skyawg.protocol.crypto.OffHeap;
import skyawg.protocol.vectors.Vectors;
import tools.jackson.databind.JsonNode;

/** Our Noise_NK in both roles against vectors that others have published. */
final class NoiseNkTest {
    private static final String PROTOCOL = "Noise_NK_25519_ChaChaPoly_SHA256";

    @Test
    void agreesWithCacophony() throws GeneralSecurityException {
        assertThat(runAll("noise/cacophony_25519_ChaChaPoly_SHA256.json")).isEqualTo(1);
    }

    @Test
    void agreesWithSnow() throws GeneralSecurityException {
        assertThat(runAll("noise/snow_25519_ChaChaPoly_SHA256.json")).isEqualTo(1);
    }

    private static int runAll(String file) throws GeneralSecurityException {
        int ran = 0;
        for (JsonNode vector : Vectors.thirdParty(file).get("vectors")) {
            if (vector.get("protocol_name").asString().equals(PROTOCOL)) {
                run(vector);
                ran++;
            }
        }
        return ran;
    }

    private static void run(JsonNode vector) throws GeneralSecurityException {
        NoiseNk initiator = new NoiseNk();
        NoiseNk responder = new NoiseNk();
        try (DhKey initiatorEphemeral = RecordedHop.load(vector, "init_ephemeral");
                DhKey responderStatic = RecordedHop.load(vector, "resp_static");
                DhKey responderEphemeral = RecordedHop.load(vector, "resp_ephemeral")) {
            byte[] prologue = hex(vector, "init_prologue");
            byte[] known = hex(vector, "init_remote_static");
            byte[] first = publicKey(initiatorEphemeral);
            assertThat(initiator.agreeFirst(initiatorEphemeral, known, 0)).isTrue();
            initiator.beginTranscript(prologue, known, first, 0);
            assertThat(responder.agreeFirst(responderStatic, first, 0)).isTrue();
            responder.beginTranscript(prologue, publicKey(responderStatic), first, 0);
            pass(vector, 0, first, initiator, responder);

            byte[] second = publicKey(responderEphemeral);
            assertThat(responder.agreeSecond(second, 0, responderEphemeral, first, 0))
                    .isTrue();
            assertThat(initiator.agreeSecond(second, 0, initiatorEphemeral, second, 0))
                    .isTrue();
            pass(vector, 1, second, responder, initiator);
            assertThat(initiator.hash()).isEqualTo(responder.hash());
            if (vector.has("handshake_hash")) {
                assertThat(initiator.hash()).isEqualTo(hex(vector, "handshake_hash"));
            }
            checkTransport(vector, initiator);
        }
    }

    private static void pass(JsonNode vector, int number, byte[] ephemeral, NoiseNk writer, NoiseNk reader) {
        JsonNode message = vector.get("messages").get(number);
        byte[] payload = hex(message, "payload");
        byte[] sealed = new byte[payload.length + NoiseNk.TAG_LENGTH];
        writer.seal(payload, payload.length, sealed, 0);
        HexFormat format = HexFormat.of();
        assertThat(format.formatHex(ephemeral) + format.formatHex(sealed))
                .isEqualTo(message.get("ciphertext").asString());
        byte[] opened = new byte[payload.length];
        sealed[0] ^= 1;
        assertThat(reader.open(sealed, 0, sealed.length, opened))
                .as("a bit flipped")
                .isFalse();
        sealed[0] ^= 1;
        assertThat(reader.open(sealed, 0, sealed.length, opened)).isTrue();
        assertThat(opened).isEqualTo(payload);
    }

    /** Noise's Split, with a cipher that is not ours. */
    private static void checkTransport(JsonNode vector, NoiseNk party) throws GeneralSecurityException {
        JsonNode messages = vector.get("messages");
        assertThat(messages.size()).isGreaterThan(2);
        try (OffHeap memory = new OffHeap()) {
            long keys = memory.allocate(64);
            Hkdf hkdf = new Hkdf();
            hkdf.extract(party.chainKey(), 32, keys, 0, keys);
            hkdf.expand(keys, keys, 64);
            int[] sent = new int[2];
            for (int i = 2; i < messages.size(); i++) {
                int direction = i % 2;
                byte[] nonce = new byte[12];
                nonce[4] = (byte) sent[direction]++;
                Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
                byte[] key = OffHeap.get(keys + 32L * direction, 32);
                cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "ChaCha20"), new IvParameterSpec(nonce));
                assertThat(cipher.doFinal(hex(messages.get(i), "payload")))
                        .isEqualTo(hex(messages.get(i), "ciphertext"));
            }
        }
    }

    private static byte[] publicKey(DhKey key) {
        byte[] bytes = new byte[DhKey.LENGTH];
        key.publicKey(bytes);
        return bytes;
    }
}
