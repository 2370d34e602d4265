package skyawg.control.uapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skyawg.control.socket.LocalServer;
import skyawg.control.socket.SocketInUseException;

class UapiServerTest {
    private static final String FRESH = "h1=1\nh2=2\nh3=3\nh4=4\nrandom_trailers=0\ndisable_cookies=0\nerrno=0\n\n";

    @TempDir
    Path directory;

    private UapiDirectory sockets;
    private UapiServer server;
    private final CountDownLatch removed = new CountDownLatch(1);

    @BeforeEach
    void serve() throws IOException {
        LocalServer.Limits limits = new LocalServer.Limits(64, 65_535, Duration.ofMillis(700));
        sockets = UapiDirectory.open(directory.resolve("amneziawg"), directory.resolve("wireguard"), limits);
        server = sockets.serve("t0", new MemoryTunnel("t0"), removed::countDown);
    }

    @AfterEach
    void stop() {
        server.close();
        sockets.close();
    }

    @Test
    void answersGetAndSetOnOneConnection() throws IOException {
        try (SocketChannel client = connect()) {
            assertThat(ask(client, "get=1\n\n")).isEqualTo(FRESH);
            assertThat(ask(client, "set=1\nlisten_port=7\njc=4\n\n")).isEqualTo("errno=0\n\n");
            assertThat(ask(client, "get=1\n\n")).isEqualTo("listen_port=7\njc=4\n" + FRESH);
        }
    }

    @Test
    void answersRequestsSentTogether() throws IOException {
        try (SocketChannel client = connect()) {
            send(client, "get=1\n\nset=1\njc=x\n\nget=1\n\n");
            assertThat(readReply(client)).isEqualTo(FRESH);
            assertThat(readReply(client)).isEqualTo("error=jc: not a number: x\nerrno=-22\n\n");
            assertThat(readReply(client)).isEqualTo(FRESH);
        }
    }

    @Test
    void appliesNothingOfARefusedSet() throws IOException {
        try (SocketChannel client = connect()) {
            assertThat(ask(client, "set=1\njc=3\nh1=2\n\n"))
                    .startsWith("error=")
                    .endsWith("\nerrno=-22\n\n");
            assertThat(ask(client, "get=1\n\n")).isEqualTo(FRESH);
        }
    }

    @Test
    void isPrivateAndLinkedForWg() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(server.path())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(server.path().getParent())))
                .isEqualTo("rwxr-xr-x");
        assertThat(Files.readSymbolicLink(directory.resolve("wireguard/t0.sock")))
                .isEqualTo(server.path());
    }

    @Test
    void leavesNothingBehindWhenClosed() throws IOException {
        server.close();
        assertThat(directory.resolve("amneziawg")).isEmptyDirectory();
        assertThat(directory.resolve("wireguard")).isEmptyDirectory();
        assertThat(removed.getCount()).isEqualTo(1);
    }

    @Test
    void endsWhenItsFileIsRemoved() throws Exception {
        Files.delete(server.path());
        assertThat(removed.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(directory.resolve("wireguard")).isEmptyDirectory();
    }

    @Test
    void endsWhenItsFileIsReplaced() throws Exception {
        Path other = Files.createFile(directory.resolve("amneziawg/other"));
        Files.move(other, server.path(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThat(removed.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(server.path()).exists();
    }

    @Test
    void refusesASecondServerOfTheSameName() {
        assertThatThrownBy(() -> sockets.serve("t0", new MemoryTunnel("t0"), () -> {}))
                .isInstanceOf(SocketInUseException.class)
                .hasMessageEndingWith("t0.sock: unix socket in use");
    }

    @Test
    void closesAHalfSentRequestAfterItsTime() throws IOException {
        try (SocketChannel client = connect()) {
            send(client, "set=1\njc=");
            assertThat(client.read(ByteBuffer.allocate(10))).isEqualTo(-1);
        }
    }

    private SocketChannel connect() throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(server.path()));
        return channel;
    }

    private static String ask(SocketChannel channel, String request) throws IOException {
        send(channel, request);
        return readReply(channel);
    }

    private static void send(SocketChannel channel, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Up to the empty line, or to the end of the stream. */
    private static String readReply(SocketChannel channel) throws IOException {
        StringBuilder reply = new StringBuilder();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (!reply.toString().endsWith("\n\n") && channel.read(one.clear()) > 0) {
            reply.append((char) one.get(0));
        }
        return reply.toString();
    }
}
