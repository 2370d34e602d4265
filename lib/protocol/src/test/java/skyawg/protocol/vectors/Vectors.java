package skyawg.protocol.vectors;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where test vectors lie: our own in the project, other people's beside it or where {@code SKYAWG_SHARED} says. */
public final class Vectors {
    private static final JsonMapper JSON = JsonMapper.shared();

    private Vectors() {}

    /** A file of {@code tests/vectors}, for instance {@code awg/primitives.json}. */
    public static JsonNode own(String path) {
        return JSON.readTree(ownFile(path));
    }

    /** The place of a file of {@code tests/vectors}. */
    public static Path ownFile(String path) {
        Path file = root().resolve("tests/vectors").resolve(path);
        if (!Files.exists(file)) {
            throw new IllegalStateException("a vector file of this project is missing: " + file);
        }
        return file;
    }

    /** A file of the third-party vectors; skips the test where they are absent. */
    public static JsonNode thirdParty(String path) {
        Path file = shared().resolve("vectors").resolve(path);
        if (!Files.exists(file)) {
            Assumptions.abort("third-party vectors are not here: " + file + " (set SKYAWG_SHARED to their place)");
        }
        return JSON.readTree(file);
    }

    /** The bytes of a text field in hex. */
    public static byte[] hex(JsonNode node, String field) {
        return HexFormat.of().parseHex(node.get(field).asString());
    }

    private static Path root() {
        String root = System.getenv("SKYAWG_ROOT");
        if (root == null) {
            throw new IllegalStateException("SKYAWG_ROOT does not name the project's root");
        }
        return Path.of(root);
    }

    private static Path shared() {
        String shared = System.getenv("SKYAWG_SHARED");
        return shared == null || shared.isEmpty() ? root().resolveSibling("shared") : Path.of(shared);
    }
}
