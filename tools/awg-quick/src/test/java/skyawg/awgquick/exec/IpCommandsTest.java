package skyawg.awgquick.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IpCommandsTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private Path log;
    private Commands commands;

    /** An {@code ip} that logs how it is started and each command of a batch, and fails at the word {@code bad}. */
    @BeforeEach
    void fakeIp() throws IOException {
        log = folder.resolve("log");
        Path ip = Files.writeString(folder.resolve("ip"), """
                #!/bin/sh
                echo "ip $*" >> LOG
                case "$*" in
                  *-batch*)
                    n=0
                    while read -r line; do
                      n=$((n + 1))
                      case $line in *killed*) exit 3 ;; *bad*) echo "RTNETLINK answers: no" >&2; echo "Command failed -:$n" >&2; exit 1 ;; esac
                      echo "  $line" >> LOG
                    done ;;
                  *bad*) exit 2 ;;
                esac
                """.replace("LOG", log.toString()));
        assertThat(ip.toFile().setExecutable(true)).isTrue();
        commands = new Commands(
                new PrintStream(shown, true, StandardCharsets.UTF_8),
                new Programs(folder + ":/usr/bin:/bin"),
                new Stop());
    }

    private IpCommands routes(Family family, String... prefixes) {
        IpCommands ip = new IpCommands(commands);
        for (String prefix : prefixes) {
            ip.add(family, "route", "add", prefix);
        }
        return ip;
    }

    private String shown() {
        return shown.toString(StandardCharsets.UTF_8);
    }

    @Test
    void runsManyOfOneFamilyInOneProcess() throws Exception {
        routes(Family.V4, "a", "b", "c").add(Family.V6, "route", "add", "d").run();
        assertThat(log).hasContent("ip -4 -batch -\n  route add a\n  route add b\n  route add c\nip -6 route add d\n");
        assertThat(shown())
                .isEqualTo(
                        "[#] ip -4 route add a\n[#] ip -4 route add b\n[#] ip -4 route add c\n[#] ip -6 route add d\n");
    }

    @Test
    void failsAsIfEachHadRunAlone() throws Exception {
        assertThatThrownBy(() -> routes(Family.V4, "a", "b", "bad", "never").run())
                .isInstanceOfSatisfying(
                        FailureException.class, e -> assertThat(e.status()).isEqualTo(2));
        assertThat(shown()).isEqualTo("[#] ip -4 route add a\n[#] ip -4 route add b\n[#] ip -4 route add bad\n");
        assertThat(log).content().doesNotContain("never");
    }

    @Test
    void failsAtTheFirstOfABatch() {
        assertThatThrownBy(() -> routes(Family.V4, "bad", "never").run()).isInstanceOf(FailureException.class);
        assertThat(shown()).isEqualTo("[#] ip -4 route add bad\n");
    }

    @Test
    void runsNothingTwiceWhenIpEndsWithoutSayingWhere() {
        assertThatThrownBy(() -> routes(Family.V4, "a", "killed", "c").run())
                .isInstanceOfSatisfying(
                        FailureException.class, e -> assertThat(e.status()).isEqualTo(3));
        assertThat(log).hasContent("ip -4 -batch -\n  route add a\n");
    }

    @Test
    void keepsWordsThatABatchWouldReadOtherwiseOutOfIt() throws Exception {
        routes(Family.V4, "a", "b#c", "d'e").run();
        assertThat(log).content().contains("ip -4 route add b#c").contains("ip -4 route add d'e");
    }

    @Test
    void saysWhichProgramIsMissing() {
        Commands none = new Commands(
                new PrintStream(shown, true, StandardCharsets.UTF_8), new Programs("/nonexistent"), new Stop());
        assertThatThrownBy(() -> none.run("ip", "x"))
                .isInstanceOfSatisfying(
                        FailureException.class, e -> assertThat(e.status()).isEqualTo(127))
                .hasMessage("ip: command not found");
    }

    @Test
    void givesCommandsThePlainLocale() throws Exception {
        assertThat(commands.ask("sh", "-c", "echo $LC_ALL").text()).isEqualTo("C\n");
    }
}
