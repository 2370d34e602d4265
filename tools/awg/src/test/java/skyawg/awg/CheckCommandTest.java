package skyawg.awg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
    private static final String KEY = "QHNZcSHaq0sbS3CfUdJlUMtWvtwcXXNqXCVpcHnGrEg=";
    private static final String PEER = "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=";
    private static final String GOOD = "[Interface]\nPrivateKey = " + KEY + "\n[Peer]\nPublicKey = " + PEER + "\n";
    private static final String MOVE =
            "stands under [Peer], but obfuscation is of the whole interface, not of one peer:"
                    + " move the line under [Interface] [misplaced-key]\n";

    @TempDir
    Path folder;

    private Lab lab;

    @BeforeEach
    void open() throws IOException {
        lab = new Lab(folder);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void saysNothingOfAGoodFile() {
        assertThat(lab.runWithInput(GOOD, "check", "-")).isEqualTo(new Lab.Outcome(0, "", ""));
    }

    @Test
    void movesObfuscationFromPeerToInterface() {
        String file = "\ufeff[Interface]\r\nPrivateKey = " + KEY + "\r\n\r\n[Peer]\r\nPublicKey = " + PEER
                + "\r\nJmax = 20\r\nPreSharedKey = " + KEY + "\r\nI1 = <r 20>\r\n";
        Lab.Outcome outcome = lab.runWithInput(file, "check", "-");
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err())
                .isEqualTo("-:1: ?: warning: the file begins with a byte-order mark, which awg setconf refuses: save it"
                        + " as UTF-8 without one [byte-order-mark]\n"
                        + "-:6: Jmax: " + MOVE
                        + "-:7: PreSharedKey: warning: some programs read only PresharedKey: write it so [spelling]\n"
                        + "-:8: I1: " + MOVE + "-: the corrected file is on standard output\n");
        assertThat(outcome.out())
                .isEqualTo("[Interface]\nPrivateKey = " + KEY + "\nJmax = 20\nI1 = <r 20>\n\n[Peer]\nPublicKey = "
                        + PEER + "\nPresharedKey = " + KEY + "\n");
        assertThat(lab.runWithInput(outcome.out(), "check", "-").status()).isZero();
    }

    @Test
    void listsFindingsAsJson() {
        assertThat(lab.runWithInput(GOOD + "Jc = 3\n", "check", "--json", "-")).isEqualTo(new Lab.Outcome(1, """
                        [
                          {
                            "line": 5,
                            "key": "Jc",
                            "level": "error",
                            "rule": "misplaced-key",
                            "message": "stands under [Peer], but obfuscation is of the whole interface, not of one peer: \
                        move the line under [Interface]"
                          }
                        ]
                        """, ""));
        assertThat(lab.runWithInput(GOOD, "--json", "check", "-")).isEqualTo(new Lab.Outcome(0, "[]\n", ""));
    }

    @Test
    void warnsOfASecretThatOthersCanRead() throws IOException {
        Path file = Files.writeString(folder.resolve("a.conf"), GOOD);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(lab.run("check", file.toString()))
                .isEqualTo(new Lab.Outcome(
                        0,
                        "",
                        file + ":2: PrivateKey: warning: others can read the file (rw-r-----),"
                                + " which holds a secret: run chmod 600 on it [permissions]\n"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(lab.run("check", file.toString())).isEqualTo(new Lab.Outcome(0, "", ""));
    }

    @Test
    void tellsUsageAndUnreadableFilesFromErrors() {
        assertThat(lab.run("check").status()).isEqualTo(2);
        assertThat(lab.run("check", "a", "b").status()).isEqualTo(2);
        assertThat(lab.run("check", "--path-mtu", "12", "-").status()).isEqualTo(2);
        Path none = folder.resolve("none.conf");
        assertThat(lab.run("check", none.toString()))
                .isEqualTo(new Lab.Outcome(2, "", none + ": No such file or directory\n"));
        Lab.Outcome help = lab.run("check", "--help");
        assertThat(help.status()).isZero();
        assertThat(help.out()).contains("Example: awg check");
    }
}
