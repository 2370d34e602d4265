package skyawg.control.uapi;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A UAPI socket with nothing behind it: every {@code get} has the same answer and every {@code set} succeeds. Tools go
 * through their commands against it while the JVM notes which classes they need. It answers one client after the other,
 * on a thread of its own, until it is closed; the socket's file stays.
 */
public final class CannedDaemon implements AutoCloseable {
    private static final int LONGEST_REQUEST = 1 << 16;

    private final ServerSocketChannel server;
    private final byte[] snapshot;

    private CannedDaemon(ServerSocketChannel server, String snapshot) {
        this.server = server;
        this.snapshot = bytes(snapshot);
    }

    /** @param snapshot what is said to {@code get}, with its {@code errno=0} and the empty line */
    public static CannedDaemon open(Path socket, String snapshot) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            server.close();
            throw e;
        }
        CannedDaemon daemon = new CannedDaemon(server, snapshot);
        Thread.ofPlatform().daemon().start(daemon::answer);
        return daemon;
    }

    private void answer() {
        ByteBuffer request = ByteBuffer.allocate(LONGEST_REQUEST);
        try {
            while (true) {
                try (SocketChannel client = server.accept()) {
                    request.clear();
                    if (client.read(request) > 0) {
                        client.write(ByteBuffer.wrap(request.get(0) == 'g' ? snapshot : bytes("errno=0\n\n")));
                    }
                }
            }
        } catch (ClosedChannelException e) {
            // Nobody asks any more.
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
