package skyawg.mesh.nodes;

/** What went wrong with a node, as the ingress saw it. */
public enum Failure {
    /** A set-up over it drew no answer, and any of its hops may be to blame. */
    SILENT_PATH(1, 0),
    /** It did not answer: a handshake, a hop echo. */
    SILENT(2, 0),
    /** It refused: capacity, policy, shutting down. */
    REFUSED(2, 0),
    /** It says that the link behind it broke, or release came from there. Hops can lie about their own links. */
    BROKEN_LINK(2, 0),
    /** Packets went in and none came out. */
    BLACK_HOLE(2, 0),
    /** The link to it is too narrow for mesh packets: no LSPs for ten minutes (specification §2). */
    PATH_MTU(2, 600),
    /** Another record was its own than the one used. Counted against the publisher, not against the node. */
    FALSE_RECORD(0, 0);

    /** Two points are a failure of its own, one a shared one. */
    final int points;

    final int leastRestSeconds;

    Failure(int points, int leastRestSeconds) {
        this.points = points;
        this.leastRestSeconds = leastRestSeconds;
    }
}
