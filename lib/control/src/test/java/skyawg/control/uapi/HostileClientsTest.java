package skyawg.control.uapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import skyawg.control.socket.LocalServer;

/** Clients that are many, slow, endless, broken or not allowed: the others are served as if they were not there. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class HostileClientsTest {
    /** What an honest client waits at most beside them: 100 ms on an idle machine, and this one may be busy. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private static final int CLIENTS = 64;

    @TempDir
    Path directory;

    private UapiDirectory sockets;
    private UapiServer server;
    private final List<SocketChannel> open = new ArrayList<>();

    @BeforeEach
    void serve() throws IOException {
        LocalServer.Limits limits = new LocalServer.Limits(CLIENTS, 65_535, Duration.ofSeconds(30));
        sockets = UapiDirectory.open(directory.resolve("amneziawg"), directory.resolve("wireguard"), limits);
        server = sockets.serve("t4", new MemoryTunnel("t4"), () -> {});
    }

    @AfterEach
    void stop() throws IOException {
        for (SocketChannel channel : open) {
            channel.close();
        }
        server.close();
        sockets.close();
    }

    @Test
    void servesAThousandClientsAtOnce() throws Exception {
        for (int i = 0; i < 1000; i++) {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            open.add(channel);
            channel.connect(UnixDomainSocketAddress.of(server.path()));
            channel.write(ByteBuffer.wrap("get=1\n\n".getBytes(StandardCharsets.US_ASCII)));
        }
        for (SocketChannel channel : open) {
            ByteBuffer answer = ByteBuffer.allocate(4096);
            channel.read(answer);
            assertThat(new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII))
                    .endsWith("errno=0\n\n");
        }
    }

    @Test
    void servesOthersBesideAThousandThatSayNothing() throws Exception {
        crowd("");
        assertHonestClientIsServed();
    }

    @Test
    void servesOthersBesideAThousandThatSayLittle() throws Exception {
        crowd("set=1\njc=");
        assertHonestClientIsServed();
    }

    @Test
    void servesOthersBesideThoseThatSendAByteNowAndThen() throws Exception {
        for (int i = 0; i < CLIENTS; i++) {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            open.add(channel);
            channel.connect(UnixDomainSocketAddress.of(server.path()));
        }
        Thread dripping = Thread.ofPlatform().daemon().start(this::drip);
        try {
            assertHonestClientIsServed();
        } finally {
            dripping.interrupt();
            dripping.join();
        }
    }

    /** A byte of a request to each connection every 20 ms, until interrupted. */
    private void drip() {
        List<SocketChannel> channels = List.copyOf(open);
        byte[] request = "set=1\n".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
            byte next = i < request.length ? request[i] : (byte) 'a';
            for (SocketChannel channel : channels) {
                try {
                    channel.write(ByteBuffer.wrap(new byte[] {next}));
                } catch (IOException e) {
                    // This one has lost its place.
                }
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    @Test
    void servesOthersBesideAThousandThatNeverRead() throws Exception {
        crowd("get=1\n\n".repeat(2000));
        assertHonestClientIsServed();
    }

    @Test
    void refusesALineOfAGigabyteAtItsFirst64KiB() throws Exception {
        try (UapiExchange exchange = UapiExchange.connect(server.path())) {
            byte[] chunk = new byte[32 * 1024];
            exchange.send("set=1\ni1=");
            long sent = 0;
            try {
                while (sent < 1L << 30) {
                    exchange.send(chunk);
                    sent += chunk.length;
                }
            } catch (IOException e) {
                // The server has hung up.
            }
            assertThat(sent).isLessThan(1L << 20);
            assertThat(exchange.read()).isEqualTo("error=line is longer than 65535 bytes\nerrno=-5\n\n");
        }
        assertHonestClientIsServed();
    }

    @Test
    void refusesARequestWithoutEnd() throws Exception {
        byte[] lines = "sharedkey=nonsense\n".repeat(50_000).getBytes(StandardCharsets.US_ASCII);
        try (UapiExchange exchange = UapiExchange.connect(server.path())) {
            exchange.send("set=1\n");
            assertThatThrownBy(() -> {
                        for (long sent = 0; sent < 2 * UpdateReader.REQUEST_LIMIT_BYTES; sent += lines.length) {
                            exchange.send(lines);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
        assertHonestClientIsServed();
    }

    @Test
    void survivesRandomBytes() throws Exception {
        Random random = new Random(15);
        for (int i = 0; i < 200; i++) {
            byte[] bytes = new byte[1 + random.nextInt(2000)];
            random.nextBytes(bytes);
            try (UapiExchange exchange = UapiExchange.connect(server.path())) {
                exchange.send(i % 2 == 0 ? "set=1\n" : "");
                exchange.send(bytes);
                exchange.endSending();
                exchange.read();
            } catch (IOException e) {
                // It may hang up while we are talking.
            }
        }
        assertHonestClientIsServed();
    }

    @Test
    void answersAClientThatHasClosedItsHalf() throws Exception {
        try (UapiExchange exchange = UapiExchange.connect(server.path())) {
            exchange.send("set=1\nlisten_port=9\n");
            exchange.endSending();
            assertThat(exchange.read()).isEqualTo("errno=0\n\n");
        }
        try (UapiExchange exchange = UapiExchange.connect(server.path())) {
            exchange.send("set=1\nlisten_port=1");
            exchange.endSending();
            assertThat(exchange.read()).isEqualTo("error=request ends in the middle of a line\nerrno=-71\n\n");
        }
    }

    @Test
    void takesTheNameOfADaemonThatWasKilled() throws Exception {
        Path stale = directory.resolve("amneziawg/t5.sock");
        ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        killed.bind(UnixDomainSocketAddress.of(stale));
        killed.close();
        assertThat(stale).exists();
        try (UapiServer other = sockets.serve("t5", new MemoryTunnel("t5"), () -> {})) {
            assertThat(Files.getPosixFilePermissions(other.path()))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }

    @Test
    void replacesALinkInItsPlaceAndNotWhatItPointsTo() throws Exception {
        Path victim = Files.writeString(directory.resolve("victim"), "precious");
        Path link = Files.createSymbolicLink(directory.resolve("amneziawg/t6.sock"), victim);
        try (UapiServer other = sockets.serve("t6", new MemoryTunnel("t6"), () -> {})) {
            assertThat(Files.isSymbolicLink(link)).isFalse();
            assertThat(Files.getPosixFilePermissions(other.path(), LinkOption.NOFOLLOW_LINKS))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
        assertThat(victim).hasContent("precious");
    }

    @Test
    void leavesAFileInItsPlaceAlone() throws Exception {
        Path file = Files.writeString(directory.resolve("amneziawg/t7.sock"), "precious");
        assertThatThrownBy(() -> sockets.serve("t7", new MemoryTunnel("t7"), () -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("t7.sock: is no socket: remove it");
        assertThat(file).hasContent("precious");
        assertThat(directory.resolve("amneziawg")).isDirectoryNotContaining("glob:**/.*");
    }

    @Test
    void refusesNamesThatAreNoNames() {
        for (String name : List.of("", "../x", "a/b", ".x", "sixteen-letters-", "a\0b")) {
            assertThatThrownBy(() -> sockets.serve(name, new MemoryTunnel("x"), () -> {}))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void turnsAnotherUserAwayEvenWhereTheFileWouldLetItIn() throws Exception {
        if (!"root".equals(System.getProperty("user.name")) || !Files.isExecutable(Path.of("/usr/bin/setpriv"))) {
            Assumptions.abort("needs root and setpriv, to come as another user");
        }
        // A place that another user can reach: test directories are private.
        Path reachable = Files.createTempDirectory(
                Path.of("/var/tmp"),
                "skyawg",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        try (UapiDirectory shared =
                        UapiDirectory.open(reachable, reachable.resolve("links"), LocalServer.Limits.DEFAULT);
                UapiServer other = shared.serve("t8", new MemoryTunnel("t8"), () -> {})) {
            assertThat(askAsNobody(other.path())).contains("Permission denied");
            Files.setPosixFilePermissions(other.path(), PosixFilePermissions.fromString("rw-rw-rw-"));
            assertThat(askAsNobody(other.path())).isEqualTo("answer: ''");
            assertThat(ask(other.path())).endsWith("errno=0\n\n");
        } finally {
            Files.deleteIfExists(reachable.resolve("links"));
            Files.deleteIfExists(reachable);
        }
    }

    private static String askAsNobody(Path socket) throws Exception {
        String script = "use Socket; socket(S, PF_UNIX, SOCK_STREAM, 0); "
                + "connect(S, sockaddr_un($ARGV[0])) or print($!), exit; "
                + "$SIG{PIPE} = 'IGNORE'; syswrite(S, \"get=1\\n\\n\"); sysread(S, $answer, 999); print \"answer: '$answer'\"";
        Process process = new ProcessBuilder(
                        "setpriv",
                        "--reuid",
                        "65534",
                        "--clear-groups",
                        "/usr/bin/perl",
                        "-e",
                        script,
                        socket.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output.strip();
    }

    private static String ask(Path socket) throws IOException {
        try (UapiExchange exchange = UapiExchange.connect(socket)) {
            return exchange.ask("get=1\n\n");
        }
    }

    /** A thousand connections that send this and then nothing, kept open. */
    private void crowd(String text) throws Exception {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 1000; i++) {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            open.add(channel);
            channel.connect(UnixDomainSocketAddress.of(server.path()));
            channel.configureBlocking(false);
            try {
                channel.write(ByteBuffer.wrap(bytes));
            } catch (IOException e) {
                // Another one of them has taken its place already.
            }
        }
    }

    /** The first one may come in the middle of the crowd; from then on there is always a place. */
    private void assertHonestClientIsServed() throws Exception {
        assertThat(ask(server.path())).endsWith("errno=0\n\n");
        for (int i = 0; i < 20; i++) {
            long begin = System.nanoTime();
            assertThat(ask(server.path())).endsWith("errno=0\n\n");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SOON);
        }
    }
}
