package skyawg.control.uapi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import skyawg.control.socket.LocalServer;
import skyawg.control.socket.SocketFile;
import skyawg.control.socket.SocketInUseException;

/**
 * The directory of UAPI sockets, {@code /var/run/amneziawg}, and the one of plain WireGuard beside it, where symbolic
 * links let stock {@code wg} find our sockets. Safe for many threads.
 */
public final class UapiDirectory implements AutoCloseable {
    public static final Path AMNEZIAWG = Path.of("/var/run/amneziawg");
    public static final Path WIREGUARD = Path.of("/var/run/wireguard");

    private static final String WORLD_READABLE = "rwxr-xr-x";

    private final Path sockets;
    private final Path links;
    private final LocalServer.Limits limits;
    private final RemovalWatch watch;

    private UapiDirectory(Path sockets, Path links, LocalServer.Limits limits, RemovalWatch watch) {
        this.sockets = sockets;
        this.links = links;
        this.limits = limits;
        this.watch = watch;
    }

    /** The directories where stock tools look. They are made, mode 0755, where they are missing. */
    public static UapiDirectory open() throws IOException {
        return open(AMNEZIAWG, WIREGUARD, LocalServer.Limits.DEFAULT);
    }

    /** Other directories, for tests. */
    public static UapiDirectory open(Path sockets, Path links, LocalServer.Limits limits) throws IOException {
        makeDirectory(sockets);
        makeDirectory(links);
        return new UapiDirectory(sockets, links, limits, RemovalWatch.of(sockets));
    }

    /** The socket of an interface, there or not. */
    public Path socket(String interfaceName) {
        return sockets.resolve(fileName(interfaceName));
    }

    /**
     * Serves an interface on its socket.
     *
     * @param whenRemoved called once, on a thread of the watch, when someone else removes or replaces the socket's
     *     file: the interface is to end. Not called after {@link UapiServer#close}
     * @throws SocketInUseException when another process serves an interface of that name
     */
    public UapiServer serve(String interfaceName, TunnelInterface tunnel, Runnable whenRemoved) throws IOException {
        SocketFile file = SocketFile.listen(socket(interfaceName));
        LocalServer server;
        try {
            server = LocalServer.start(file, limits, new UapiDialogue(tunnel));
        } catch (IOException e) {
            file.close();
            throw e;
        }
        Path link = links.resolve(fileName(interfaceName));
        UapiServer uapi = new UapiServer(server, link, watch, whenRemoved);
        uapi.link();
        watch.add(uapi);
        return uapi;
    }

    /** Ends the watch; servers are closed by whoever opened them. */
    @Override
    public void close() {
        watch.close();
    }

    private static void makeDirectory(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Files.createDirectories(directory);
        // Whatever the umask took away: other users' tools may see which interfaces there are.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(WORLD_READABLE));
    }

    private static String fileName(String interfaceName) {
        boolean fits = !interfaceName.isEmpty()
                && interfaceName.length() <= 15
                && interfaceName.indexOf('/') < 0
                && interfaceName.indexOf('\0') < 0
                && !interfaceName.startsWith(".");
        if (!fits) {
            throw new IllegalArgumentException("not an interface name: " + Pair.quote(interfaceName));
        }
        return interfaceName + ".sock";
    }
}
