package skyawg.mesh.path;

import org.jspecify.annotations.Nullable;

/** Who may not be together with whom, on one path or on two paths of a tunnel. */
record Diversity(boolean isBlockDiverse) {
    /** Null if nothing speaks against having both. */
    @Nullable
    Rejection between(Candidate one, Candidate other) {
        if (one.key.equals(other.key)) {
            return Rejection.IN_USE;
        }
        if (isBlockDiverse && one.locality.isInSameBlock(other.locality)) {
            return Rejection.SAME_BLOCK;
        }
        if (one.locality.isOfSameFamily(other.locality)) {
            return Rejection.SAME_FAMILY;
        }
        return one.addressed
                        .node()
                        .mediumTermKey()
                        .equals(other.addressed.node().mediumTermKey())
                ? Rejection.SAME_KEY
                : null;
    }
}
