package skyawg.control.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import skyawg.control.uapi.Mutator;
import skyawg.protocol.campaign.Campaign;

/** What is written reads back, and a damaged file is read or refused in words; nothing else happens. */
class MeshConfigFuzzTest {
    private static final int VARIANTS = 50;

    @Test
    void whatIsWrittenReadsBackAsTheSame() {
        Campaign.run("written mesh.conf files", 20_000, seed -> {
            try (MeshConfig config = new GeneratedMesh(seed).config();
                    MeshConfig back = MeshConfigReader.read(MeshConfigWriter.write(config), "m", file -> "")) {
                assertThat(back).isEqualTo(config);
            } catch (MeshConfigException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void refusesOrReadsDamagedFiles() {
        int[] read = new int[1];
        int[] refused = new int[1];
        Campaign.run("damaged mesh.conf files, in lots of " + VARIANTS, 200_000 / VARIANTS, seed -> {
            byte[] text;
            String[] secrets;
            try (MeshConfig config = new GeneratedMesh(seed).config()) {
                text = MeshConfigWriter.write(config).getBytes(StandardCharsets.UTF_8);
                secrets = new String[] {config.privateKey().key().revealBase64()};
            }
            Mutator mutator = new Mutator(new Random(seed));
            for (int i = 0; i < VARIANTS; i++) {
                String damaged = new String(mutator.damage(text), StandardCharsets.UTF_8);
                int[] count = isRead(damaged, secrets) ? read : refused;
                count[0]++;
            }
        });
        assertThat(read[0]).as("some damage is harmless").isPositive();
        assertThat(refused[0]).as("most is not").isGreaterThan(read[0] / 10);
    }

    private static boolean isRead(String text, String... secrets) {
        try (MeshConfig config = MeshConfigReader.read(text, "mesh.conf", file -> {
            throw new IOException("not here");
        })) {
            return !config.privateKey().key().isZero();
        } catch (MeshConfigException e) {
            assertThat(e.text()).startsWith("mesh.conf:").doesNotContain(secrets);
            return false;
        }
    }
}
