package skyawg.awg;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skyawg.control.uapi.MemoryTunnel;

class BatchCommandTest {
    @TempDir
    Path folder;

    private Lab lab;

    @BeforeEach
    void serve() throws Exception {
        lab = new Lab(folder);
        lab.add("t3", new MemoryTunnel("t3"));
    }

    @Test
    void runsEachLine() {
        Lab.Outcome outcome = lab.runWithInput(
                "# comment\n\nset t3 jc 3 jmin 40 jmax 50\n  set t3 i1 '<r 5> \"x\"'\nshow t3 jc\nshow t3 i1\n", "-b");
        assertThat(outcome).isEqualTo(new Lab.Outcome(0, "3\n<r 5> \"x\"\n", ""));
    }

    @Test
    void stopsAtTheFirstFailure() throws Exception {
        Path file = Files.writeString(folder.resolve("batch"), "show t3 jc\nset t3 jc x\nshow t3 jc\n");
        Lab.Outcome outcome = lab.run("-b", file.toString());
        assertThat(outcome)
                .isEqualTo(new Lab.Outcome(
                        1, "0\n", "Unable to parse jc: `x'\n" + file + ":2: failed, the rest was not run\n"));
    }

    @Test
    void refusesAnOpenQuote() {
        assertThat(lab.runWithInput("show 't3\n", "-b"))
                .isEqualTo(new Lab.Outcome(2, "", "-:1: a quote is not closed\n"));
    }

    @Test
    void runsNoBatchInABatch() {
        assertThat(lab.runWithInput("-b x\n", "-b").status()).isEqualTo(2);
    }
}
