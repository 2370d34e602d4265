package skyawg.awgquick.net;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which interfaces are there, read from /proc, which follows our network namespace where /sys may not. */
public final class Links {
    private static final Path DEVICES = Path.of("/proc/self/net/dev");
    private static final Path NAMESPACE = Path.of("/proc/self/ns/net");

    private Links() {}

    public static boolean exists(String name) {
        try {
            for (String line :
                    Files.readString(DEVICES, StandardCharsets.ISO_8859_1).split("\n", -1)) {
                int colon = line.indexOf(':');
                if (colon > 0 && line.substring(0, colon).strip().equals(name)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw new IllegalStateException("/proc is needed and cannot be read: " + e.getMessage(), e);
        }
    }

    /** Our network namespace, {@code net:[4026531840]}. */
    public static String namespace() {
        try {
            return Files.readSymbolicLink(NAMESPACE).toString();
        } catch (IOException e) {
            throw new IllegalStateException("/proc is needed and cannot be read: " + e.getMessage(), e);
        }
    }
}
