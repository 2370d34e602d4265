package skyawg.protocol.crypto;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static skyawg.protocol.vectors.Vectors.hex;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import skyawg.protocol.vectors.PrescribedEntropy;
import skyawg.protocol.vectors.Vectors;
import tools.jackson.databind.JsonNode;

/** ML-KEM-768 as we use it, against Wycheproof and the recorded keys. */
final class MlKem768Test {
    private static final int EXPANDED_KEY_LENGTH = 2400;

    private final OffHeap memory = new OffHeap();

    @Test
    void decapsulatesAsWycheproof() {
        JsonNode file = Vectors.thirdParty("wycheproof/mlkem_768_test.json");
        int valid = 0;
        int refused = 0;
        int noWayIn = 0;
        long secret = memory.allocate(32);
        for (JsonNode group : file.get("testGroups")) {
            for (JsonNode vector : group.get("tests")) {
                byte[] seed = hex(vector, "seed");
                if (seed.length != 64) {
                    // Keys come from the generator alone: there is no way in for a seed of another length.
                    assertThat(vector.get("comment").asString()).startsWith("Private key too ");
                    noWayIn++;
                    continue;
                }
                if (vector.get("result").asString().equals("invalid")) {
                    assertThat(vector.get("comment").asString()).startsWith("Ciphertext too ");
                    try (MlKem768 key = generate(Arrays.copyOf(seed, 32), Arrays.copyOfRange(seed, 32, 64))) {
                        assertThat(key.decapsulate(hex(vector, "c"), secret)).isFalse();
                    }
                    refused++;
                    continue;
                }
                try (MlKem768 key = generate(Arrays.copyOf(seed, 32), Arrays.copyOfRange(seed, 32, 64))) {
                    assertThat(key.encapsulationKey()).isEqualTo(hex(vector, "ek"));
                    assertThat(key.decapsulate(hex(vector, "c"), secret)).isTrue();
                    assertThat(OffHeap.hex(secret, 32))
                            .isEqualTo(vector.get("K").asString());
                }
                valid++;
            }
        }
        assertThat(valid).isEqualTo(153);
        assertThat(refused).isEqualTo(20);
        assertThat(noWayIn).isEqualTo(20);
    }

    @Test
    void keepsTheRecordedPrivateKeysUntilClosed() {
        int keys = 0;
        for (JsonNode recorded : Vectors.own("mesh/kem.json").get("cases")) {
            JsonNode in = recorded.get("in");
            MlKem768 key = generate(hex(in, "keygen_d"), hex(in, "keygen_z"));
            long expanded = key.encodedEnd() - EXPANDED_KEY_LENGTH;
            assertThat(OffHeap.get(expanded, EXPANDED_KEY_LENGTH)).isEqualTo(hex(recorded.get("out"), "dk"));
            key.close();
            assertThat(OffHeap.get(expanded, EXPANDED_KEY_LENGTH)).containsOnly(0);
            assertThatIllegalStateException().isThrownBy(() -> key.decapsulate(new byte[1088], 0));
            keys++;
        }
        assertThat(keys).isEqualTo(2);
    }

    @Test
    void bothSidesAgreeOnASecret() {
        long secrets = memory.allocate(64);
        try (MlKem768 key = MlKem768.generate(new SeededEntropy(1))) {
            byte[] padded = new byte[4 + MlKem768.ENCAPSULATION_KEY_LENGTH];
            System.arraycopy(key.encapsulationKey(), 0, padded, 4, MlKem768.ENCAPSULATION_KEY_LENGTH);
            byte[] ciphertext = requireNonNull(MlKem768.encapsulate(new SeededEntropy(2), padded, 4, secrets));
            assertThat(ciphertext).hasSize(MlKem768.CIPHERTEXT_LENGTH);
            assertThat(key.decapsulate(ciphertext, secrets + 32)).isTrue();
            assertThat(OffHeap.get(secrets, 32)).isEqualTo(OffHeap.get(secrets + 32, 32));
        }
    }

    @Test
    void refusesCoefficientsBeyondTheModulus() {
        long secret = memory.allocate(32);
        byte[] good;
        try (MlKem768 key = MlKem768.generate(new SeededEntropy(1))) {
            good = key.encapsulationKey();
        }
        assertThat(MlKem768.encapsulate(new SeededEntropy(2), good, 0, secret)).isNotNull();
        for (int at : new int[] {0, 576, 1149}) {
            byte[] bad = good.clone();
            bad[at] = (byte) 0x01;
            bad[at + 1] = (byte) ((bad[at + 1] & 0xf0) | 0x0d);
            assertThat(MlKem768.encapsulate(new SeededEntropy(2), bad, 0, secret))
                    .as("coefficient 3329 at byte " + at)
                    .isNull();
        }
    }

    private static MlKem768 generate(byte[] d, byte[] z) {
        return MlKem768.generate(new PrescribedEntropy().thenBytes(d).thenBytes(z));
    }
}
