package skyawg.protocol.mpls;

import org.jspecify.annotations.Nullable;

/** What ended an LSP at this node, and what its neighbours are told. */
public enum LspEnd {
    /** A reply said no, and goes on upstream. */
    REFUSED(null),
    /** No reply came in time. */
    NO_REPLY(null),
    /** No packet came after the reply. */
    UNCONFIRMED(ReleaseReason.END),
    /** No packet came for a minute. */
    IDLE(ReleaseReason.END),
    /** The granted time is over. */
    LIFETIME(ReleaseReason.LIFETIME),
    /** This end has no more need of it. */
    DONE(ReleaseReason.END),
    /** A neighbour released it: the other one is told the same reason. */
    RELEASED(null),
    /** A neighbour of it does not answer, or the adjacency was taken down. */
    LINK_DOWN(ReleaseReason.LINK_DOWN),
    /** The next link does not carry packets of full size. */
    PATH_MTU(ReleaseReason.PATH_MTU),
    /** It made room for a neighbour with less than its share. */
    EVICTED(ReleaseReason.LIMIT),
    /** The node stops. */
    SHUTTING_DOWN(ReleaseReason.SHUTTING_DOWN);

    private final @Nullable ReleaseReason told;

    LspEnd(@Nullable ReleaseReason told) {
        this.told = told;
    }

    /** Null when neighbours are told nothing, or what another said. */
    public @Nullable ReleaseReason told() {
        return told;
    }
}
