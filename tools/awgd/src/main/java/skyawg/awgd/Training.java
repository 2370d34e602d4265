package skyawg.awgd;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import skyawg.control.control.ControlException;
import skyawg.control.control.ControlServer;
import skyawg.control.socket.LocalServer;
import skyawg.control.uapi.UapiDirectory;
import skyawg.datapath.forward.Tunnel;
import skyawg.datapath.forward.TunnelOptions;
import skyawg.datapath.sys.ProcessGuard;
import skyawg.datapath.tun.LinkStatus;
import skyawg.datapath.tun.TunDevice;
import skyawg.protocol.crypto.Aeads;
import skyawg.protocol.crypto.X25519Keys;
import skyawg.protocol.names.Secret;

/**
 * Is a daemon with two interfaces that talk to each other over the loopback interface, while the JVM notes which
 * classes that needs: the launcher makes the start cache from that. The interfaces are {@link TrainingPort}s, the
 * sockets lie in a temporary folder: it needs no root, and nothing on the machine is touched.
 */
final class Training {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(1);

    private static final String[] NAMES = {"training.a", "training.b"};
    private static final int[] ADDRESSES = {0xc000_0201, 0xc000_0202};
    private static final int FRAMES = 64;

    private static final String PARAMETERS = """
            jc=4
            jmin=40
            jmax=70
            s1=15
            s2=68
            s3=32
            s4=16
            h1=100000-800000
            h2=1000000-8000000
            h3=10000000-80000000
            h4=100000000-800000000
            """;

    private final Path folder;
    private final TrainingPort[] ports = {
        new TrainingPort(ADDRESSES[0], ADDRESSES[1]), new TrainingPort(ADDRESSES[1], ADDRESSES[0])
    };

    private Training(Path folder) throws IOException {
        this.folder = folder;
    }

    public static void main(String[] words) throws IOException, ReflectiveOperationException {
        train();
        // What a start needs besides, and only root may do.
        for (Class<?> needed : List.of(TunDevice.class, LinkStatus.class, ProcessGuard.class, ReadyNotice.class)) {
            Class.forName(needed.getName());
        }
    }

    /** False when frames did not come through: the loopback interface is down. The cache lacks the rest only then. */
    static boolean train() throws IOException {
        Path folder = Files.createTempDirectory("skyawg");
        Path run = folder.resolve("run");
        try {
            return new Training(folder).run(run);
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    // The control server answers by itself; a tunnel closes its arena.
    @SuppressWarnings({"try", "MustBeClosedChecker"})
    private boolean run(Path runPath) throws IOException {
        RunDirectory directory = RunDirectory.choose(Optional.of(runPath));
        directory.lock();
        TunnelOptions options = Awgd.options(Aeads.best(), new TimestampFiles(folder.resolve("t")));
        UapiDirectory sockets =
                UapiDirectory.open(folder.resolve("s"), folder.resolve("l"), LocalServer.Limits.DEFAULT);
        Daemon.TunnelMaker maker = (name, whenGone) -> {
            TrainingPort port = ports[name.equals(NAMES[0]) ? 0 : 1];
            return Tunnel.open(name, Arena.ofShared(), port, port, options, whenGone);
        };
        try (Daemon daemon = new Daemon(sockets, maker, () -> false);
                ControlServer control =
                        new ControlServer(directory.controlSocket(), "training", ControlActions.of(daemon))) {
            RunningDaemon running = new RunningDaemon(directory.controlSocket());
            for (String name : NAMES) {
                running.add(name);
            }
            daemon.linkChanged();
            daemon.routesChanged();
            return talk();
        } catch (ControlException e) {
            throw new IOException(e.getMessage(), e);
        } finally {
            directory.release();
        }
    }

    /** Makes the two each other's peer, and has each send the other its frames. */
    private boolean talk() throws IOException {
        try (Secret a = key(1);
                Secret b = key(2)) {
            ask(NAMES[0], "set=1\nprivate_key=" + hex(a) + "\nlisten_port=0\n" + PARAMETERS + peer(1, b, ""));
            int port = port(ask(NAMES[0], "get=1\n"));
            ask(
                    NAMES[1],
                    "set=1\nprivate_key=" + hex(b) + "\n" + PARAMETERS
                            + peer(0, a, "endpoint=127.0.0.1:" + port + "\n"));
        }
        ports[1].offer(FRAMES);
        boolean forth = await(ports[0]);
        ports[0].offer(FRAMES);
        boolean back = await(ports[1]);
        return forth && back;
    }

    private static boolean await(TrainingPort port) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (port.written() < FRAMES / 2 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return port.written() >= FRAMES / 2;
    }

    private static Secret key(int fill) {
        byte[] bytes = new byte[Secret.LENGTH];
        bytes[0] = (byte) (fill << 3);
        bytes[Secret.LENGTH - 1] = 0x40;
        return Secret.owning(bytes);
    }

    private static String hex(Secret key) {
        byte[] bytes = new byte[Secret.LENGTH];
        key.copyTo(bytes, 0);
        return HexFormat.of().formatHex(bytes);
    }

    private static String peer(int index, Secret privateKey, String endpoint) {
        return "public_key="
                + HexFormat.of().formatHex(X25519Keys.publicKey(privateKey).toBytes()) + "\n" + endpoint
                + "replace_allowed_ips=true\nallowed_ip=192.0.2." + (ADDRESSES[index] & 0xff) + "/32\n";
    }

    private static int port(String snapshot) {
        for (String line : snapshot.split("\n", -1)) {
            if (line.startsWith("listen_port=")) {
                return Integer.parseInt(line.substring(line.indexOf('=') + 1));
            }
        }
        return 0;
    }

    /** As a tool does: one request, and the answer to its empty line. */
    private String ask(String name, String request) throws IOException {
        ByteBuffer answer = ByteBuffer.allocate(1 << 16);
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(folder.resolve("s").resolve(name + ".sock")));
            channel.write(ByteBuffer.wrap((request + "\n").getBytes(StandardCharsets.US_ASCII)));
            String text = "";
            while (!text.endsWith("\n\n") && channel.read(answer) > 0) {
                text = new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII);
            }
            return text;
        }
    }
}
