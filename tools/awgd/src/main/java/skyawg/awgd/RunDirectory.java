package skyawg.awgd;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The daemon's private directory: control socket, process number, and the lock that makes it the only daemon of its
 * network namespace. The default carries the namespace's number, so that daemons in different namespaces never meet.
 */
final class RunDirectory {
    private static final Path BASE = Path.of("/run/awgd");
    private static final Path NAMESPACE = Path.of("/proc/self/ns/net");
    private static final String ENVIRONMENT = "AWGD_RUN_DIR";

    private final Path path;
    private @Nullable FileChannel lockFile;

    private RunDirectory(Path path) {
        this.path = path;
    }

    /**
     * The directory by option, else by environment, else by namespace. Must come before the process is made undumpable.
     */
    static RunDirectory choose(Optional<Path> option) throws IOException {
        if (option.isPresent()) {
            return new RunDirectory(option.get());
        }
        String fromEnvironment = System.getenv(ENVIRONMENT);
        if (fromEnvironment != null && !fromEnvironment.isEmpty()) {
            return new RunDirectory(Path.of(fromEnvironment));
        }
        // Reads "net:[4026531840]".
        String link = Files.readSymbolicLink(NAMESPACE).toString();
        return new RunDirectory(BASE.resolve(link.substring(link.indexOf('[') + 1, link.indexOf(']'))));
    }

    Path controlSocket() {
        return path.resolve("control.sock");
    }

    /**
     * Makes the directory, private, and takes the lock.
     *
     * @return false when another daemon has it
     */
    boolean lock() throws IOException {
        Path parent = path.toAbsolutePath().getParent();
        if (parent != null && !Files.isDirectory(parent)) {
            Files.createDirectories(
                    parent, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        }
        if (!Files.isDirectory(path)) {
            Files.createDirectories(
                    path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        FileChannel channel =
                FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            return false;
        }
        lockFile = channel;
        Files.writeString(path.resolve("pid"), ProcessHandle.current().pid() + "\n");
        return true;
    }

    /** Removes what this daemon put there. */
    void release() {
        FileChannel channel = lockFile;
        if (channel == null) {
            return;
        }
        try (channel) {
            Files.deleteIfExists(path.resolve("pid"));
        } catch (IOException e) {
            // The directory lies on a tmpfs and says nothing that the lock does not.
        }
    }
}
