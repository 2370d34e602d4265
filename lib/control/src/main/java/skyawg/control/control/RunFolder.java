package skyawg.control.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the daemon of this network namespace has its control socket. The default carries the namespace's number, so
 * that daemons in different namespaces never meet.
 */
public final class RunFolder {
    /** Where the folders of all namespaces lie by default. */
    public static final Path BASE = Path.of("/run/awgd");

    public static final String CONTROL_SOCKET = "control.sock";

    private static final Path NAMESPACE = Path.of("/proc/self/ns/net");

    private RunFolder() {}

    /**
     * The folder by option, else by environment, else by namespace. A daemon must ask before it is made undumpable.
     *
     * @param environment value of {@code AWGD_RUN_DIR}
     */
    public static Path choose(Optional<Path> option, @Nullable String environment) throws IOException {
        if (option.isPresent()) {
            return option.get();
        }
        if (environment != null && !environment.isEmpty()) {
            return Path.of(environment);
        }
        // Reads "net:[4026531840]".
        String link = Files.readSymbolicLink(NAMESPACE).toString();
        return BASE.resolve(link.substring(link.indexOf('[') + 1, link.indexOf(']')));
    }
}
