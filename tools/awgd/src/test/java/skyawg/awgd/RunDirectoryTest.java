package skyawg.awgd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What two processes do with it is in tests/netns. */
class RunDirectoryTest {
    @TempDir
    Path folder;

    @Test
    void goesWithTheDaemonThatMadeIt() throws IOException {
        Path path = folder.resolve("run");
        RunDirectory directory = RunDirectory.choose(Optional.of(path));
        assertThat(directory.lock()).isTrue();
        assertThat(path.resolve("pid"))
                .hasContent(Long.toString(ProcessHandle.current().pid()));
        Files.createFile(directory.controlSocket());
        directory.release();
        assertThat(path).doesNotExist();
        assertThat(folder).exists();
    }

    @Test
    void staysWhereSomebodyElseMadeIt() throws IOException {
        RunDirectory directory = RunDirectory.choose(Optional.of(folder));
        assertThat(directory.lock()).isTrue();
        directory.release();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void canBeTakenAgain() throws IOException {
        Path path = folder.resolve("run");
        for (int round = 0; round < 3; round++) {
            RunDirectory directory = RunDirectory.choose(Optional.of(path));
            assertThat(directory.lock()).isTrue();
            directory.release();
        }
    }
}
