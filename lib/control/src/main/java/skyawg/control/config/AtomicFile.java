package skyawg.control.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Replaces a file so that it is the old one or the new one, never a part or a mixture, whatever fails and whenever the
 * process or the machine stops: the new bytes go to {@code FILE.tmp}, reach the disk, and take the name by a rename
 * that reaches the disk too.
 */
public final class AtomicFile {
    private final Path target;
    private final Path temporary;
    private final Steps steps;

    /** Told before each step; a test makes any of them fail. */
    interface Steps {
        void before(Step step) throws IOException;
    }

    enum Step {
        CREATE,
        WRITE,
        SYNC,
        RENAME,
        SYNC_FOLDER
    }

    public AtomicFile(Path target) {
        this(target, step -> {});
    }

    AtomicFile(Path target, Steps steps) {
        this.target = target;
        this.temporary = target.resolveSibling(target.getFileName() + ".tmp");
        this.steps = steps;
    }

    /** @param content read from its position to its limit. The file gets mode 0600 */
    public void replace(ByteBuffer content) throws IOException {
        boolean isRenamed = false;
        try {
            steps.before(Step.CREATE);
            writeTemporary(content);
            steps.before(Step.RENAME);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            isRenamed = true;
            steps.before(Step.SYNC_FOLDER);
            syncFolder();
        } finally {
            if (!isRenamed) {
                Files.deleteIfExists(temporary);
            }
        }
    }

    private void writeTemporary(ByteBuffer content) throws IOException {
        // One that a killed process left, with whatever mode it has.
        if (Files.exists(temporary, LinkOption.NOFOLLOW_LINKS)) {
            Files.delete(temporary);
        }
        try (FileChannel channel = FileChannel.open(
                temporary,
                Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            while (content.hasRemaining()) {
                steps.before(Step.WRITE);
                channel.write(content);
            }
            steps.before(Step.SYNC);
            channel.force(true);
        }
    }

    private void syncFolder() throws IOException {
        Path folder = target.toAbsolutePath().getParent();
        if (folder != null) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
