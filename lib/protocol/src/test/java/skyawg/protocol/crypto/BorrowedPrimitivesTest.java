package skyawg.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static skyawg.protocol.vectors.Vectors.hex;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.macs.SipHash;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.Test;
import skyawg.protocol.vectors.Vectors;
import tools.jackson.databind.JsonNode;

/** Primitives that the JDK and Bouncy Castle offer and that are used as they come, against Wycheproof. */
final class BorrowedPrimitivesTest {
    @Test
    void hmacSha256OfTheJdk() throws GeneralSecurityException {
        JsonNode file = Vectors.thirdParty("wycheproof/hmac_sha256_test.json");
        int ran = 0;
        for (JsonNode group : file.get("testGroups")) {
            int tagLength = group.get("tagSize").asInt() / 8;
            for (JsonNode vector : group.get("tests")) {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(hex(vector, "key"), "HmacSHA256"));
                byte[] tag = Arrays.copyOf(mac.doFinal(hex(vector, "msg")), tagLength);
                assertResult(vector, Arrays.equals(tag, hex(vector, "tag")));
                ran++;
            }
        }
        assertThat(ran).isEqualTo(file.get("numberOfTests").asInt()).isEqualTo(174);
    }

    @Test
    void hkdfSha256OfTheJdk() throws GeneralSecurityException {
        JsonNode file = Vectors.thirdParty("wycheproof/hkdf_sha256_test.json");
        int ran = 0;
        for (JsonNode group : file.get("testGroups")) {
            for (JsonNode vector : group.get("tests")) {
                assertResult(vector, derivesAsListed(vector));
                ran++;
            }
        }
        assertThat(ran).isEqualTo(file.get("numberOfTests").asInt()).isEqualTo(86);
    }

    private static boolean derivesAsListed(JsonNode vector) throws GeneralSecurityException {
        HKDFParameterSpec.Builder extract = HKDFParameterSpec.ofExtract().addIKM(hex(vector, "ikm"));
        byte[] salt = hex(vector, "salt");
        if (salt.length > 0) {
            extract.addSalt(salt);
        }
        HKDFParameterSpec parameters =
                extract.thenExpand(hex(vector, "info"), vector.get("size").asInt());
        try {
            byte[] derived = KDF.getInstance("HKDF-SHA256").deriveData(parameters);
            return Arrays.equals(derived, hex(vector, "okm"));
        } catch (GeneralSecurityException tooLong) {
            assertThat(vector.get("flags").toString()).contains("SizeTooLarge");
            return false;
        }
    }

    @Test
    void ed25519OfBouncyCastle() {
        JsonNode file = Vectors.thirdParty("wycheproof/ed25519_test.json");
        int ran = 0;
        for (JsonNode group : file.get("testGroups")) {
            byte[] publicKey = hex(group.get("publicKey"), "pk");
            for (JsonNode vector : group.get("tests")) {
                byte[] message = hex(vector, "msg");
                byte[] signature = hex(vector, "sig");
                boolean verifies = signature.length == Ed25519.SIGNATURE_SIZE
                        && Ed25519.verify(signature, 0, publicKey, 0, message, 0, message.length);
                assertResult(vector, verifies);
                ran++;
            }
        }
        assertThat(ran).isEqualTo(file.get("numberOfTests").asInt()).isEqualTo(151);
    }

    @Test
    void sipHashOfBouncyCastle() {
        JsonNode file = Vectors.thirdParty("wycheproof/siphash_2_4_test.json");
        int ran = 0;
        for (JsonNode group : file.get("testGroups")) {
            for (JsonNode vector : group.get("tests")) {
                SipHash mac = new SipHash(2, 4);
                mac.init(new KeyParameter(hex(vector, "key")));
                byte[] message = hex(vector, "msg");
                mac.update(message, 0, message.length);
                byte[] tag = new byte[8];
                mac.doFinal(tag, 0);
                assertThat(HexFormat.of().formatHex(tag))
                        .isEqualTo(vector.get("tag").asString());
                ran++;
            }
        }
        assertThat(ran).isEqualTo(file.get("numberOfTests").asInt()).isEqualTo(40);
    }

    private static void assertResult(JsonNode vector, boolean accepted) {
        boolean expected = switch (vector.get("result").asString()) {
            case "valid" -> true;
            case "invalid" -> false;
            default -> throw new AssertionError("unknown result: " + vector);
        };
        assertThat(accepted)
                .as(vector.get("tcId") + " " + vector.get("comment"))
                .isEqualTo(expected);
    }
}
