package skyawg.control.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A command's surroundings: its streams, its environment variables and whether a person watches. */
public final class CommandIo {
    /** Set to true by the launchers, which ask the shell: asking the JDK costs start-up time. */
    private static final String TERMINAL_PROPERTY = "skyawg.terminal";

    private final InputStream in;
    private final Output out;
    private final Output err;
    private final Map<String, String> environment;
    private final boolean isTerminal;

    public CommandIo(InputStream in, Output out, Output err, Map<String, String> environment, boolean isTerminal) {
        this.in = in;
        this.out = out;
        this.err = err;
        this.environment = environment;
        this.isTerminal = isTerminal;
    }

    /** The process's own. */
    public static CommandIo ofProcess() {
        return new CommandIo(
                System.in,
                new Output(new FileOutputStream(FileDescriptor.out)),
                new Output(new FileOutputStream(FileDescriptor.err)),
                System.getenv(),
                Boolean.getBoolean(TERMINAL_PROPERTY));
    }

    public InputStream in() {
        return in;
    }

    public Output out() {
        return out;
    }

    /** Takes a line of standard error, at once. */
    public void complain(String line) {
        out.flush();
        err.line(line).flush();
    }

    /** {@link #complain} as a consumer. */
    public Consumer<String> complaints() {
        return new Consumer<>() {
            @Override
            public void accept(String line) {
                complain(line);
            }
        };
    }

    public Map<String, String> environment() {
        return environment;
    }

    public @Nullable String variable(String name) {
        return environment.get(name);
    }

    /** True when standard output is a terminal. */
    public boolean isTerminal() {
        return isTerminal;
    }
}
