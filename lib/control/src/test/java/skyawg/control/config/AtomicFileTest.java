package skyawg.control.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AtomicFileTest {
    private static final String OLD = "old\n".repeat(1000);
    private static final String NEW = "new\n".repeat(2000);

    @TempDir
    Path folder;

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private Path oldFile() throws IOException {
        return Files.writeString(folder.resolve("awg0.conf"), OLD);
    }

    private List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        try (var files = Files.list(folder)) {
            files.forEach(file -> names.add(file.getFileName().toString()));
        }
        return names;
    }

    @Test
    void replacesTheFileForItsOwnerOnly() throws IOException {
        Path file = oldFile();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        new AtomicFile(file).replace(bytes(NEW));
        assertThat(file).hasContent(NEW);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(names()).containsExactly("awg0.conf");
    }

    @Test
    void takesEveryStepInOrder() throws IOException {
        List<AtomicFile.Step> steps = new ArrayList<>();
        new AtomicFile(oldFile(), steps::add).replace(bytes(NEW));
        assertThat(steps).containsExactly(AtomicFile.Step.values());
    }

    @ParameterizedTest
    @EnumSource
    void leavesTheOldOrTheNewFileWhereverItFails(AtomicFile.Step failing) throws IOException {
        Path file = oldFile();
        AtomicFile atomic = new AtomicFile(file, step -> {
            if (step == failing) {
                throw new IOException("No space left on device");
            }
        });
        assertThatThrownBy(() -> atomic.replace(bytes(NEW))).hasMessage("No space left on device");
        assertThat(file).hasContent(failing == AtomicFile.Step.SYNC_FOLDER ? NEW : OLD);
        assertThat(names()).containsExactly("awg0.conf");
    }

    @Test
    void replacesWhatAKilledProcessLeft() throws IOException {
        Path file = oldFile();
        Path leftover = Files.writeString(folder.resolve("awg0.conf.tmp"), "half");
        Files.setPosixFilePermissions(leftover, PosixFilePermissions.fromString("rw-rw-rw-"));
        new AtomicFile(file).replace(bytes(NEW));
        assertThat(file).hasContent(NEW);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void doesNotWriteThroughALinkInTheTemporaryFilesPlace() throws IOException {
        Path file = oldFile();
        Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "untouched");
        Files.createSymbolicLink(folder.resolve("awg0.conf.tmp"), elsewhere);
        new AtomicFile(file).replace(bytes(NEW));
        assertThat(elsewhere).hasContent("untouched");
        assertThat(file).hasContent(NEW);
    }
}
