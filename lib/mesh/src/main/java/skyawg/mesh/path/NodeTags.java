package skyawg.mesh.path;

import java.util.HexFormat;
import java.util.Set;
import skyawg.protocol.record.AddressedRecord;

/**
 * Words about a node that a policy can avoid. A record has a family and nothing of countries: whoever has a table of
 * addresses wires it in here.
 */
@FunctionalInterface
public interface NodeTags {
    Set<String> of(AddressedRecord addressed);

    /** Only {@code family:0123abcd}. */
    static NodeTags families() {
        return addressed -> {
            int family = addressed.node().family();
            return family == 0 ? Set.of() : Set.of(family(family));
        };
    }

    /** The tag of a family. */
    static String family(int family) {
        return "family:" + HexFormat.of().toHexDigits(family);
    }
}
