package skyawg.awgquick.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import skyawg.awgquick.exec.FailureException;

/**
 * The file of one interface, locked while a verb works on it. Lines are only ever appended, each by one write that ends
 * in a line feed: a process that is killed leaves whole lines, and a step without its line was never taken.
 *
 * <pre>
 * namespace net:[4026531840]
 * link awg0
 * rule V4 32765 lookup 51820
 * undone rule V4 32765 lookup 51820
 * gone
 * </pre>
 */
public final class UndoRecord implements AutoCloseable {
    /** A tmpfs: after a reboot there is nothing to undo, and no record. */
    public static final Path FOLDER = Path.of("/run/awg-quick");

    private static final String NAMESPACE = "namespace ";
    private static final String UNDONE = "undone ";

    /**
     * The last line of a file that is about to be removed, for whoever opened it before that and waits for the lock.
     */
    private static final String GONE = "gone";

    private final Path path;
    private final FileChannel channel;
    private final List<UndoStep> steps = new ArrayList<>();
    private String namespace = "";
    private boolean gone;

    private UndoRecord(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Opens the record, making an empty one where there is none.
     *
     * @throws FailureException when another process has it
     */
    public static UndoRecord open(Path folder, String interfaceName) throws FailureException {
        try {
            makeFolder(folder);
            while (true) {
                UndoRecord record = lock(
                        folder.resolve(interfaceName),
                        Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE));
                if (!record.gone) {
                    return record;
                }
                record.close();
            }
        } catch (IOException e) {
            throw failed(folder.resolve(interfaceName), e);
        }
    }

    /**
     * Opens the record if there is one.
     *
     * @throws FailureException when another process has it
     */
    public static @Nullable UndoRecord find(Path folder, String interfaceName) throws FailureException {
        Path path = folder.resolve(interfaceName);
        try {
            UndoRecord record = lock(path, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE));
            if (!record.gone) {
                return record;
            }
            record.close();
            return null;
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw failed(path, e);
        }
    }

    /** What has been added and not undone, in the order of adding. */
    public List<UndoStep> steps() {
        return List.copyOf(steps);
    }

    /** The network namespace in which the steps were taken, as /proc names it; empty in a new record. */
    public String namespace() {
        return namespace;
    }

    /** Begins an empty record. */
    public void begin(String inNamespace) throws FailureException {
        append(NAMESPACE + inNamespace);
        namespace = inNamespace;
    }

    /** Notes a step that is about to be taken. */
    public void add(UndoStep step) throws FailureException {
        append(step.line());
        steps.add(step);
    }

    /** Notes that a step has been undone. */
    public void undone(UndoStep step) throws FailureException {
        append(UNDONE + step.line());
        steps.remove(step);
    }

    /** Forgets everything: steps taken elsewhere, which cannot be undone from here. */
    public void clear() throws FailureException {
        try {
            channel.truncate(0);
        } catch (IOException e) {
            throw failed(path, e);
        }
        steps.clear();
        namespace = "";
    }

    /** Removes the file. */
    public void delete() throws FailureException {
        append(GONE);
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw failed(path, e);
        }
    }

    /** Lets go of the lock. */
    @Override
    public void close() throws FailureException {
        try {
            channel.close();
        } catch (IOException e) {
            throw failed(path, e);
        }
    }

    private static void makeFolder(Path folder) throws IOException {
        try {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
        }
    }

    private static UndoRecord lock(Path path, Set<StandardOpenOption> options) throws IOException, FailureException {
        FileChannel channel = FileChannel.open(
                path, options, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        if (channel.tryLock() == null) {
            channel.close();
            throw FailureException.because("`" + path.getFileName()
                    + "' is busy: another awg-quick is working on it, try again when it is done");
        }
        UndoRecord record = new UndoRecord(path, channel);
        record.load();
        return record;
    }

    private void load() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) channel.size());
        while (buffer.hasRemaining() && channel.read(buffer, buffer.position()) > 0) {
            // until all is read
        }
        String text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
        int wholeLines = text.lastIndexOf('\n') + 1;
        // A torn last line is cut off, so that the next one begins at a line's start.
        channel.truncate(wholeLines);
        channel.position(wholeLines);
        for (String line : text.substring(0, wholeLines).split("\n", -1)) {
            if (line.equals(GONE)) {
                gone = true;
            } else if (line.startsWith(NAMESPACE)) {
                namespace = line.substring(NAMESPACE.length());
            } else if (line.startsWith(UNDONE)) {
                UndoStep step = UndoStep.parse(line.substring(UNDONE.length()));
                if (step != null) {
                    steps.remove(step);
                }
            } else {
                UndoStep step = UndoStep.parse(line);
                if (step != null) {
                    steps.add(step);
                }
            }
        }
    }

    private void append(String line) throws FailureException {
        try {
            channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw failed(path, e);
        }
    }

    private static FailureException failed(Path path, IOException e) {
        return FailureException.because("the record `" + path + "' cannot be written: " + e);
    }
}
