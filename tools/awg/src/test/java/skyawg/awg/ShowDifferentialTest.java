package skyawg.awg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import skyawg.control.cli.CommandIo;
import skyawg.control.cli.Output;
import skyawg.control.uapi.GeneratedTunnels;
import skyawg.control.uapi.StockTool;
import skyawg.control.uapi.UapiClient;
import skyawg.control.uapi.UapiDirectory;
import skyawg.control.uapi.UapiServer;
import skyawg.protocol.campaign.Campaign;
import skyawg.protocol.tunnel.InterfaceSnapshot;

/** Generated interfaces, shown by the real {@code awg} and by us: the same text to the byte. */
class ShowDifferentialTest {
    private static final String[][] COMMANDS = {
        {"show", ""},
        {"showconf", ""},
        {"show", "", "dump"},
        {"show", "", "endpoints"},
        {"show", "", "allowed-ips"},
        {"show", "", "rekey-after-time"},
        {"show", "", "max-handshake-attemps"},
        {"show", "", "persistent-keepalive"},
    };
    private static final Map<String, String> KEYS_AND_COLOURS =
            Map.of("WG_HIDE_KEYS", "never", "WG_COLOR_MODE", "always");

    @Test
    void showsWhatTheRealToolShows() throws Exception {
        StockTool awg = StockTool.awg();
        String name = StockTool.interfaceName("ctlsd");
        try (UapiDirectory sockets = UapiDirectory.open()) {
            Campaign.run("interfaces shown by the real awg and by us", 200, seed -> {
                InterfaceSnapshot snapshot = new GeneratedTunnels(seed).snapshot(name);
                try (UapiServer server = sockets.serve(name, new FixedTunnel(snapshot), () -> {})) {
                    assertThat(server.path()).exists();
                    for (String[] command : COMMANDS) {
                        command[1] = name;
                        String theirs = awg.run(KEYS_AND_COLOURS, command).out();
                        assertThat(withoutTimes(ours(command))).isEqualTo(withoutTimes(theirs));
                    }
                } catch (IOException | InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
        }
    }

    private static String ours(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Output none = new Output(OutputStream.nullOutputStream());
        CommandIo io = new CommandIo(InputStream.nullInputStream(), new Output(out), none, KEYS_AND_COLOURS, false);
        new Awg(io, new UapiClient()).run(words);
        io.out().flush();
        return out.toString(StandardCharsets.UTF_8);
    }

    /** The clock may move on between the two. */
    private static String withoutTimes(String shown) {
        return shown.replaceAll("(latest handshake[^:]*): .*", "$1: xx");
    }
}
