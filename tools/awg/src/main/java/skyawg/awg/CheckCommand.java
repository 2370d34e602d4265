package skyawg.awg;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import skyawg.awg.check.ConfigCheck;
import skyawg.awg.check.ConfigText;
import skyawg.awg.check.CorrectedFile;
import skyawg.awg.check.Finding;
import skyawg.control.cli.CommandIo;
import skyawg.control.cli.ExitStatus;
import skyawg.control.cli.JsonWriter;

/**
 * {@code awg check FILE}. What is wrong goes to standard error, as a compiler's complaints do, because standard output
 * is for the corrected file; with {@code --json} the findings are the result and go there instead of it.
 */
final class CheckCommand {
    private static final int LONGEST_FILE = 64 << 20;
    private static final int ETHERNET_MTU = 1500;
    private static final int SMALLEST_PATH_MTU = 576;
    private static final int LARGEST_PATH_MTU = 65535;

    private static final String USAGE = """
            Usage: awg check [--json] [--path-mtu <bytes>] <file>

            Looks for mistakes in a configuration file of awg or awg-quick, `-' for standard input. Says on standard
            error in which line, what is wrong and what to do. Obfuscation keys under [Peer] are moved to [Interface]:
            the corrected file goes to standard output, its keys hidden if that is a terminal.
              --json: print the findings as JSON on standard output, and no corrected file
              --path-mtu: the MTU of the way to the peers, 1500 if it is not said
            Exit status: 0 no error (there may be warnings), 1 an error was found, 2 the file cannot be read.

            Example: awg check awg0.conf > corrected.conf
            """;

    private final CommandIo io;

    CheckCommand(CommandIo io) {
        this.io = io;
    }

    int run(String[] words) {
        boolean isJson = false;
        int pathMtu = ETHERNET_MTU;
        String file = null;
        for (int i = 0; i < words.length; i++) {
            if (words[i].equals("-h") || words[i].equals("--help")) {
                io.out().print(USAGE);
                return ExitStatus.OK;
            } else if (words[i].equals("--json")) {
                isJson = true;
            } else if (words[i].equals("--path-mtu") && i + 1 < words.length) {
                pathMtu = pathMtu(words[++i]);
            } else if (file == null && (words[i].equals("-") || !words[i].startsWith("-"))) {
                file = words[i];
            } else {
                return usage("`" + words[i] + "' is not understood");
            }
        }
        if (file == null) {
            return usage("the file is missing");
        }
        if (pathMtu < 0) {
            return usage("a path MTU is " + SMALLEST_PATH_MTU + " to " + LARGEST_PATH_MTU);
        }
        try {
            return check(file, ConfigText.of(read(file)), pathMtu, isJson);
        } catch (IOException e) {
            io.complain(file + ": " + KeyFile.reason(e));
            return ExitStatus.USAGE;
        }
    }

    private int check(String file, ConfigText text, int pathMtu, boolean isJson) {
        List<Finding> findings = new ArrayList<>(ConfigCheck.check(text, pathMtu));
        Finding permissions = permissions(file, text);
        if (permissions != null) {
            findings.add(permissions);
            findings.sort(Comparator.comparingInt(Finding::line));
        }
        if (isJson) {
            io.out().print(json(findings));
        } else {
            print(file, findings, text);
        }
        return findings.stream().anyMatch(Finding::isError) ? ExitStatus.FAILED : ExitStatus.OK;
    }

    private void print(String file, List<Finding> findings, ConfigText text) {
        for (Finding finding : findings) {
            String mark = finding.isError() ? "" : "warning: ";
            io.complain(file + ":" + finding.line() + ": " + finding.key() + ": " + mark + finding.message() + " ["
                    + finding.rule() + "]");
        }
        String corrected = CorrectedFile.of(text);
        if (corrected == null) {
            return;
        }
        io.complain(file + ": the corrected file is on standard output"
                + (io.isTerminal() ? ", keys hidden: send it to a file to have them" : ""));
        io.out().print(io.isTerminal() ? ConfigText.of(corrected).withoutSecrets() : corrected);
    }

    private static String json(List<Finding> findings) {
        JsonWriter json = new JsonWriter().beginArray();
        for (Finding finding : findings) {
            json.beginObject().name("line").value(finding.line());
            json.name("key")
                    .value(finding.key())
                    .name("level")
                    .value(finding.level().word());
            json.name("rule").value(finding.rule()).name("message").value(finding.message());
            json.endObject();
        }
        return json.endArray().document();
    }

    private String read(String file) throws IOException {
        byte[] bytes;
        try (InputStream in = file.equals("-") ? io.in() : new FileInputStream(file)) {
            bytes = in.readNBytes(LONGEST_FILE + 1);
        }
        try {
            if (bytes.length > LONGEST_FILE) {
                throw new IOException("longer than " + LONGEST_FILE + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** A pipe or a file without secrets may be read by anyone. */
    private static @Nullable Finding permissions(String file, ConfigText text) {
        ConfigText.Line secret = text.firstSecret();
        if (file.equals("-") || secret == null) {
            return null;
        }
        try {
            Path path = Path.of(file);
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
            boolean isOpen = permissions.contains(PosixFilePermission.GROUP_READ)
                    || permissions.contains(PosixFilePermission.OTHERS_READ);
            if (!isOpen || !Files.isRegularFile(path)) {
                return null;
            }
            return new Finding(
                    secret.number(),
                    secret.spelledKey(),
                    Finding.Level.WARNING,
                    "permissions",
                    "others can read the file (" + PosixFilePermissions.toString(permissions)
                            + "), which holds a secret: run chmod 600 on it");
        } catch (IOException | InvalidPathException | UnsupportedOperationException e) {
            // What can be read but not examined has no mode to complain of.
            return null;
        }
    }

    /** @return -1 for what is none */
    private static int pathMtu(String text) {
        try {
            int mtu = Integer.parseInt(text);
            return mtu >= SMALLEST_PATH_MTU && mtu <= LARGEST_PATH_MTU ? mtu : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private int usage(String reason) {
        io.complain("awg check: " + reason);
        io.complain(USAGE.stripTrailing());
        return ExitStatus.USAGE;
    }
}
