package skyawg.protocol.mpls;

/** How many LSPs others may have through this node. Those it began itself do not count. */
public record LspBounds(int perNeighbour, int perNode, int pendingPerNeighbour, int pendingPerNode) {
    public static final LspBounds DEFAULT = new LspBounds(1_024, 65_536, 64, 2_048);

    public LspBounds {
        if (perNeighbour < 1 || perNode < 1 || pendingPerNeighbour < 1 || pendingPerNode < 1) {
            throw new IllegalArgumentException("every bound is at least 1");
        }
    }
}
