package skyawg.mesh.nodes;

/** Where a record came from, in order of priority: at equal standing an earlier one is used before a later one. */
public enum Source {
    /** The node itself, over an adjacency, which proves S; so the record is its own. */
    NODE(false),
    /** A list that the operator wrote. It is his choice, so blocks of addresses are not counted against it. */
    STATIC(true),
    /** Discovery v5. */
    DISCV5(false),
    /** A name in Emercoin's block chain. */
    EMERCOIN(true),
    /** A guard's record as it was kept over a restart. */
    KEPT(true);

    private final boolean isLongLived;

    Source(boolean isLongLived) {
        this.isLongLived = isLongLived;
    }

    /** Whether an entry may come without a valid M: it names its node, which can be asked for its record of today. */
    public boolean isLongLived() {
        return isLongLived;
    }

    /** Whether such an entry stays when M is over: its source will not hand over another one soon. */
    boolean outlivesItsKey() {
        return this == STATIC || this == EMERCOIN;
    }

    /** Whether anybody at all can put records here; what such sources give is bounded by blocks of addresses. */
    boolean isOpenToStrangers() {
        return this == DISCV5 || this == EMERCOIN;
    }
}
