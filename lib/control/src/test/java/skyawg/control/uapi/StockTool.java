package skyawg.control.uapi;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** Other people's tools, run against our sockets; they look in {@code /var/run} only, so it takes root. */
public final class StockTool {
    /** What a command did. */
    public record Outcome(int status, String out, String err) {}

    private final Path program;

    private StockTool(Path program) {
        this.program = program;
    }

    /** Debian's {@code wg}; skips the test where it is not there. */
    public static StockTool wg() {
        abortUnlessRoot();
        Path program = Path.of("/usr/bin/wg");
        if (!Files.isExecutable(program)) {
            Assumptions.abort("no wg: install wireguard-tools");
        }
        return new StockTool(program);
    }

    /** amneziawg-tools' {@code awg}, or the folder it is in; skips the test where AMNEZIAWG_TOOLS is not set. */
    public static StockTool awg() {
        abortUnlessRoot();
        String place = System.getenv("AMNEZIAWG_TOOLS");
        if (place == null || place.isEmpty()) {
            Assumptions.abort("AMNEZIAWG_TOOLS does not name amneziawg-tools' awg");
        }
        Path path = Path.of(place);
        return new StockTool(Files.isDirectory(path) ? path.resolve("awg") : path);
    }

    /** A name that no other test run uses at the same time. At most 15 characters. */
    public static String interfaceName(String letters) {
        return letters + ProcessHandle.current().pid() % 1_000_000;
    }

    public Outcome run(String... words) throws IOException, InterruptedException {
        return run(Map.of(), words);
    }

    public Outcome run(Map<String, String> environment, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(program.toString());
        command.addAll(List.of(words));
        Path out = Files.createTempFile("skyawg", ".out");
        Path err = Files.createTempFile("skyawg", ".err");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            int status = builder.start().waitFor();
            return new Outcome(
                    status,
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    private static void abortUnlessRoot() {
        if (!"root".equals(System.getProperty("user.name"))) {
            Assumptions.abort("needs root: stock tools look for sockets in /var/run only");
        }
    }
}
