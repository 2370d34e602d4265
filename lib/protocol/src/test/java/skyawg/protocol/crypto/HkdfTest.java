package skyawg.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static skyawg.protocol.vectors.Vectors.hex;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.junit.jupiter.api.Test;
import skyawg.protocol.vectors.Vectors;
import tools.jackson.databind.JsonNode;

/** HKDF-SHA256 against Wycheproof and Bouncy Castle. */
final class HkdfTest {
    private final Hkdf hkdf = new Hkdf();

    @Test
    void agreesWithWycheproof() {
        JsonNode file = Vectors.thirdParty("wycheproof/hkdf_sha256_test.json");
        int derived = 0;
        int refused = 0;
        for (JsonNode group : file.get("testGroups")) {
            for (JsonNode vector : group.get("tests")) {
                try (OffHeap memory = new OffHeap()) {
                    byte[] inputKey = hex(vector, "ikm");
                    int size = vector.get("size").asInt();
                    long out = memory.allocate(size);
                    long prk = memory.allocate(32);
                    hkdf.extract(hex(vector, "salt"), memory.put(inputKey), inputKey.length, prk);
                    if (vector.get("result").asString().equals("valid")) {
                        hkdf.expand(prk, hex(vector, "info"), out, size);
                        assertThat(OffHeap.hex(out, size))
                                .as("tcId " + vector.get("tcId"))
                                .isEqualTo(vector.get("okm").asString());
                        derived++;
                    } else {
                        assertThatIllegalArgumentException()
                                .isThrownBy(() -> hkdf.expand(prk, hex(vector, "info"), out, size));
                        refused++;
                    }
                }
            }
        }
        assertThat(derived).isEqualTo(83);
        assertThat(refused).isEqualTo(3);
    }

    @Property(tries = 300)
    void equalsBouncyCastle(
            @ForAll long seed,
            @ForAll @IntRange(max = 150) int saltLength,
            @ForAll @IntRange(max = 150) int inputLength,
            @ForAll @IntRange(max = 150) int infoLength,
            @ForAll @IntRange(min = 1, max = 200) int length) {
        Random random = new Random(seed);
        byte[] salt = bytes(random, saltLength);
        byte[] input = bytes(random, inputLength);
        byte[] info = bytes(random, infoLength);
        HKDFBytesGenerator oracle = new HKDFBytesGenerator(new SHA256Digest());
        oracle.init(new HKDFParameters(input, salt, info));
        byte[] expected = new byte[length];
        oracle.generateBytes(expected, 0, length);
        try (OffHeap memory = new OffHeap()) {
            long inputAt = memory.put(input);
            long saltAt = memory.put(salt);
            long prks = memory.allocate(96);
            long out = memory.allocate(length);
            hkdf.extract(salt, inputAt, inputLength, prks);
            hkdf.extract(saltAt, saltLength, inputAt, inputLength, prks + 32);
            hkdf.extract(saltAt, saltLength, input, 0, inputLength, prks + 64);
            assertThat(OffHeap.get(prks + 32, 32)).isEqualTo(OffHeap.get(prks, 32));
            assertThat(OffHeap.get(prks + 64, 32)).isEqualTo(OffHeap.get(prks, 32));
            hkdf.expand(prks, info, out, length);
            assertThat(OffHeap.get(out, length)).isEqualTo(expected);
            assertThat(OffHeap.get(saltAt, saltLength)).as("salt is kept").isEqualTo(salt);
        }
    }

    @Property(tries = 50)
    void outputsMayReplaceInputs(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] salt = bytes(random, 32);
        byte[] input = bytes(random, 32);
        try (OffHeap memory = new OffHeap()) {
            long expected = memory.allocate(96);
            hkdf.extract(memory.put(salt), 32, memory.put(input), 32, expected);
            hkdf.expand(expected, expected + 32, 64);
            long place = memory.allocate(64);
            long inputAt = memory.put(input);
            hkdf.extract(memory.put(salt), 32, inputAt, 32, inputAt);
            assertThat(OffHeap.get(inputAt, 32)).isEqualTo(OffHeap.get(expected, 32));
            hkdf.extract(memory.put(salt), 32, memory.put(input), 32, place);
            hkdf.expand(place, place, 64);
            assertThat(OffHeap.get(place, 64)).isEqualTo(OffHeap.get(expected + 32, 64));
        }
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
