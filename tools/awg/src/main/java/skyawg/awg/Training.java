package skyawg.awg;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import skyawg.control.cli.CommandIo;
import skyawg.control.cli.Output;
import skyawg.control.uapi.CannedDaemon;
import skyawg.control.uapi.UapiClient;

/**
 * Runs each command that scripts call once, against a socket of its own in a temporary directory, while the JVM notes
 * which classes it needs: the launcher makes the start cache from that. Nothing on the machine is touched.
 */
final class Training {
    private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String PEER = "0123456789abcdef".repeat(4);
    private static final String SNAPSHOT = "private_key=" + PEER + "\nlisten_port=1\njc=4\nh1=5-9\ni1=<r 5>\n"
            + "rekey_after_time=100-120\nrandom_trailers=1\npublic_key=" + PEER + "\npreshared_key=" + PEER
            + "\nprotocol_version=1\nendpoint=192.0.2.1:5\nlast_handshake_time_sec=1\nlast_handshake_time_nsec=2\n"
            + "tx_bytes=3000\nrx_bytes=4\nallowed_ip=192.0.2.0/24\nallowed_ip=fd00::/8\nerrno=0\n\n";
    private static final String CONFIG =
            "[Interface]\nPrivateKey = " + KEY + "\nListenPort = 5\nJc = 4\n[Peer]\nPublicKey = " + KEY
                    + "\nAllowedIPs = 192.0.2.0/24\nEndpoint = 192.0.2.1:7\nPersistentKeepalive = 25\n";

    private Training() {}

    @SuppressWarnings("try") // the daemon answers by itself
    public static void main(String[] args) throws IOException {
        Path directory = Files.createTempDirectory("skyawg");
        Path socket = directory.resolve("awg0.sock");
        Path config = Files.writeString(directory.resolve("awg0.conf"), CONFIG);
        try (CannedDaemon daemon = CannedDaemon.open(socket, SNAPSHOT)) {
            CommandIo io = CommandIo.ofProcess();
            new Awg(io, new UapiClient()).run(new String[] {"help"});
            UapiClient daemons = new UapiClient(directory);
            String[][] commands = {
                {"show"},
                {"show", "all", "dump"},
                {"show", "awg0", "latest-handshakes"},
                {"show", "awg0", "--json"},
                {"show", "nosuch"},
                {"showconf", "awg0"},
                {
                    "set",
                    "awg0",
                    "listen-port",
                    "7",
                    "peer",
                    KEY,
                    "allowed-ips",
                    "192.0.2.0/24",
                    "endpoint",
                    "192.0.2.1:5"
                },
                {"setconf", "awg0", config.toString()},
                {"syncconf", "awg0", config.toString()},
                {"genkey"},
                {"genpsk"},
                {"version"},
                {"check", config.toString()},
                {"genconf", "--endpoint", "192.0.2.1:5", "--level", "v3", "--out", directory.toString()},
                {"nosuch"},
            };
            for (String[] command : commands) {
                new Awg(io, daemons).run(command);
                io.out().flush();
            }
            byte[] key = KEY.getBytes(StandardCharsets.US_ASCII);
            Output none = new Output(OutputStream.nullOutputStream());
            new Awg(new CommandIo(new ByteArrayInputStream(key), none, none, Map.of(), true), daemons)
                    .run(new String[] {"pubkey"});
        } finally {
            for (Path file : List.of(
                    config,
                    socket,
                    directory.resolve("sky-gateway.conf"),
                    directory.resolve("sky-client.conf"),
                    directory)) {
                Files.deleteIfExists(file);
            }
        }
    }
}
