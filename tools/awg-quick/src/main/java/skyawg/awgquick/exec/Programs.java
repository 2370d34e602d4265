package skyawg.awgquick.exec;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds programs as a shell does: a name with a slash is a path, another one is looked for in PATH. */
public final class Programs {
    private static final String USUAL_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final String path;

    /** @param path colon-separated folders; null or empty stands for the usual ones */
    public Programs(@Nullable String path) {
        this.path = path == null || path.isEmpty() ? USUAL_PATH : path;
    }

    /** @return the program's file, or null when there is none */
    public @Nullable String find(String name) {
        if (name.indexOf('/') >= 0) {
            return isProgram(name) ? name : null;
        }
        int from = 0;
        while (from <= path.length()) {
            int colon = path.indexOf(':', from);
            int to = colon < 0 ? path.length() : colon;
            String file = (to == from ? "." : path.substring(from, to)) + "/" + name;
            if (isProgram(file)) {
                return file;
            }
            from = to + 1;
        }
        return null;
    }

    public boolean has(String name) {
        return find(name) != null;
    }

    private static boolean isProgram(String file) {
        Path candidate = Path.of(file);
        return Files.isRegularFile(candidate) && Files.isExecutable(candidate);
    }
}
