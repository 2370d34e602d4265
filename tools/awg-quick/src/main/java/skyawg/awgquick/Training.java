package skyawg.awgquick;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import skyawg.awgquick.conf.ConfigFile;
import skyawg.awgquick.conf.QuickConfig;
import skyawg.awgquick.conf.QuickConfigReader;
import skyawg.awgquick.exec.Commands;
import skyawg.awgquick.exec.FailureException;
import skyawg.awgquick.exec.Programs;
import skyawg.awgquick.exec.Stop;
import skyawg.control.uapi.CannedDaemon;
import skyawg.control.uapi.UapiClient;

/**
 * Goes through an up and a down while the JVM notes which classes they need: the launcher makes the start cache from
 * that. Every command is {@code true}, the daemon is a thread with a socket in a temporary folder, and the full tunnel
 * is of IPv6 only, because IPv4's sets a kernel setting: nothing on the machine is touched.
 */
final class Training {
    private static final String NAME = "awg.training";
    private static final List<String> COMMANDS = List.of("ip", "nft", "resolvconf", "bash", "daemon");
    private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String HEX = "0123456789abcdef".repeat(4);
    private static final String CONFIG = "[Interface]\nPrivateKey = " + KEY
            + "\nAddress = 192.0.2.1/24\nDNS = 192.0.2.2\n" + "PostUp = true\nJc = 4\nH1 = 5-9\n[Peer]\nPublicKey = "
            + KEY + "\nEndpoint = 192.0.2.3:1\nAllowedIPs = ::/0\n";
    private static final String SNAPSHOT = "private_key=" + HEX + "\nlisten_port=1\njc=4\nh1=5-9\npublic_key=" + HEX
            + "\npreshared_key=" + HEX + "\nprotocol_version=1\nendpoint=192.0.2.3:1\nlast_handshake_time_sec=0\n"
            + "last_handshake_time_nsec=0\ntx_bytes=0\nrx_bytes=0\nallowed_ip=198.51.100.0/24\nallowed_ip=198.51.101.0/24\n"
            + "allowed_ip=::/0\nerrno=0\n\n";

    private Training() {}

    @SuppressWarnings("try") // the daemon answers by itself
    public static void main(String[] arguments) throws IOException, FailureException {
        Path folder = Files.createTempDirectory("skyawg");
        Path socket = folder.resolve(NAME + ".sock");
        Path config = Files.writeString(folder.resolve(NAME + ".conf"), CONFIG);
        Path records = folder.resolve("records");
        try (CannedDaemon daemon = CannedDaemon.open(socket, SNAPSHOT)) {
            for (String command : COMMANDS) {
                Files.createSymbolicLink(folder.resolve(command), Path.of("/bin/true"));
            }
            go(folder, config, records);
        } finally {
            for (String command : COMMANDS) {
                Files.deleteIfExists(folder.resolve(command));
            }
            for (Path file : List.of(config, socket, records.resolve("policy-routing.lock"), records, folder)) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static void go(Path folder, Path path, Path records) throws FailureException {
        Stop stop = Stop.onSignals();
        ConfigFile file = ConfigFile.find(path.toString());
        Commands commands = new Commands(System.err, new Programs(folder.toString()), stop);
        try (QuickConfig config = QuickConfigReader.read(file.read())) {
            UapiTunnel tunnel = new UapiTunnel(NAME, new UapiClient(folder), commands::say);
            Surroundings around = new Surroundings(file, config, tunnel, commands, "daemon", records);
            new Up(around).run();
            new Down(around).run();
        } finally {
            stop.finish();
        }
    }
}
