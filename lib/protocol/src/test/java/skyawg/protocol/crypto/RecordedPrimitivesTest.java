package skyawg.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static skyawg.protocol.vectors.Vectors.hex;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import skyawg.protocol.names.Secret;
import skyawg.protocol.vectors.Vectors;
import skyawg.protocol.wire.Memory;
import tools.jackson.databind.JsonNode;

/** Every primitive against what the reference program computed. */
final class RecordedPrimitivesTest {
    private static final HexFormat HEX = HexFormat.of();

    private final JsonNode recorded = Vectors.own("awg/primitives.json");
    private final OffHeap memory = new OffHeap();

    @AfterEach
    void freeMemory() {
        memory.close();
    }

    @Test
    void hashesAsRecorded() {
        Blake2s blake2s = new Blake2s();
        byte[] hash = new byte[32];
        int ran = 0;
        for (JsonNode vector : recorded.get("blake2s256")) {
            byte[] input = hex(vector, "input");
            blake2s.begin();
            blake2s.update(input, 0, input.length);
            blake2s.finish(hash, 0);
            assertThat(HEX.formatHex(hash)).isEqualTo(vector.get("blake2s256").asString());
            ran++;
        }
        assertThat(ran).isEqualTo(8);
    }

    @Test
    void startsTheTranscriptAsRecorded() {
        Blake2s blake2s = new Blake2s();
        byte[] construction = "Noise_IKpsk2_25519_ChaChaPoly_BLAKE2s".getBytes(StandardCharsets.US_ASCII);
        byte[] identifier = "WireGuard v1 zx2c4 Jason@zx2c4.com".getBytes(StandardCharsets.US_ASCII);
        byte[] chainKey = new byte[32];
        byte[] hash = new byte[32];
        blake2s.begin();
        blake2s.update(construction, 0, construction.length);
        blake2s.finish(chainKey, 0);
        blake2s.begin();
        blake2s.update(chainKey, 0, chainKey.length);
        blake2s.update(identifier, 0, identifier.length);
        blake2s.finish(hash, 0);
        assertThat(HEX.formatHex(chainKey))
                .isEqualTo(recorded.get("initial_chain_key").asString());
        assertThat(HEX.formatHex(hash)).isEqualTo(recorded.get("initial_hash").asString());
    }

    @Test
    void macsAsRecorded() {
        Blake2s blake2s = new Blake2s();
        byte[] mac = new byte[16];
        int ran = 0;
        for (JsonNode vector : recorded.get("keyed_mac16")) {
            byte[] key = hex(vector, "key");
            byte[] input = hex(vector, "input");
            String expected = vector.get("mac16").asString();
            blake2s.beginMac(key, 0, key.length);
            blake2s.update(input, 0, input.length);
            blake2s.finish(mac, 0);
            assertThat(HEX.formatHex(mac)).isEqualTo(expected);

            long out = memory.allocate(16);
            blake2s.beginMac(memory.put(key), key.length);
            blake2s.update(memory.put(input), input.length);
            blake2s.finish(out);
            assertThat(OffHeap.hex(out, 16)).isEqualTo(expected);
            ran++;
        }
        assertThat(ran).isEqualTo(16);
    }

    @Test
    void labelKeysAsRecorded() {
        Blake2s blake2s = new Blake2s();
        byte[] hash = new byte[32];
        int ran = 0;
        for (JsonNode vector : recorded.get("label_keys")) {
            byte[] publicKey = hex(vector, "public");
            for (String label : new String[] {"mac1", "cookie"}) {
                byte[] labelBytes =
                        (label.equals("mac1") ? "mac1----" : "cookie--").getBytes(StandardCharsets.US_ASCII);
                blake2s.begin();
                blake2s.update(labelBytes, 0, labelBytes.length);
                blake2s.update(publicKey, 0, publicKey.length);
                blake2s.finish(hash, 0);
                assertThat(HEX.formatHex(hash))
                        .isEqualTo(vector.get(label + "_key").asString());
                ran++;
            }
        }
        assertThat(ran).isEqualTo(6);
    }

    @Test
    void hmacsAsRecorded() {
        Kdf kdf = new Kdf();
        int ran = 0;
        for (JsonNode vector : recorded.get("hmac")) {
            byte[] input = hex(vector, "input");
            byte[] keyBytes = hex(vector, "key");
            long key = memory.put(keyBytes);
            long out = memory.allocate(32);
            String expected = vector.get("hmac").asString();
            kdf.hmac(key, keyBytes.length, input, 0, input.length, out);
            assertThat(OffHeap.hex(out, 32)).isEqualTo(expected);
            kdf.hmac(key, keyBytes.length, memory.put(input), input.length, out);
            assertThat(OffHeap.hex(out, 32)).isEqualTo(expected);
            ran++;
        }
        assertThat(ran).isEqualTo(13);
    }

