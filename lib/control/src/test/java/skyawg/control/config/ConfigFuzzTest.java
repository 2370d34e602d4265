package skyawg.control.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import skyawg.control.uapi.GeneratedTunnels;
import skyawg.control.uapi.Mutator;
import skyawg.protocol.campaign.Campaign;
import skyawg.protocol.names.Endpoint;

/** A damaged file is read or refused in words; nothing else happens. */
class ConfigFuzzTest {
    private static final int VARIANTS = 50;

    @Test
    void refusesOrReadsDamagedFiles() {
        int[] read = new int[1];
        int[] refused = new int[1];
        Campaign.run("damaged .conf files, in lots of " + VARIANTS, 2_000_000 / VARIANTS, seed -> {
            byte[] text = ConfigWriter.write(new GeneratedTunnels(seed).snapshot("t0"))
                    .getBytes(StandardCharsets.UTF_8);
            Mutator mutator = new Mutator(new Random(seed));
            for (int i = 0; i < VARIANTS; i++) {
                String damaged = new String(mutator.damage(text), StandardCharsets.UTF_8);
                int[] count = isRead(damaged) ? read : refused;
                count[0]++;
            }
        });
        assertThat(read[0]).as("some damage is harmless").isPositive();
        assertThat(refused[0]).as("most is not").isGreaterThan(read[0] / 10);
    }

    private static boolean isRead(String text) {
        try (ParsedConfig config = ConfigReader.read(new StringReader(text), ConfigFuzzTest::offline, warning -> {})) {
            assertThat(config.replacing().replacePeers()).isTrue();
            return true;
        } catch (ConfigException e) {
            return false;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Endpoint offline(String text) throws ConfigException {
        EndpointText split = EndpointText.split(text);
        try {
            return Endpoint.parse(text);
        } catch (IllegalArgumentException e) {
            throw ConfigException.parsing("unknown host " + split.host());
        }
    }
}
