package skyawg.control.uapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import skyawg.protocol.campaign.Campaign;
import skyawg.protocol.tunnel.InterfaceSnapshot;
import skyawg.protocol.tunnel.InterfaceUpdate;

/** What is written is read back as it was, by our own readers; others' are tried with their own programs. */
class UapiRoundTripTest {
    @Test
    void readsWhatItWritesOfUpdates() {
        Campaign.run("UAPI updates, there and back", 20_000, seed -> {
            InterfaceUpdate update = new GeneratedTunnels(seed).update();
            String text = UapiText.of(update);
            assertThat(text).startsWith("set=1\n").endsWith("\n\n");
            try {
                InterfaceUpdate read =
                        UapiText.readUpdate(text.substring("set=1\n".length()).getBytes(StandardCharsets.UTF_8));
                assertThat(read).isEqualTo(update);
            } catch (UapiException | IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void readsWhatItWritesOfSnapshots() {
        Campaign.run("UAPI snapshots, there and back", 20_000, seed -> {
            InterfaceSnapshot snapshot = new GeneratedTunnels(seed).snapshot("t0");
            String text = UapiText.of(snapshot);
            try {
                InterfaceSnapshot read =
                        UapiText.readSnapshot((text + "errno=0\n\n").getBytes(StandardCharsets.UTF_8), "t0");
                assertThat(read.privateKey()).isEqualTo(snapshot.privateKey());
                assertThat(read.listenPort()).isEqualTo(snapshot.listenPort());
                assertThat(read.fwmark()).isEqualTo(snapshot.fwmark());
                assertThat(read.peers()).isEqualTo(snapshot.peers());
                assertThat(UapiText.of(read)).isEqualTo(text);
            } catch (UapiException | IOException e) {
                throw new AssertionError(e);
            }
        });
    }
}