    @Test
    void derivesKeysAsRecorded() {
        Kdf kdf = new Kdf();
        int ran = 0;
        for (JsonNode vector : recorded.get("kdf")) {
            byte[] input = hex(vector, "input");
            long key = memory.put(hex(vector, "key"));
            long offHeapInput = memory.put(input);
            long out = memory.allocate(96);
            kdf.kdf1(key, input, 0, input.length, out);
            assertThat(OffHeap.hex(out, 32)).isEqualTo(vector.get("kdf1").asString());
            kdf.kdf1(key, offHeapInput, input.length, out);
            assertThat(OffHeap.hex(out, 32)).isEqualTo(vector.get("kdf1").asString());
            kdf.kdf2(key, input, 0, input.length, out, out + 32);
            assertOutputs(out, vector.get("kdf2"));
            kdf.kdf2(key, offHeapInput, input.length, out, out + 32);
            assertOutputs(out, vector.get("kdf2"));
            kdf.kdf3(key, input, 0, input.length, out, out + 32, out + 64);
            assertOutputs(out, vector.get("kdf3"));
            kdf.kdf3(key, offHeapInput, input.length, key, out + 32, out + 64);
            Memory.copy(key, out, 32);
            assertOutputs(out, vector.get("kdf3"));
            ran++;
        }
        assertThat(ran).isEqualTo(8);
    }

    private static void assertOutputs(long out, JsonNode expected) {
        for (int i = 0; i < expected.size(); i++) {
            assertThat(OffHeap.hex(out + 32L * i, 32)).isEqualTo(expected.get(i).asString());
        }
    }

    @Test
    void agreesAsRecorded() {
        int ran = 0;
        for (JsonNode vector : recorded.get("x25519")) {
            byte[] publicKey = new byte[32];
            long shared = memory.allocate(32);
            for (String field : new String[] {"private", "private_unclamped"}) {
                try (Secret secret = Secret.owning(hex(vector, field));
                        DhKey key = DhKey.load(secret)) {
                    assertThat(X25519Keys.publicKey(secret).toHex())
                            .isEqualTo(vector.get("public").asString());
                    key.publicKey(publicKey);
                    assertThat(HEX.formatHex(publicKey))
                            .isEqualTo(vector.get("public").asString());
                    assertThat(key.agree(hex(vector, "peer_public"), 0, shared)).isTrue();
                    assertThat(OffHeap.hex(shared, 32))
                            .isEqualTo(vector.get("shared").asString());
                }
            }
            ran++;
        }
        assertThat(ran).isEqualTo(6);
    }

    @Test
    void refusesLowOrderPointsAsRecorded() {
        int ran = 0;
        for (JsonNode vector : recorded.get("x25519_low_order")) {
            assertThat(vector.get("rejected").asBoolean()).isTrue();
            long shared = memory.allocate(32);
            try (Secret secret = Secret.owning(hex(vector, "private"));
                    DhKey key = DhKey.load(secret)) {
                assertThat(key.agree(hex(vector, "peer_public"), 0, shared)).isFalse();
            }
            ran++;
        }
        assertThat(ran).isEqualTo(5);
    }

    @Test
    void streamsForHeaderProtectionAsRecorded() {
        int ran = 0;
        for (JsonNode vector : recorded.get("header_protection_keystream")) {
            long key = memory.put(hex(vector, "key"));
            long nonce = memory.put(hex(vector, "nonce"));
            long out = memory.allocate(192);
            String expected = vector.get("keystream160").asString();
            ChaCha20Block.keystream(key, nonce, out, 3);
            assertThat(OffHeap.hex(out, 160)).isEqualTo(expected);
            new ChaCha20Lanes().headers(key, nonce, 1, out);
            assertThat(OffHeap.hex(out, 16)).isEqualTo(expected.substring(0, 32));
            ran++;
        }
        assertThat(ran).isEqualTo(4);
    }

    @Test
    void sealsHandshakePayloadsAsRecorded() {
        ChaCha20Poly1305 cipher = new ChaCha20Poly1305();
        int ran = 0;
        for (JsonNode vector : recorded.get("aead")) {
            long key = memory.put(hex(vector, "key"));
            byte[] plaintext = hex(vector, "plaintext");
            byte[] additional = hex(vector, "aad");
            long counter = Memory.getLongLe(memory.put(hex(vector, "counter_hex_le")));
            byte[] sealed = new byte[plaintext.length + 16];
            cipher.seal(key, 0, counter, plaintext, 0, plaintext.length, additional, 0, additional.length, sealed, 0);
            assertThat(HEX.formatHex(sealed)).isEqualTo(vector.get("ciphertext").asString());
            byte[] opened = new byte[plaintext.length];
            assertThat(cipher.open(
                            key, 0, counter, sealed, 0, sealed.length, additional, 0, additional.length, opened, 0))
                    .isTrue();
            assertThat(opened).isEqualTo(plaintext);
            ran++;
        }
        assertThat(ran).isEqualTo(5);
    }

    @Test
    void sealsCookiesAsRecorded() {
        XChaCha20Poly1305 cipher = new XChaCha20Poly1305();
        int ran = 0;
        for (JsonNode vector : recorded.get("xaead")) {
            long key = memory.put(hex(vector, "key"));
            byte[] nonce = hex(vector, "nonce");
            byte[] plaintext = hex(vector, "plaintext");
            byte[] additional = hex(vector, "aad");
            byte[] sealed = new byte[plaintext.length + 16];
            cipher.seal(key, nonce, 0, plaintext, 0, plaintext.length, additional, 0, additional.length, sealed, 0);
            assertThat(HEX.formatHex(sealed)).isEqualTo(vector.get("ciphertext").asString());
            byte[] opened = new byte[plaintext.length];
            assertThat(cipher.open(
                            key, nonce, 0, sealed, 0, sealed.length, additional, 0, additional.length, opened, 0))
                    .isTrue();
            assertThat(opened).isEqualTo(plaintext);
            ran++;
        }
        assertThat(ran).isEqualTo(3);
    }
}
