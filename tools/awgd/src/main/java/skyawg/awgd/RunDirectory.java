package skyawg.awgd;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skyawg.control.control.RunFolder;

/**
 * The daemon's private directory: control socket, process number, and the lock that makes it the only daemon of its
 * network namespace. The default carries the namespace's number, so that daemons in different namespaces never meet. It
 * comes and goes with the daemon.
 */
final class RunDirectory {
    private static final Path BASE = RunFolder.BASE;
    private static final String ENVIRONMENT = "AWGD_RUN_DIR";

    private static final String CONTROL_SOCKET = RunFolder.CONTROL_SOCKET;
    private static final String PROCESS = "pid";
    private static final String LOCK = "lock";

    /** How often a directory may vanish, with the daemon that ends, while we take it. */
    private static final int ATTEMPTS = 100;

    private final Path path;
    private boolean isOurs;
    private @Nullable FileChannel lockFile;

    private RunDirectory(Path path) {
        this.path = path;
    }

    /**
     * The directory by option, else by environment, else by namespace. Must come before the process is made undumpable.
     */
    static RunDirectory choose(Optional<Path> option) throws IOException {
        return new RunDirectory(RunFolder.choose(option, System.getenv(ENVIRONMENT)));
    }

    Path controlSocket() {
        return path.resolve(CONTROL_SOCKET);
    }

    /**
     * Makes the directory, private, and takes the lock.
     *
     * @return false when another daemon has it
     */
    boolean lock() throws IOException {
        for (int attempt = 0; ; attempt++) {
            makeDirectory();
            try {
                createIfMissing(path.resolve(LOCK));
                lockFile = acquire(path.resolve(LOCK));
                if (lockFile == null) {
                    return false;
                }
                Files.writeString(path.resolve(PROCESS), ProcessHandle.current().pid() + "\n");
                return true;
            } catch (NoSuchFileException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static void createIfMissing(Path file) throws IOException {
        try {
            Files.createFile(file);
        } catch (FileAlreadyExistsException e) {
            // Another daemon has it, or has left it.
        }
    }

    /**
     * Locks a lock file. It must be the same file afterwards as before: a daemon that ends removes its own, and a lock
     * on a removed file keeps nobody out. (It must not be opened a second time: closing that would give up the lock.)
     *
     * @return null when another process has it
     * @throws NoSuchFileException when there is none, or no longer
     */
    @SuppressWarnings("MustBeClosedChecker") // the caller's
    private static @Nullable FileChannel acquire(Path file) throws IOException {
        Object before = identity(file);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        try {
            if (channel.tryLock() == null) {
                channel.close();
                return null;
            }
            if (!identity(file).equals(before)) {
                throw new NoSuchFileException(file.toString());
            }
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static Object identity(Path file) throws IOException {
        return Objects.requireNonNull(Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey());
    }

    private void makeDirectory() throws IOException {
        Path parent = path.toAbsolutePath().getParent();
        if (parent != null && !Files.isDirectory(parent)) {
            Files.createDirectories(
                    parent, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        }
        if (!Files.isDirectory(path)) {
            Files.createDirectories(
                    path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            isOurs = true;
        }
    }

    /** Removes what this daemon put there, and the directory unless somebody else made it. */
    void release() {
        FileChannel channel = lockFile;
        if (channel == null) {
            return;
        }
        try (channel) {
            remove(path, isOurs || path.startsWith(BASE));
        } catch (IOException e) {
            // It lies on a tmpfs, and the next daemon takes it as it is.
        }
    }

    /** The lock goes last: until then nobody else touches the directory. */
    private static void remove(Path directory, boolean whole) throws IOException {
        for (String file : List.of(CONTROL_SOCKET, PROCESS, LOCK)) {
            Files.deleteIfExists(directory.resolve(file));
        }
        if (whole) {
            Files.deleteIfExists(directory);
        }
    }

    /**
     * Removes the default directories that daemons of our user have left behind when they were killed: their namespaces
     * may be gone for good. One whose lock can be had belongs to nobody.
     */
    void removeAbandoned() {
        if (!path.startsWith(BASE)) {
            return;
        }
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(BASE, "[0-9]*")) {
            for (Path directory : directories) {
                boolean isCandidate = !directory.equals(path)
                        && Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
                        && Files.getOwner(directory).equals(Files.getOwner(path));
                if (isCandidate) {
                    removeIfAbandoned(directory);
                }
            }
        } catch (IOException e) {
            // They do no harm: what cannot be removed stays.
        }
    }

    private static void removeIfAbandoned(Path directory) {
        try (FileChannel lock = acquire(directory.resolve(LOCK))) {
            if (lock != null) {
                remove(directory, true);
            }
        } catch (IOException e) {
            // No lock file, or somebody else was faster.
        }
    }
}
