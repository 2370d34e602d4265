package skyawg.awgquick.exec;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs commands the way {@code awg-quick} shows them: the line {@code [#] command} on standard error, then the command
 * with our own streams. Every command gets LC_ALL=C, so that its output can be read.
 */
public final class Commands {
    private final PrintStream err;
    private final Programs programs;
    private final Stop stop;

    public Commands(PrintStream err, Programs programs, Stop stop) {
        this.err = err;
        this.programs = programs;
        this.stop = stop;
    }

    /** What a silent command said. */
    public record Output(int status, String text) {
        public boolean isOk() {
            return status == 0;
        }
    }

    public boolean has(String program) {
        return programs.has(program);
    }

    public Stop stop() {
        return stop;
    }

    /** Shows a step that we do ourselves as the command that would do it. */
    public void show(String command) {
        err.println("[#] " + command);
    }

    /** A line for the user, on standard error. */
    public void say(String line) {
        err.println(line);
    }

    /**
     * Shows and runs a command.
     *
     * @throws FailureException with its status unless that is 0
     */
    public void run(List<String> command) throws FailureException {
        run(String.join(" ", command), command);
    }

    /** Runs a command, showing {@code shown} in its place. */
    public void run(String shown, List<String> command) throws FailureException {
        stop.check();
        show(shown);
        pass(start(command, Redirect.OURS));
    }

    public void run(String... command) throws FailureException {
        run(List.of(command));
    }

    /** Runs a command that reads {@code input}, showing {@code shown} in its place. */
    public void feed(String shown, String input, List<String> command) throws FailureException {
        stop.check();
        show(shown);
        Process process = start(command, Redirect.INPUT_PIPED);
        write(process, input);
        pass(process);
    }

    /** Runs a command silently, its standard error thrown away; one that is missing has status 127 and says nothing. */
    public Output ask(String... command) throws FailureException {
        stop.check();
        if (!programs.has(command[0])) {
            return new Output(FailureException.NOT_FOUND, "");
        }
        Process process = start(List.of(command), Redirect.OUTPUT_PIPED);
        String text = read(process.getInputStream());
        return new Output(stop.await(process), text);
    }

    /**
     * Runs a command silently with {@code input}.
     *
     * @return its standard output and error together
     */
    public Output exchange(String input, String... command) throws FailureException {
        stop.check();
        if (!programs.has(command[0])) {
            return new Output(FailureException.NOT_FOUND, "");
        }
        Process process = start(List.of(command), Redirect.ALL_PIPED);
        write(process, input);
        String text = read(process.getInputStream());
        return new Output(stop.await(process), text);
    }

    private enum Redirect {
        OURS,
        INPUT_PIPED,
        OUTPUT_PIPED,
        ALL_PIPED
    }

    private Process start(List<String> command, Redirect redirect) throws FailureException {
        String program = programs.find(command.getFirst());
        if (program == null) {
            throw FailureException.because(FailureException.NOT_FOUND, command.getFirst() + ": command not found");
        }
        List<String> resolved = new ArrayList<>(command);
        resolved.set(0, program);
        ProcessBuilder builder = new ProcessBuilder(resolved);
        switch (redirect) {
            case OURS -> builder.inheritIO();
            case INPUT_PIPED ->
                builder.redirectOutput(ProcessBuilder.Redirect.INHERIT).redirectError(ProcessBuilder.Redirect.INHERIT);
            case OUTPUT_PIPED ->
                builder.redirectInput(ProcessBuilder.Redirect.INHERIT).redirectError(ProcessBuilder.Redirect.DISCARD);
            case ALL_PIPED -> builder.redirectErrorStream(true);
        }
        builder.environment().put("LC_ALL", "C");
        try {
            Process process = builder.start();
            stop.watch(process);
            return process;
        } catch (IOException e) {
            throw FailureException.because(126, command.getFirst() + ": " + e.getMessage());
        }
    }

    private void pass(Process process) throws FailureException {
        int status = stop.await(process);
        if (status != 0) {
            throw FailureException.passingOn(status);
        }
    }

    private static void write(Process process, String input) {
        try (OutputStream out = process.getOutputStream()) {
            out.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // The command ended without reading to the end: its status tells.
        }
    }

    private static String read(InputStream in) {
        try (in) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
