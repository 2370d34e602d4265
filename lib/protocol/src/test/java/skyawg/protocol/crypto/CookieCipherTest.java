package skyawg.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static skyawg.protocol.vectors.Vectors.hex;

import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import skyawg.protocol.vectors.Vectors;
import tools.jackson.databind.JsonNode;

/** XChaCha20-Poly1305 against Wycheproof. */
final class CookieCipherTest {
    private static final int ONLY_LEGAL_NONCE_BITS = 192;

    private final OffHeap memory = new OffHeap();
    private final XChaCha20Poly1305 cipher = new XChaCha20Poly1305();

    @AfterEach
    void freeMemory() {
        memory.close();
    }

    @Test
    void agreesWithWycheproof() {
        JsonNode file = Vectors.thirdParty("wycheproof/xchacha20_poly1305_test.json");
        int ran = 0;
        int illegalNonces = 0;
        for (JsonNode group : file.get("testGroups")) {
            for (JsonNode vector : group.get("tests")) {
                ran++;
                if (group.get("ivSize").asInt() != ONLY_LEGAL_NONCE_BITS) {
                    assertThat(vector.get("result").asString()).isEqualTo("invalid");
                    illegalNonces++;
                } else {
                    check(vector);
                }
            }
        }
        assertThat(ran).isEqualTo(file.get("numberOfTests").asInt()).isEqualTo(315);
        assertThat(illegalNonces).isEqualTo(9);
    }

    private void check(JsonNode vector) {
        String which = vector.get("tcId") + " " + vector.get("comment");
        long key = memory.put(hex(vector, "key"));
        byte[] nonce = hex(vector, "iv");
        byte[] additional = hex(vector, "aad");
        byte[] plaintext = hex(vector, "msg");
        byte[] ciphertext = hex(vector, "ct");
        byte[] tag = hex(vector, "tag");
        byte[] sealed = Arrays.copyOf(ciphertext, ciphertext.length + tag.length);
        System.arraycopy(tag, 0, sealed, ciphertext.length, tag.length);
        byte[] opened = new byte[plaintext.length];
        boolean genuine =
                cipher.open(key, nonce, 0, sealed, 0, sealed.length, additional, 0, additional.length, opened, 0);
        switch (vector.get("result").asString()) {
            case "valid" -> {
                assertThat(genuine).as(which).isTrue();
                assertThat(opened).as(which).isEqualTo(plaintext);
                byte[] again = new byte[sealed.length];
                cipher.seal(key, nonce, 0, plaintext, 0, plaintext.length, additional, 0, additional.length, again, 0);
                assertThat(again).as(which).isEqualTo(sealed);
            }
            case "invalid" -> {
                assertThat(genuine).as(which).isFalse();
                assertThat(opened).as("nothing is written").isEqualTo(new byte[plaintext.length]);
            }
            default -> throw new AssertionError("unknown result: " + which);
        }
    }
}
