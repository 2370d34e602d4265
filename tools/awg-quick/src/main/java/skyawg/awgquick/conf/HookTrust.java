package skyawg.awgquick.conf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import skyawg.awgquick.exec.FailureException;

/**
 * Hooks run as root, so they are taken only from a file that nobody but root (or the user we run as) can change: the
 * file and its folder belong to one of these, and nobody else may write to them.
 */
public final class HookTrust {
    private static final int GROUP_WRITE = 020;
    private static final int OTHERS_WRITE = 02;
    private static final int STICKY = 01000;

    private HookTrust() {}

    /** @throws FailureException saying whose file it is, or who may write it, and what to do */
    public static void check(ConfigFile file) throws FailureException {
        try {
            int self = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
            check(file.path(), self, false);
            check(file.folder(), self, true);
        } catch (IOException e) {
            throw FailureException.because("`" + file.path() + "' cannot be examined: " + e.getMessage());
        }
    }

    private static void check(Path path, int self, boolean isFolder) throws IOException, FailureException {
        Map<String, Object> attributes = Files.readAttributes(path, "unix:uid,gid,mode");
        int owner = number(attributes, "uid");
        int mode = number(attributes, "mode");
        if (owner != 0 && owner != self) {
            throw refused(path, "belongs to user " + owner, "chown root");
        }
        if (isFolder && (mode & STICKY) != 0) {
            return;
        }
        if ((mode & OTHERS_WRITE) != 0) {
            throw refused(path, "is writable by everyone", "chmod o-w");
        }
        if ((mode & GROUP_WRITE) != 0 && number(attributes, "gid") != 0) {
            throw refused(path, "is writable by group " + number(attributes, "gid"), "chmod g-w");
        }
    }

    private static int number(Map<String, Object> attributes, String name) {
        return attributes.get(name) instanceof Integer number ? number : -1;
    }

    private static FailureException refused(Path path, String what, String remedy) {
        return FailureException.because(
                "the hooks are not run: `" + path + "' " + what + " (" + remedy + " '" + path + "')");
    }
}
