package skyawg.awgd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class TrainingTest {

    private static Set<String> temporaryFolders() throws IOException {
        Set<String> names = new TreeSet<>();
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (Files.isRegularFile(file.resolve("run").resolve("lock"))) {
                    names.add(file.toString());
                }
            }
        }
        return names;
    }

    /** The launcher hides what training says, so that a failure would only show as slow starts. */
    @Test
    void carriesPacketsBothWaysAndLeavesNothing() throws IOException {
        Set<String> before = temporaryFolders();
        assertThat(Training.train()).isTrue();
        assertThat(temporaryFolders()).isEqualTo(before);
    }
}
