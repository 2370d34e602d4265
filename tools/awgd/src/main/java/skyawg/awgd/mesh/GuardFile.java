package skyawg.awgd.mesh;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import skyawg.control.config.AtomicFile;
import skyawg.mesh.nodes.Guard;
import skyawg.mesh.nodes.Guards;

/**
 * The guards, kept over a restart: a line each, in a file of the state folder. They are to be the same for weeks, so a
 * file that is lost costs some of what they are for, and is no error.
 */
final class GuardFile {
    private static final System.Logger LOG = System.getLogger(GuardFile.class.getName());
    private static final long MAX_LENGTH = 1 << 16;

    private final Path path;
    private final AtomicBoolean hasFailed = new AtomicBoolean();

    GuardFile(Path path) {
        this.path = path;
    }

    List<Guard> load() {
        List<Guard> guards = new ArrayList<>();
        try {
            if (Files.size(path) > MAX_LENGTH) {
                throw new IOException("longer than " + MAX_LENGTH + " bytes");
            }
            for (String line : Files.readAllLines(path)) {
                if (!line.isBlank() && guards.size() < Guards.MAX_GUARDS) {
                    guards.add(Guard.parse(line));
                }
            }
        } catch (NoSuchFileException e) {
            // The first start.
        } catch (IOException | IllegalArgumentException e) {
            warn("is not used", e);
        }
        return guards;
    }

    void save(List<Guard> guards) {
        StringBuilder text = new StringBuilder();
        for (Guard guard : guards) {
            text.append(guard.toLine()).append('\n');
        }
        try {
            Path folder = path.toAbsolutePath().getParent();
            if (folder != null && !Files.isDirectory(folder)) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            new AtomicFile(path).replace(ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            warn("cannot be written", e);
        }
    }

    /** Once: what fails now fails every minute. */
    private void warn(String what, Exception why) {
        if (!hasFailed.getAndSet(true)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    () -> path + ": " + what + " (" + why.getMessage() + "): first hops of paths are chosen anew at the"
                            + " next start");
        }
    }
}
