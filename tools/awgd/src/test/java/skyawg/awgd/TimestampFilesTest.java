package skyawg.awgd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skyawg.protocol.names.PublicKey;

class TimestampFilesTest {
    private static final long STAMP = 1_795_516_295_508_271_131L;
    private static final PublicKey KEY = key(1);

    @TempDir
    Path folder;

    private Path state() {
        return folder.resolve("lib").resolve("skyawg");
    }

    private static PublicKey key(int fill) {
        byte[] bytes = new byte[PublicKey.LENGTH];
        bytes[0] = (byte) fill;
        return PublicKey.of(bytes);
    }

    private List<Path> filesOf(String name) throws IOException {
        try (Stream<Path> files = Files.list(state().resolve(name))) {
            return files.toList();
        }
    }

    @Test
    void givesBackWhatWasSavedLast() {
        TimestampFiles files = new TimestampFiles(state());
        files.save("awg0", KEY, STAMP - 1);
        files.save("awg0", KEY, STAMP);
        assertThat(new TimestampFiles(state()).load("awg0", KEY)).isEqualTo(STAMP);
    }

    @Test
    void knowsInterfacesAndKeysApart() {
        TimestampFiles files = new TimestampFiles(state());
        files.save("awg0", KEY, STAMP);
        assertThat(files.load("awg1", KEY)).isZero();
        assertThat(files.load("awg0", key(2))).isZero();
    }

    @Test
    void isForTheOwnerOnlyAndHoldsNoKey() throws IOException {
        new TimestampFiles(state()).save("awg0", KEY, STAMP);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state().resolve("awg0"))))
                .isEqualTo("rwx------");
        List<Path> files = filesOf("awg0");
        assertThat(files).hasSize(1);
        Path file = files.getFirst();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file)).isEqualTo(STAMP + "\n");
        assertThat(file.getFileName().toString()).doesNotContain(KEY.toHex().substring(0, 8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "\n", "12", "-5\n", "+5\n", "1 2\n", "99999999999999999999\n", "9223372036854775808\n", "x\n"
            })
    void takesADamagedFileForNone(String content) throws IOException {
        TimestampFiles files = new TimestampFiles(state());
        files.save("awg0", KEY, STAMP);
        Files.writeString(filesOf("awg0").getFirst(), content);
        assertThat(files.load("awg0", KEY)).isZero();
        files.save("awg0", KEY, STAMP + 1);
        assertThat(files.load("awg0", KEY)).isEqualTo(STAMP + 1);
    }

    @Test
    void doesWithoutAPlaceThatCannotBeWritten() throws IOException {
        TimestampFiles files = new TimestampFiles(Files.writeString(folder.resolve("file"), ""));
        files.save("awg0", KEY, STAMP);
        assertThat(files.load("awg0", KEY)).isZero();
    }
}
