package skyawg.awg;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skyawg.control.uapi.MemoryTunnel;

/** The recorded command lines, in their order, against an interface with the recorded configuration. */
class RecordedCommandsTest {
    private static final int COMMANDS = 57;
    private static final int FIELD_COMMANDS = 78;

    /** Words that the recording has lost the quotes of. */
    private static final Map<String, List<String>> QUOTED = Map.of(
            "allowed-ips 10.1.0.0/16, 10.2.0.0/16", List.of("allowed-ips", "10.1.0.0/16, 10.2.0.0/16"),
            "allowed-ips ''", List.of("allowed-ips", ""),
            "i2 <rd 5>", List.of("i2", "<rd 5>"),
            "i2 ''", List.of("i2", ""));

    @TempDir
    Path folder;

    private record Recorded(String command, int status, String out, String err) {}

    @Test
    void answersAsRecorded() throws Exception {
        int count = 0;
        try (Lab lab = configured()) {
            for (Recorded recorded : parse(Recordings.text("commands.txt"))) {
                count++;
                Lab.Outcome outcome = run(lab, recorded.command);
                String err = expectedError(recorded);
                assertThat(outcome.status()).as(recorded.command).isEqualTo(expectedStatus(recorded));
                if (!err.equals("usage")) {
                    assertThat(withoutReason(outcome.err()))
                            .as(recorded.command)
                            .isEqualTo(err);
                }
                if (recorded.out.startsWith("Usage") || recorded.out.startsWith("amneziawg-tools")) {
                    assertThat(outcome.out())
                            .as(recorded.command)
                            .startsWith(
                                    recorded.out.startsWith("Usage")
                                            ? "Usage: awg <cmd> [<args>]\n"
                                            : "skyawg-tools v");
                } else {
                    assertThat(outcome.out()).as(recorded.command).isEqualTo(recorded.out);
                }
            }
        }
        assertThat(count).isEqualTo(COMMANDS);
    }

    @Test
    void showsFieldsAsRecorded() throws Exception {
        int count = 0;
        try (Lab lab = new Lab(folder)) {
            var snapshot = Recordings.interfaceA(Recordings.NEWEST_FIRST);
            lab.add("veca0", new FixedTunnel(snapshot));
            for (Recorded recorded : parse(Recordings.text("show-fields.txt"))) {
                count++;
                String[] words = recorded.command.split(" ", -1);
                boolean isKnown = !words[3].equals("nonsense");
                String out = recorded.out
                        .lines()
                        .filter(line -> !line.startsWith("vecb0\t"))
                        .map(line -> line + "\n")
                        .reduce("", String::concat);
                if (words[3].startsWith("max") && !words[3].equals("max-handshake-attemps")) {
                    out = words[2].equals("all") ? "veca0\t10-20\n" : "10-20\n";
                } else if (recorded.status == -11) {
                    out = words[2].equals("all") ? "veca0\t(null)\n" : "(null)\n";
                }
                Lab.Outcome outcome = lab.run("show", words[2], words[3]);
                assertThat(outcome.out()).as(recorded.command).isEqualTo(out);
                assertThat(outcome.status()).as(recorded.command).isEqualTo(isKnown ? 0 : 1);
                if (!isKnown) {
                    assertThat(outcome.err())
                            .startsWith("Invalid parameter: `nonsense'\nUsage: awg show { <interface>");
                }
            }
        }
        assertThat(count).isEqualTo(FIELD_COMMANDS);
    }

    private Lab configured() throws Exception {
        Lab lab = new Lab(folder);
        lab.add("veca0", new MemoryTunnel("veca0"));
        assertThat(lab.run("setconf", "veca0", Recordings.file("config-a.conf").toString()))
                .isEqualTo(new Lab.Outcome(0, "", ""));
        return lab;
    }

