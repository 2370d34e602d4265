package skyawg.awgd.mesh;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs {@code ip} and {@code nft}, and writes settings of the kernel. */
class KernelCommands {
    private static final long PATIENCE_SECONDS = 10;
    private static final int LONGEST_ANSWER = 1 << 20;
    private static final int LONGEST_FAULT = 500;

    /**
     * Runs a command.
     *
     * @throws IOException naming it, with what it said
     */
    void run(List<String> command) throws IOException {
        run(command, "");
    }

    /** Runs a command, whether it succeeds or not: for what may be there or not. */
    void attempt(List<String> command) throws IOException {
        execute(command, "");
    }

    /** Runs a command for what it says. */
    List<String> ask(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8);
        process.destroy();
        return said.lines().toList();
    }

    void run(List<String> command, String input) throws IOException {
        String fault = execute(command, input);
        if (!fault.isEmpty()) {
            throw new IOException("'" + String.join(" ", command) + "' failed: " + fault);
        }
    }

    /** @return what it said when it failed; empty when it succeeded */
    private static String execute(List<String> command, String input) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        try (OutputStream out = process.getOutputStream()) {
            out.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String said = new String(process.getInputStream().readNBytes(LONGEST_FAULT), StandardCharsets.UTF_8).strip();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return "it did not end within " + PATIENCE_SECONDS + " s";
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return "interrupted";
        }
        if (process.exitValue() == 0) {
            return "";
        }
        return said.isEmpty() ? "status " + process.exitValue() : said;
    }

    /** @param setting below /proc/sys */
    void set(String setting, String value) throws IOException {
        Path file = Path.of("/proc/sys").resolve(setting);
        if (Files.exists(file) && !Files.readString(file).strip().equals(value)) {
            Files.writeString(file, value);
        }
    }
}
