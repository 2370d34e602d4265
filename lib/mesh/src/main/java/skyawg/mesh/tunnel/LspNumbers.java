package skyawg.mesh.tunnel;

/**
 * Numbers for a tunnel's LSPs: from 1, none twice. An egress knows no number twice, so a tunnel ends before they do.
 */
final class LspNumbers {
    static final int LAST = 65_000;

    private int next = 1;

    boolean hasLeft(int count) {
        return next + count <= LAST;
    }

    int next() {
        return next++;
    }
}
