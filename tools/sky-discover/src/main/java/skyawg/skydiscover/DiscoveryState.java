package skyawg.skydiscover;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import skyawg.control.cli.ExitStatus;
import skyawg.control.config.AtomicFile;
import skyawg.skydiscover.discv5.DiscoveryKey;
import skyawg.skydiscover.discv5.Enr;

/**
 * What survives a restart, in {@code DIR/discovery}: the discovery key, the sequence of this node's ENR, that ENR, and
 * a few nodes that were alive, so that the way back into the network needs no boot node. Replaced whole, mode 0600.
 */
final class DiscoveryState implements AutoCloseable {
    static final int MAX_KNOWN = 16;

    private static final String FILE = "discovery";
    private static final String LOCK = "lock";
    private static final String KEY = "key ";
    private static final String SEQUENCE = "sequence ";
    private static final String OWN = "own ";
    private static final String KNOWN = "known ";

    private final Path file;
    private final @Nullable FileChannel lock;
    private DiscoveryKey key;
    private long sequence;
    private String own = "";
    private List<Enr> known = List.of();

    private DiscoveryState(Path folder, @Nullable FileChannel lock, DiscoveryKey key) {
        this.file = folder.resolve(FILE);
        this.lock = lock;
        this.key = key;
    }

    /**
     * Takes the folder, and makes it and a key if there are none.
     *
     * @return null when another process has it
     */
    static @Nullable DiscoveryState open(Path folder) throws FailureException {
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            FileChannel lock = FileChannel.open(
                    folder.resolve(LOCK),
                    Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            DiscoveryState state = new DiscoveryState(folder, lock, DiscoveryKey.generate());
            boolean isOurs = false;
            try {
                isOurs = lock.tryLock() != null;
                if (isOurs && !state.load()) {
                    state.save();
                }
            } catch (IOException | FailureException | RuntimeException e) {
                lock.close();
                throw e;
            }
            if (!isOurs) {
                lock.close();
                return null;
            }
            return state;
        } catch (IOException e) {
            throw new FailureException(
                    ExitStatus.FAILED,
                    folder + ": cannot be used (" + reason(e) + "): name another folder with --state");
        }
    }

    /** What another process has there now, to be looked at only. */
    static DiscoveryState read(Path folder) throws FailureException {
        DiscoveryState state = new DiscoveryState(folder, null, DiscoveryKey.generate());
        try {
            state.load();
        } catch (IOException e) {
            throw new FailureException(ExitStatus.FAILED, state.file + ": cannot be read: " + reason(e));
        }
        return state;
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.toString() : e.getClass().getSimpleName() + ": " + e.getMessage();
    }

    private boolean load() throws IOException, FailureException {
        List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.US_ASCII);
        } catch (NoSuchFileException e) {
            return false;
        }
        boolean hasKey = false;
        List<Enr> nodes = new ArrayList<>();
        for (String line : lines) {
            try {
                if (line.startsWith(KEY)) {
                    key = DiscoveryKey.parse(line.substring(KEY.length()));
                    hasKey = true;
                } else if (line.startsWith(SEQUENCE)) {
                    sequence = Long.parseLong(line.substring(SEQUENCE.length()));
                } else if (line.startsWith(OWN)) {
                    own = Enr.parse(line.substring(OWN.length())).text();
                } else if (line.startsWith(KNOWN) && nodes.size() < MAX_KNOWN) {
                    nodes.add(Enr.parse(line.substring(KNOWN.length())));
                }
            } catch (IllegalArgumentException e) {
                throw damaged();
            }
        }
        if (!hasKey) {
            throw damaged();
        }
        known = nodes;
        return true;
    }

    private FailureException damaged() {
        return new FailureException(
                ExitStatus.FAILED,
                file + ": is damaged: move it away, and this node begins anew under another discovery key");
    }

    private void save() throws IOException {
        StringBuilder text = new StringBuilder();
        text.append(KEY).append(key.revealHex()).append('\n');
        text.append(SEQUENCE).append(sequence).append('\n');
        if (!own.isEmpty()) {
            text.append(OWN).append(own).append('\n');
        }
        known.forEach(node -> text.append(KNOWN).append(node.text()).append('\n'));
        new AtomicFile(file).replace(ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.US_ASCII)));
    }

    DiscoveryKey key() {
        return key;
    }

    /** Of the ENR last published, or to be published next; 0 before the first. */
    long sequence() {
        return sequence;
    }

    /** The text of the ENR last published; empty before the first. */
    String own() {
        return own;
    }

    List<Enr> known() {
        return known;
    }

    /** Before a new ENR is published: no sequence is ever used for two. */
    void reserve(long next) throws IOException {
        sequence = next;
        save();
    }

    void keepOwn(Enr published) throws IOException {
        if (!published.text().equals(own)) {
            own = published.text();
            save();
        }
    }

    void keepKnown(List<Enr> live) throws IOException {
        List<Enr> few = live.stream().filter(Enr::hasEndpoint).limit(MAX_KNOWN).toList();
        if (!few.isEmpty() && !few.equals(known)) {
            known = few;
            save();
        }
    }

    @Override
    public void close() throws IOException {
        if (lock != null) {
            lock.close();
        }
    }
}