    private static Lab.Outcome run(Lab lab, String command) {
        if (command.startsWith("printf %s '")) {
            String input = command.substring("printf %s '".length(), command.indexOf("' | awg pubkey"));
            return lab.runWithInput(input.replace("\\n", "\n"), "pubkey");
        }
        List<String> words = new ArrayList<>();
        String rest = command.substring("awg".length());
        for (Map.Entry<String, List<String>> quoted : QUOTED.entrySet()) {
            if (rest.endsWith(" " + quoted.getKey())) {
                words.addAll(quoted.getValue());
                rest = rest.substring(0, rest.length() - quoted.getKey().length());
            }
        }
        words.addAll(0, Arrays.asList(rest.strip().split(" ", -1)));
        return lab.run(words.toArray(String[]::new));
    }

    /** We take "off", as the manual says. */
    private static int expectedStatus(Recorded recorded) {
        return recorded.command.endsWith("persistent-keepalive off") ? 0 : recorded.status;
    }

    private static String expectedError(Recorded recorded) {
        if (recorded.err.startsWith("Usage: awg s") || recorded.err.startsWith("Invalid subcommand")) {
            return "usage"; // our own words
        }
        return recorded.err.replace("Protocol not supported", "No such device");
    }

    /** Our daemon says why, in brackets behind the reference's words. */
    private static String withoutReason(String err) {
        return err.replaceFirst("^(Unable to modify interface: Invalid argument) \\(.*\\)\n$", "$1\n");
    }

    private static List<Recorded> parse(String text) {
        List<Recorded> commands = new ArrayList<>();
        for (String block : ("\n" + text).split("\n\\$ ", -1)) {
            if (block.isEmpty()) {
                continue;
            }
            String[] lines = block.split("\n", -1);
            int status = Integer.parseInt(lines[1].substring("exit=".length()));
            StringBuilder out = new StringBuilder();
            StringBuilder err = new StringBuilder();
            boolean inError = false;
            for (int i = 2; i < lines.length; i++) {
                if (lines[i].startsWith("[stderr] ")) {
                    inError = true;
                }
                String line = lines[i].startsWith("[stderr] ") ? lines[i].substring("[stderr] ".length()) : lines[i];
                if (i < lines.length - 1 || !line.isEmpty()) {
                    (inError ? err : out).append(line).append('\n');
                }
            }
            commands.add(new Recorded(lines[0], status, out.toString(), err.toString()));
        }
        return commands;
    }

    @Test
    void changesAnInterfaceAsRecorded() throws Exception {
        try (Lab lab = configured()) {
            for (String step : Recordings.text("conf-semantics.txt").strip().split("\n\n", -1)) {
                String[] lines = step.split("\n", -1);
                StringBuilder config = new StringBuilder();
                StringBuilder expected = new StringBuilder();
                String subcommand = "";
                for (String line : lines) {
                    if (line.startsWith("# ")) {
                        subcommand = line.split(" ", -1)[1];
                    } else if (line.startsWith("|")) {
                        config.append(line.substring(1)).append('\n');
                    } else if (!line.startsWith("exit=")) {
                        expected.append(line).append('\n');
                    }
                }
                if (subcommand.equals("starting")) {
                    assertThat(peers(lab))
                            .isEqualTo(expected + "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=\t(none)\n");
                    lab.run("set", "veca0", "peer", "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=", "remove");
                    continue;
                }
                Path file = Files.writeString(folder.resolve(subcommand.toLowerCase(Locale.ROOT) + ".conf"), config);
                assertThat(lab.run(subcommand, "veca0", file.toString())).isEqualTo(new Lab.Outcome(0, "", ""));
                String state = peers(lab)
                        + lab.run("show", "veca0", "jc").out()
                        + lab.run("show", "veca0", "fwmark").out()
                        + lab.run("show", "veca0", "private-key").out()
                        + lab.run("show", "veca0", "listen-port").out();
                // The recording was made behind commands that had switched the mark off already.
                assertThat(state.replace("0xca6c\n", "off\n"))
                        .as(config.toString())
                        .isEqualTo(expected.toString());
            }
        }
    }

    private static String peers(Lab lab) {
        return lab.run("show", "veca0", "allowed-ips").out();
    }
}
