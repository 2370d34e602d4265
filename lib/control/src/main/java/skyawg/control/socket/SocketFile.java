package skyawg.control.socket;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A listening Unix socket and its file, mode 0600 whatever the umask is.
 *
 * <p>The socket is bound inside a fresh 0700 directory beside its final place, given its mode there and then linked to
 * its name. So nobody ever sees it with another mode, and of two daemons that want one name only one gets it.
 */
public final class SocketFile implements AutoCloseable {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final int BACKLOG = 128;

    private final Path path;
    private final ServerSocketChannel channel;
    private final Object inode;

    private SocketFile(Path path, ServerSocketChannel channel, Object inode) {
        this.path = path;
        this.channel = channel;
        this.inode = inode;
    }

    /**
     * Listens at {@code path}. A socket that nobody listens on any more is replaced, and so is a symbolic link to
     * nowhere or to such a socket (the link itself, never what it points to).
     *
     * @throws SocketInUseException when another process listens there
     * @throws IOException when the place cannot be used, saying why
     */
    public static SocketFile listen(Path path) throws IOException {
        Path parent = Objects.requireNonNull(path.toAbsolutePath().getParent());
        Path nursery = Files.createTempDirectory(
                parent, ".", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path newborn = nursery.resolve("s");
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(newborn), BACKLOG);
            Files.setPosixFilePermissions(newborn, OWNER_ONLY);
            Object inode = inodeOf(newborn);
            linkInPlace(newborn, path);
            return new SocketFile(path, channel, Objects.requireNonNull(inode));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        } finally {
            Files.deleteIfExists(newborn);
            Files.deleteIfExists(nursery);
        }
    }

    public Path path() {
        return path;
    }

    public ServerSocketChannel channel() {
        return channel;
    }

    /** True while the file at the path is this very socket. */
    public boolean isInPlace() {
        try {
            return inode.equals(inodeOf(path));
        } catch (IOException e) {
            return false;
        }
    }

    /** Stops listening and removes the file if it is still ours. */
    @Override
    public void close() throws IOException {
        try {
            if (isInPlace()) {
                Files.deleteIfExists(path);
            }
        } finally {
            channel.close();
        }
    }

    private static void linkInPlace(Path newborn, Path path) throws IOException {
        while (true) {
            try {
                Files.createLink(path, newborn);
                return;
            } catch (FileAlreadyExistsException e) {
                removeStale(path);
            }
        }
    }

    private static void removeStale(Path path) throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return;
        }
        if (attributes.isRegularFile() || attributes.isDirectory()) {
            throw new IOException(path + ": is no socket: remove it, the interface's socket belongs there");
        }
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.connect(UnixDomainSocketAddress.of(path));
        } catch (IOException e) {
            // Nobody listens: the socket of a daemon that was killed, or a link to nowhere.
            Files.deleteIfExists(path);
            return;
        }
        throw new SocketInUseException(path);
    }

    private static @Nullable Object inodeOf(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }
}
