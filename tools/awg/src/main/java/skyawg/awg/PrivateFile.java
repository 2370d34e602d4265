package skyawg.awg;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** A new file that holds secrets: its owner's alone from the moment it has a name. */
record PrivateFile(Path path, String text) {
    private static final FileAttribute<?> MODE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /** The text is secret. */
    @Override
    public String toString() {
        return path.toString();
    }

    /**
     * Creates all files or none.
     *
     * @throws FileAlreadyExistsException when one of them is there, be it as a dangling link; it stays as it is
     */
    static void createAll(List<PrivateFile> files) throws IOException {
        for (PrivateFile file : files) {
            if (Files.exists(file.path, LinkOption.NOFOLLOW_LINKS)) {
                throw new FileAlreadyExistsException(file.path.toString());
            }
        }
        List<Path> created = new ArrayList<>();
        boolean isDone = false;
        try {
            for (PrivateFile file : files) {
                file.create(created);
            }
            isDone = true;
        } finally {
            if (!isDone) {
                for (Path path : created) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }

    private void create(List<Path> created) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (SeekableByteChannel channel =
                Files.newByteChannel(path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), MODE)) {
            created.add(path);
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }
}
