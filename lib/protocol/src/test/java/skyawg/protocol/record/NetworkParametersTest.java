package skyawg.protocol.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skyawg.protocol.crypto.KeyVault;
import skyawg.protocol.names.Secret;
import skyawg.protocol.obfuscation.Parameter;
import skyawg.protocol.obfuscation.ParameterSet;
import skyawg.protocol.obfuscation.TimingParameters;
import skyawg.protocol.vectors.Vectors;
import tools.jackson.databind.JsonNode;

final class NetworkParametersTest {
    private static final int[] S = {0, 1, 2, 3};

    private static ParameterSet deviceParameters(NetworkParameters network) {
        return ParameterSet.DEFAULTS.with(network.deviceParameters());
    }

    @Test
    void agreesWithEveryVector() {
        int cases = 0;
        for (JsonNode vector : Vectors.own("mesh/network.json").get("cases")) {
            JsonNode in = vector.get("in");
            JsonNode out = vector.get("out");
            try (NetworkParameters network = derive(in.get("name").asString(), Vectors.hex(in, "secret"))) {
                assertThat(network.headerProtectionKey().revealHex())
                        .isEqualTo(out.get("header_protection_key").asString());
                assertThat(network.presharedKey().revealHex())
                        .isEqualTo(out.get("preshared_key").asString());
                assertThat(network.id()).hasToString(out.get("network_id").asString());
                ParameterSet set = deviceParameters(network);
                Parameter[] prefixes = {Parameter.S1, Parameter.S2, Parameter.S3, Parameter.S4};
                Parameter[] types = {Parameter.H1, Parameter.H2, Parameter.H3, Parameter.H4};
                for (int i : S) {
                    assertThat(set.number(prefixes[i]))
                            .isEqualTo(out.get("S").get(i).asInt());
                    assertThat(set.range(types[i]).isSingle()).isTrue();
                    assertThat(set.number(types[i]))
                            .isEqualTo(out.get("H").get(i).asInt());
                }
                assertThat(set.headerProtectionKey()).isEqualTo(network.headerProtectionKey());
            }
            cases++;
        }
        assertThat(cases).isEqualTo(5);
    }

    @Test
    void deviceHasWhatTheMeshNeedsBesideTheNetwork() {
        try (NetworkParameters open = derive("sky", new byte[0]);
                NetworkParameters closed = derive("sky", new byte[Secret.LENGTH])) {
            assertThat(open.isPublic()).isTrue();
            assertThat(deviceParameters(open).isOn(Parameter.DISABLE_COOKIES)).isFalse();
            assertThat(deviceParameters(closed).isOn(Parameter.DISABLE_COOKIES)).isTrue();
            assertThat(deviceParameters(open).isOn(Parameter.RANDOM_TRAILERS)).isTrue();
            assertThat(deviceParameters(open).number(Parameter.JC)).isZero();
            assertThat(deviceParameters(open).isDefault(Parameter.CONTENT_PADDING_ADDITION))
                    .isTrue();
            assertThat(TimingParameters.of(deviceParameters(open)).rekeyTimeout())
                    .hasToString("1-2");
        }
    }

    /**
     * A guess is what an all-zero secret would be: the same keys as no secret at all, so it is told apart by the flag.
     */
    @Test
    void zeroSecretIsThePublicNetwork() {
        try (NetworkParameters open = derive("sky", new byte[0]);
                NetworkParameters zero = derive("sky", new byte[Secret.LENGTH])) {
            assertThat(zero.presharedKey()).isEqualTo(open.presharedKey());
        }
    }

    @Test
    void closingWipesBothKeysAndNothingStaysInTheVault() {
        long before = KeyVault.liveCells();
        NetworkParameters network = derive("sky", new byte[0]);
        assertThat(network.toString()).doesNotContain(network.presharedKey().revealHex());
        network.close();
        assertThat(network.presharedKey().isZero()).isTrue();
        assertThat(network.headerProtectionKey().isZero()).isTrue();
        assertThat(KeyVault.liveCells()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Sky", "sky net", "sky_1", "schön", "sky\n"})
    void refusesOtherCharactersInAName(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MeshName(text))
                .withMessageContaining("a mesh name");
    }

    @Test
    void nameHasAtMost63Characters() {
        assertThat(new MeshName("x".repeat(63)).text()).hasSize(63);
        assertThatIllegalArgumentException().isThrownBy(() -> new MeshName("x".repeat(64)));
    }

    private static NetworkParameters derive(String name, byte[] secretBytes) {
        if (secretBytes.length == 0) {
            return NetworkParameters.derive(new MeshName(name), noSecret());
        }
        try (Secret secret = Secret.owning(secretBytes)) {
            return NetworkParameters.derive(new MeshName(name), secret);
        }
    }

    private static @Nullable Secret noSecret() {
        return null;
    }
}
