package skyawg.awgquick.conf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import skyawg.awgquick.exec.FailureException;

/**
 * The file that an argument means, and the interface it is for.
 *
 * @param path with all symbolic links resolved
 * @param interfaceName the name that the argument ends in, before links are resolved
 */
public record ConfigFile(Path path, String interfaceName) {
    /** Where a bare name is looked for, in order; the last one is for plain WireGuard. */
    public static final List<String> FOLDERS = List.of("/etc/amnezia/amneziawg", "/etc/amneziawg", "/etc/wireguard");

    private static final String SUFFIX = ".conf";
    private static final int OTHERS = 07;

    /** IFNAMSIZ less the closing zero. */
    private static final int LONGEST_NAME = 15;

    /**
     * @param argument a name, or a path that ends in {@code NAME.conf}
     * @throws FailureException when there is no such file, or its name is no interface name
     */
    public static ConfigFile find(String argument) throws FailureException {
        return find(argument, FOLDERS);
    }

    static ConfigFile find(String argument, List<String> folders) throws FailureException {
        Path file = isInterfaceName(argument) ? inFolders(argument, folders) : Path.of(argument);
        if (!Files.exists(file)) {
            throw FailureException.because("`" + file + "' does not exist");
        }
        Path last = file.getFileName();
        String name = last == null ? "" : last.toString();
        if (!name.endsWith(SUFFIX) || !isInterfaceName(name.substring(0, name.length() - SUFFIX.length()))) {
            throw FailureException.because("The config file must be a valid interface name, followed by .conf");
        }
        try {
            return new ConfigFile(file.toRealPath(), name.substring(0, name.length() - SUFFIX.length()));
        } catch (IOException e) {
            throw FailureException.because("`" + file + "' cannot be resolved: " + e.getMessage());
        }
    }

    public static boolean isInterfaceName(String text) {
        if (text.isEmpty() || text.length() > LONGEST_NAME) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isWord = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!isWord && "_=+.-".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    /** True when the same permission is given to everyone on the file and on its folder. */
    public boolean isWorldAccessible() throws FailureException {
        return (mode(path) & mode(folder()) & OTHERS) != 0;
    }

    /** The folder that holds the file. */
    public Path folder() {
        Path parent = path.getParent();
        return parent == null ? Path.of("/") : parent;
    }

    /** All bytes; the caller wipes them, they hold keys. */
    public byte[] read() throws FailureException {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw FailureException.because("`" + path + "' cannot be read: " + e.getMessage());
        }
    }

    private static Path inFolders(String name, List<String> folders) {
        for (String folder : folders) {
            Path candidate = Path.of(folder, name + SUFFIX);
            if (Files.exists(candidate)) {
                return candidate;
            }
        }
        return Path.of(folders.getFirst(), name + SUFFIX);
    }

    private static int mode(Path path) throws FailureException {
        try {
            return (int) Files.getAttribute(path, "unix:mode");
        } catch (IOException e) {
            throw FailureException.because("`" + path + "' cannot be examined: " + e.getMessage());
        }
    }
}
