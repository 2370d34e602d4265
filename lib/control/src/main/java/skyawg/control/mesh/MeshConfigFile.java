package skyawg.control.mesh;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import skyawg.control.config.AtomicFile;

/** The file {@code mesh.conf} of a node: private, and replaced as a whole. */
public record MeshConfigFile(Path path) {
    /** More than any has. */
    private static final long MAX_LENGTH = 1 << 20;

    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    public boolean exists() {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Reads the file, and those that it names. The caller closes the result.
     *
     * @throws MeshConfigException when it is wrong, or others can read it
     */
    public MeshConfig read() throws IOException, MeshConfigException {
        return MeshConfigReader.read(readPrivate(path), path.toString(), MeshConfigFile::readNamed);
    }

    private static String readPrivate(Path file) throws IOException, MeshConfigException {
        Set<PosixFilePermission> open = EnumSet.noneOf(PosixFilePermission.class);
        open.addAll(Files.getPosixFilePermissions(file));
        open.retainAll(OTHERS);
        if (!open.isEmpty()) {
            throw new MeshConfigException(
                    file + ": holds keys, and others than its owner can read or write it: chmod 600 " + file);
        }
        return readNamed(file);
    }

    private static String readNamed(Path file) throws IOException {
        try {
            if (Files.size(file) > MAX_LENGTH) {
                throw new IOException("longer than " + MAX_LENGTH + " bytes");
            }
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new IOException("no such file", e);
        }
    }

    /** Replaces the file; its folder is made if it is missing. */
    public void write(MeshConfig config) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        byte[] text = MeshConfigWriter.write(config).getBytes(StandardCharsets.UTF_8);
        try {
            new AtomicFile(path).replace(ByteBuffer.wrap(text));
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }

    /** Puts the file aside under another name, so that the next start finds none. @return the other name */
    public Path putAside() throws IOException {
        Path aside = path.resolveSibling(path.getFileName() + ".left");
        return Files.move(path, aside, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
