package skyawg.awgquick;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** The UAPI sockets as files: who listens, and what a daemon leaves behind that is killed. */
final class Sockets {
    private static final Path AMNEZIAWG = Path.of("/var/run/amneziawg");
    private static final Path WIREGUARD = Path.of("/var/run/wireguard");

    /** A daemon sees the end of its link at once; one under load may take a while to take its socket away. */
    private static final long PATIENCE_NANOS = 2_000_000_000L;

    private static final long STEP_MILLIS = 5;

    private Sockets() {}

    /**
     * Waits until the daemon has removed the socket of an interface that is gone, so that the name is free for the next
     * {@code up}; removes it, and the link for stock {@code wg}, where no daemon is left to do so.
     */
    static void awaitRemoval(String interfaceName) {
        Path socket = AMNEZIAWG.resolve(interfaceName + ".sock");
        Path link = WIREGUARD.resolve(interfaceName + ".sock");
        long start = System.nanoTime();
        while (isServed(interfaceName) && System.nanoTime() - start < PATIENCE_NANOS) {
            try {
                Thread.sleep(STEP_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        try {
            if (!isServed(interfaceName)) {
                Files.deleteIfExists(socket);
                if (Files.isSymbolicLink(link)
                        && WIREGUARD
                                .resolve(Files.readSymbolicLink(link))
                                .normalize()
                                .equals(socket)) {
                    Files.delete(link);
                }
            }
        } catch (IOException e) {
            // The next daemon replaces what is stale itself.
        }
    }

    /** True when somebody listens on the interface's socket. */
    static boolean isServed(String interfaceName) {
        Path socket = AMNEZIAWG.resolve(interfaceName + ".sock");
        if (!Files.exists(socket)) {
            return false;
        }
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return channel.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
