package skyawg.awg;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skyawg.control.uapi.MemoryTunnel;
import skyawg.protocol.names.Secret;

/** Known keys, and texts that are almost keys, must not turn up in anything but what was asked to print them. */
class SecretsTest {
    private static final String PRIVATE = "yCanaryPrivateKeyCanaryPrivateKeyCanaryPri0=";
    private static final String PRESHARED = "xCanaryPresharedKeyCanaryPresharedKeyCanar0=";
    private static final String HEADER = "wCanaryHeaderKeyCanaryHeaderKeyCanaryHeade0=";
    private static final String PEER = "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=";

    @TempDir
    Path folder;

    @Test
    void turnUpNowhere() throws Exception {
        StringBuilder printed = new StringBuilder();
        try (Lab lab = new Lab(folder.resolve("run"))) {
            lab.add("t9", new MemoryTunnel("t9"));
            String good =
                    "[Interface]\nPrivateKey = " + PRIVATE + "\nS1=12\nS2=12\nS3=12\nS4=12\nHeaderProtectionKey = "
                            + HEADER + "\n[Peer]\nPublicKey = " + PEER + "\nPresharedKey = " + PRESHARED + "\n";
            collect(printed, setconf(lab, good));
            assertThat(lab.run("show", "t9", "preshared-keys").out()).contains(PRESHARED);

            // Every line broken in turn, by a letter less, a letter more, a wrong section and a wrong key.
            List<String> lines = good.lines().toList();
            for (String line : lines) {
                for (String broken : List.of(
                        line.substring(0, line.length() - 1),
                        line + "x",
                        "[Foo]\n" + line,
                        line.replace("Key", "Kay"),
                        "[Peer]\n" + line,
                        line.replace('=', ':'))) {
                    collect(printed, setconf(lab, good.replace(line + "\n", broken + "\n")));
                }
            }
            // The daemon refuses: its reason is printed.
            collect(printed, setconf(lab, good.replace("S1=12", "S1=5")));
            for (String[] command : new String[][] {
                {"show"},
                {"show", "t9"},
                {"show", "--json"},
                {"show", "t9", "nonsense"},
                {"set", "t9", "private-key", key(PRIVATE.substring(1))},
                {"set", "t9", "private-key", key(PRIVATE + "x")},
                {"set", "t9", "private-key", key(PRIVATE), "nonsense"},
                {"set", "t9", "header-protection-key", key(HEADER.replace('0', '1'))},
                {"set", "t9", "peer", PEER, "preshared-key", key(PRESHARED.replace('0', '1'))},
                {"check", conf(good.replace("PrivateKey", "PrivateKay"))},
            }) {
                collect(printed, lab.run(command));
            }
        }
        for (String secret : List.of(PRIVATE, PRESHARED, HEADER)) {
            assertThat(printed.toString()).doesNotContain(secret.substring(1, 12));
            assertThat(printed.toString())
                    .doesNotContain(Secret.parseBase64(secret).revealHex().substring(4, 40));
        }
        assertThat(printed.toString()).contains("(hidden)");
    }

    private Lab.Outcome setconf(Lab lab, String config) throws Exception {
        return lab.run("setconf", "t9", conf(config));
    }

    private String conf(String text) throws Exception {
        return Files.writeString(folder.resolve("t.conf"), text).toString();
    }

    private String key(String text) throws Exception {
        return Files.writeString(folder.resolve("key"), text).toString();
    }

    private static void collect(StringBuilder printed, Lab.Outcome outcome) {
        printed.append(outcome.out()).append(outcome.err());
    }
}
