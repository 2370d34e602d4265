package skyawg.control.mesh;

import java.nio.file.Path;
import java.util.Optional;
import skyawg.protocol.names.Secret;

/**
 * A secret key of the configuration.
 *
 * @param file that it stands in; empty when it stands in {@code mesh.conf} itself
 * @param key closed with the configuration
 */
public record KeptKey(Optional<Path> file, Secret key) {
    /** Stands in {@code mesh.conf}. */
    public static KeptKey inline(Secret key) {
        return new KeptKey(Optional.empty(), key);
    }

    KeptKey copy() {
        return new KeptKey(file, key.copy());
    }
}
