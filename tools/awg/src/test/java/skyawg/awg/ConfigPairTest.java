package skyawg.awg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import skyawg.control.config.ConfigReader;
import skyawg.control.config.ParsedConfig;
import skyawg.control.config.SystemResolver;
import skyawg.protocol.crypto.SeededEntropy;
import skyawg.protocol.crypto.X25519Keys;
import skyawg.protocol.obfuscation.ObfuscationLevel;
import skyawg.protocol.obfuscation.Parameter;
import skyawg.protocol.obfuscation.ParameterRules;
import skyawg.protocol.obfuscation.ParameterSet;
import skyawg.protocol.tunnel.InterfaceUpdate;
import skyawg.protocol.tunnel.PeerUpdate;

class ConfigPairTest {
    private static final int SEEDS = 300;

    private final List<String> warnings = new ArrayList<>();

    /** As {@code awg-quick strip} would. */
    private ParsedConfig read(String text) throws Exception {
        String stripped = text.replaceAll("(?m)^(Address|MTU|DNS) = .*\n", "");
        return ConfigReader.read(
                new StringReader(stripped), new SystemResolver(Map.of(), warnings::add), warnings::add);
    }

    @ParameterizedTest
    @EnumSource(ObfuscationLevel.class)
    void fitsTogetherAndKeepsTheRulesForEverySeed(ObfuscationLevel level) throws Exception {
        Set<String> texts = new HashSet<>();
        Set<ParameterSet> decoys = new HashSet<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            String[] words = {"--level", level.word(), "--endpoint", "192.0.2.1"};
            try (GenConfRequest request = GenConfRequest.parse(words);
                    ConfigPair pair = ConfigPair.draw(request, new SeededEntropy(seed));
                    ParsedConfig gateway = read(pair.text(ConfigPair.End.GATEWAY));
                    ParsedConfig client = read(pair.text(ConfigPair.End.CLIENT))) {
                assertFit(gateway.update(), client.update());
                for (ParsedConfig end : List.of(gateway, client)) {
                    ParameterSet set = ParameterSet.DEFAULTS.with(end.update().parameters());
                    assertThat(ParameterRules.check(set)).as("seed %d", seed).isEmpty();
                    decoys.add(set);
                }
                assertThat(gateway.update().listenPort()).hasValue(pair.port());
                texts.add(pair.text(ConfigPair.End.CLIENT));
            }
        }
        assertThat(warnings).isEmpty();
        assertThat(texts).hasSize(SEEDS);
        if (level != ObfuscationLevel.PLAIN) {
            assertThat(decoys).as("sets, one for each end").hasSize(2 * SEEDS);
        }
    }

    private static void assertFit(InterfaceUpdate gateway, InterfaceUpdate client) {
        for (Parameter parameter : Parameter.values()) {
            if (ConfigPair.SHARED.contains(parameter)) {
                assertThat(gateway.parameters().get(parameter))
                        .as(parameter.configKey())
                        .isEqualTo(client.parameters().get(parameter));
            }
        }
        PeerUpdate clientAsSeen = gateway.peers().getFirst();
        PeerUpdate gatewayAsSeen = client.peers().getFirst();
        assertThat(clientAsSeen.publicKey())
                .isEqualTo(X25519Keys.publicKey(client.privateKey().orElseThrow()));
        assertThat(gatewayAsSeen.publicKey())
                .isEqualTo(X25519Keys.publicKey(gateway.privateKey().orElseThrow()));
        assertThat(clientAsSeen.presharedKey()).isPresent().isEqualTo(gatewayAsSeen.presharedKey());
        assertThat(gatewayAsSeen.endpoint().orElseThrow().port())
                .isEqualTo(gateway.listenPort().orElseThrow());
    }
}
