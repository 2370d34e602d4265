package skyawg.awgd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import skyawg.datapath.forward.TimestampStore;
import skyawg.protocol.crypto.Blake2s;
import skyawg.protocol.names.PublicKey;

/**
 * Timestamp floors in files, one an interface and key: {@code STATE/INTERFACE/timestamp-FINGERPRINT}, a decimal number
 * of Unix nanoseconds and a line feed. The fingerprint tells keys apart without naming them. A file is replaced as a
 * whole and only its owner may read it. Safe for many threads and processes.
 */
final class TimestampFiles implements TimestampStore {
    private static final Path DEFAULT = Path.of("/var/lib/skyawg");
    private static final String ENVIRONMENT = "AWGD_STATE_DIR";
    /** Set by systemd for a unit with StateDirectory=; a list where there are more. */
    private static final String SYSTEMD_ENVIRONMENT = "STATE_DIRECTORY";

    private static final byte[] LABEL = "skyawg timestamp".getBytes(StandardCharsets.US_ASCII);
    private static final int FINGERPRINT_LENGTH = 8;
    /** As many digits as a positive long has, and a line feed. */
    private static final int LONGEST = 20;

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final System.Logger LOG = System.getLogger(TimestampFiles.class.getName());

    private final Path state;
    private final AtomicBoolean hasFailed = new AtomicBoolean();

    TimestampFiles(Path state) {
        this.state = state;
    }

    /** In the {@link #stateFolder}. */
    static TimestampFiles choose() {
        return new TimestampFiles(stateFolder());
    }

    /** For what must survive a restart: where the environment says, else {@code /var/lib/skyawg}. */
    static Path stateFolder() {
        for (String variable : new String[] {ENVIRONMENT, SYSTEMD_ENVIRONMENT}) {
            String value = System.getenv(variable);
            if (value != null && !value.isEmpty()) {
                int end = variable.equals(SYSTEMD_ENVIRONMENT) ? value.indexOf(':') : -1;
                return Path.of(end < 0 ? value : value.substring(0, end));
            }
        }
        return DEFAULT;
    }

    @Override
    public long load(String interfaceName, PublicKey key) {
        Path file = file(interfaceName, key);
        try {
            byte[] bytes;
            try (FileChannel channel = FileChannel.open(file)) {
                ByteBuffer text = ByteBuffer.allocate(LONGEST + 1);
                while (text.hasRemaining() && channel.read(text) >= 0) {
                    // Until the end of the file.
                }
                bytes = new byte[text.flip().remaining()];
                text.get(bytes);
            }
            return parse(bytes);
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            warn("cannot be read", file, e.getMessage() == null ? e.toString() : e.getMessage());
        } catch (NumberFormatException e) {
            warn("is damaged", file, "it holds no number of nanoseconds");
        }
        return 0;
    }

    private static long parse(byte[] bytes) {
        int digits = bytes.length - 1;
        if (digits < 1 || digits >= LONGEST || bytes[digits] != '\n' || bytes[0] == '-' || bytes[0] == '+') {
            throw new NumberFormatException();
        }
        return Long.parseLong(new String(bytes, 0, digits, StandardCharsets.US_ASCII));
    }

    @Override
    public void save(String interfaceName, PublicKey key, long unixNanos) {
        Path file = file(interfaceName, key);
        Path folder = state.resolve(interfaceName);
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder, OWNER_ONLY_FOLDER);
            }
            Path fresh = Files.createTempFile(folder, ".timestamp", null, OWNER_ONLY);
            try {
                write(fresh, unixNanos + "\n");
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            warn("cannot be written", file, e.toString());
        }
    }

    /** To the disk: the machines that start without a clock are those whose power is cut. */
    private static void write(Path file, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /** Once: what fails now will fail every ten seconds. */
    private void warn(String what, Path file, String why) {
        if (!hasFailed.getAndSet(true)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    () -> file + ": " + what + " (" + why + "): peers may refuse this key for a while if the clock"
                            + " is set back over a restart; set " + ENVIRONMENT + " to a folder that can be written");
        }
    }

    private Path file(String interfaceName, PublicKey key) {
        byte[] hash = new byte[Blake2s.HASH_LENGTH];
        Blake2s blake2s = new Blake2s();
        blake2s.begin();
        blake2s.update(LABEL, 0, LABEL.length);
        blake2s.update(key.toBytes(), 0, PublicKey.LENGTH);
        blake2s.finish(hash, 0);
        String fingerprint = HexFormat.of().formatHex(hash, 0, FINGERPRINT_LENGTH);
        return state.resolve(interfaceName).resolve("timestamp-" + fingerprint);
    }
}
