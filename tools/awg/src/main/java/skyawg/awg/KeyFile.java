package skyawg.awg;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import skyawg.control.config.ConfigException;
import skyawg.control.config.ConfigValue;
import skyawg.protocol.names.Secret;

/** A key in a file: 44 characters, then white space only. An empty file is no key: all zero. */
final class KeyFile {
    static final int TEXT_LENGTH = 44;

    private KeyFile() {}

    /** Reads the key. The caller closes it. */
    static Secret read(String path) throws ConfigException {
        byte[] text = new byte[TEXT_LENGTH];
        try (InputStream file = new FileInputStream(path)) {
            int length = file.readNBytes(text, 0, TEXT_LENGTH);
            if (length == 0) {
                return Secret.zero();
            }
            if (length < TEXT_LENGTH) {
                throw fault("Invalid length key in key file");
            }
            int trailing = firstNonSpace(file);
            if (trailing >= 0) {
                throw fault("Found trailing character in key file: `" + (char) trailing + "'");
            }
            return ConfigValue.secret(new String(text, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw fault("fopen: " + reason(e));
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }

    /** The next byte that is no white space, -1 when there is none. */
    private static int firstNonSpace(InputStream in) throws IOException {
        int b = in.read();
        while (b == ' ' || (b >= '\t' && b <= '\r')) {
            b = in.read();
        }
        return b;
    }

    /** The C library's words, which Java puts in brackets behind the path. */
    static String reason(IOException e) {
        String message = String.valueOf(e.getMessage());
        int bracket = message.lastIndexOf('(');
        return e instanceof FileNotFoundException && bracket >= 0 && message.endsWith(")")
                ? message.substring(bracket + 1, message.length() - 1)
                : message;
    }

    private static ConfigException fault(@Nullable String message) {
        return new ConfigException(ConfigException.Epilogue.NONE, String.valueOf(message));
    }
}
