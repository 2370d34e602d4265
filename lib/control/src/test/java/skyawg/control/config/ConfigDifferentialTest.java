package skyawg.control.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skyawg.control.uapi.StockTool;
import skyawg.control.uapi.TunnelInterface;
import skyawg.control.uapi.UapiDirectory;
import skyawg.control.uapi.UapiServer;
import skyawg.control.uapi.UapiText;
import skyawg.protocol.campaign.Campaign;
import skyawg.protocol.obfuscation.ParameterSet;
import skyawg.protocol.tunnel.InterfaceSnapshot;
import skyawg.protocol.tunnel.InterfaceUpdate;

/** Generated files, read by the real {@code awg setconf} and by us: the same update, or the same words. */
class ConfigDifferentialTest {
    @TempDir
    Path folder;

    @Test
    void readsWhatTheRealToolReads() throws Exception {
        StockTool awg = StockTool.awg();
        String name = StockTool.interfaceName("ctlc7");
        Recorder recorder = new Recorder(name);
        int[] applied = new int[1];
        try (UapiDirectory sockets = UapiDirectory.open();
                UapiServer server = sockets.serve(name, recorder, () -> {})) {
            assertThat(server.path()).exists();
            Campaign.run("files read by the real awg and by us", 2000, seed -> {
                String config = new GeneratedConfig(seed).text();
                try {
                    applied[0] += compare(awg, name, recorder, config) ? 1 : 0;
                } catch (IOException | InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
        }
        assertThat(applied[0]).as("files without a fault").isPositive();
    }

    private boolean compare(StockTool awg, String name, Recorder recorder, String config)
            throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("t.conf"), config);
        recorder.update = null;
        StockTool.Outcome theirs =
                awg.run(Map.of(SystemResolver.RETRIES_VARIABLE, "0"), "setconf", name, file.toString());
        StringBuilder err = new StringBuilder();
        String ours = null;
        SystemResolver resolver = new SystemResolver(Map.of(SystemResolver.RETRIES_VARIABLE, "0"), line -> {});
        try (ParsedConfig parsed = ConfigReader.read(
                new StringReader(config), resolver, line -> err.append(line).append('\n'))) {
            ours = UapiText.of(parsed.replacing());
        } catch (ConfigException e) {
            err.append(e.text()).append(e.text().isEmpty() ? "" : "\n");
            err.append(e.epilogue().text()).append(e.epilogue().text().isEmpty() ? "" : "\n");
        }
        assertThat(err.toString()).as(config).isEqualTo(hidden(theirs.err(), err.toString()));
        assertThat(ours).as(config).isEqualTo(recorder.update);
        assertThat(theirs.status()).isEqualTo(ours == null ? 1 : 0);
        return ours != null;
    }

    /** Their words, but for what we hide. */
    private static String hidden(String theirs, String ours) {
        return ours.contains("`(hidden)'")
                ? theirs.replaceFirst("(?m)^(Key is not the correct length or format: `).*'$", "$1(hidden)'")
                : theirs;
    }

    /** Takes everything and keeps the last. */
    private static final class Recorder implements TunnelInterface {
        private final String name;
        volatile @Nullable String update;

        Recorder(String name) {
            this.name = name;
        }

        @Override
        public InterfaceSnapshot snapshot() {
            return new InterfaceSnapshot(
                    name, Optional.empty(), Optional.empty(), 0, 0, ParameterSet.DEFAULTS, List.of());
        }

        @Override
        public void apply(InterfaceUpdate applied) {
            update = UapiText.of(applied);
        }
    }
}
