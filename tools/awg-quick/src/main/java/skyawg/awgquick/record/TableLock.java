package skyawg.awgquick.record;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import skyawg.awgquick.exec.FailureException;

/**
 * Held while a routing table is chosen and taken: at boot several interfaces come up at once, and two with the same
 * table would send each other's packets. Waits for its turn, which is over in milliseconds.
 */
public final class TableLock implements AutoCloseable {
    /** Longer than any interface's name, so it is no record. */
    private static final String FILE = "policy-routing.lock";

    private final FileChannel channel;

    private TableLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @param folder of the records, which is there */
    public static TableLock take(Path folder) throws FailureException {
        try {
            FileChannel channel = FileChannel.open(
                    folder.resolve(FILE),
                    Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            channel.lock();
            return new TableLock(channel);
        } catch (IOException e) {
            throw FailureException.because("`" + folder.resolve(FILE) + "' cannot be locked: " + e);
        }
    }

    @Override
    public void close() throws FailureException {
        try {
            channel.close();
        } catch (IOException e) {
            throw FailureException.because("a lock cannot be let go: " + e);
        }
    }
}
