package skyawg.control.uapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Stock {@code wg} and {@code awg} drive our socket. */
@Timeout(60)
class StockToolsTest {
    private static final String PRIVATE_KEY = "QHNZcSHaq0sbS3CfUdJlUMtWvtwcXXNqXCVpcHnGrEg=";
    private static final String PUBLIC_KEY = "9s7KbVuSf/euoyFChU3MbbZCS22AAuRbbcxmquKDJCc=";
    private static final String PEER = "lc1Z+m/MgDHDYrWvgATJnLgq1TSoITrrq9bp6xT1mCk=";
    private static final String OTHER_PEER = "TrMvSoP4jYQlY6RIzBgbssQqY3vxI2Pi+y71lOWWXX0=";
    private static final String PRESHARED_KEY = "FpCyhws9cxwWoV4xELtfJvjJN+zQVRPISllRWgeopVE=";

    @TempDir
    Path folder;

    private final String name = StockTool.interfaceName("ctlst");
    private UapiDirectory sockets;
    private UapiServer server;
    private String key;
    private String psk;

    @BeforeEach
    void serve() throws IOException {
        StockTool.wg();
        sockets = UapiDirectory.open();
        server = sockets.serve(name, new MemoryTunnel(name), () -> {});
        key = Files.writeString(folder.resolve("key"), PRIVATE_KEY).toString();
        psk = Files.writeString(folder.resolve("psk"), PRESHARED_KEY).toString();
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
            sockets.close();
        }
    }

    @Test
    void wgFindsTheInterface() throws Exception {
        assertThat(StockTool.wg().run("show", "interfaces").out().split("\\s+")).contains(name);
    }

    @Test
    void wgSetsAndShows() throws Exception {
        StockTool wg = StockTool.wg();
        assertThat(wg.run(
                        "set",
                        name,
                        "private-key",
                        key,
                        "listen-port",
                        "51999",
                        "fwmark",
                        "0x77",
                        "peer",
                        PEER,
                        "preshared-key",
                        psk,
                        "endpoint",
                        "192.0.2.7:1",
                        "persistent-keepalive",
                        "25",
                        "allowed-ips",
                        "10.0.0.0/8,fd00::1/128",
                        "peer",
                        OTHER_PEER,
                        "allowed-ips",
                        "10.1.0.0/16"))
                .isEqualTo(new StockTool.Outcome(0, "", ""));
        assertThat(wg.run("show", name, "dump").out())
                .isEqualTo(String.join("\t", PRIVATE_KEY, PUBLIC_KEY, "51999", "0x77") + "\n"
                        + String.join(
                                "\t", PEER, PRESHARED_KEY, "192.0.2.7:1", "10.0.0.0/8,fd00::1/128", "0", "0", "0", "25")
                        + "\n"
                        + String.join("\t", OTHER_PEER, "(none)", "(none)", "10.1.0.0/16", "0", "0", "0", "off")
                        + "\n");
        assertThat(wg.run("set", name, "peer", PEER, "remove").status()).isZero();
        assertThat(wg.run("show", name, "peers").out()).isEqualTo(OTHER_PEER + "\n");
    }

    @Test
    void wgAppliesItsOwnConfiguration() throws Exception {
        StockTool wg = StockTool.wg();
        wg.run("set", name, "private-key", key, "listen-port", "7", "peer", PEER, "allowed-ips", "10.0.0.0/8");
        String config = wg.run("showconf", name).out();
        Path file = Files.writeString(folder.resolve("wg.conf"), config);
        for (String subcommand : new String[] {"setconf", "addconf", "syncconf"}) {
            assertThat(wg.run(subcommand, name, file.toString())).isEqualTo(new StockTool.Outcome(0, "", ""));
            assertThat(wg.run("showconf", name).out()).isEqualTo(config);
        }
    }

    @Test
    void awgSetsAndShows() throws Exception {
        StockTool awg = StockTool.awg();
        assertThat(awg.run(
                        "set",
                        name,
                        "private-key",
                        key,
                        "jc",
                        "4",
                        "jmin",
                        "40",
                        "jmax",
                        "70",
                        "h1",
                        "5-9",
                        "i1",
                        "<r 5>"))
                .isEqualTo(new StockTool.Outcome(0, "", ""));
        assertThat(awg.run("show", name).out()).contains("  jc: 4\n", "  h1: 5-9\n", "  i1: <r 5>\n");
        Path file = Files.writeString(
                folder.resolve("awg.conf"), awg.run("showconf", name).out());
        assertThat(awg.run("setconf", name, file.toString())).isEqualTo(new StockTool.Outcome(0, "", ""));
        assertThat(awg.run("show", name, "h1").out()).isEqualTo("5-9\n");
    }

    @Test
    void stockToolsPassByTheReason() throws Exception {
        assertThat(StockTool.awg().run("set", name, "h1", "2"))
                .isEqualTo(new StockTool.Outcome(1, "", "Unable to modify interface: Invalid argument\n"));
    }
}
