package skyawg.mesh.lsp;

import skyawg.protocol.mpls.MessageAllowance;
import skyawg.protocol.mpls.Neighbour;
import skyawg.protocol.mpls.PathMtuProbe;
import skyawg.protocol.mpls.TokenBucket;
import skyawg.protocol.onion.LspCiphers;
import skyawg.protocol.setup.SetupAdmission;

/** What signalling keeps of an adjacency. */
final class Adjacent<A> {
    private static final int LINK_TEST_ANSWERS_PER_SECOND = 3;

    private final Neighbour<A, LspCiphers> neighbour;
    private final TokenBucket setupTokens;
    private final PathMtuProbe probe = new PathMtuProbe();
    private final MessageAllowance linkTestAnswers = new MessageAllowance(LINK_TEST_ANSWERS_PER_SECOND);
    private boolean isInUse;
    private long dialEndNanos = Deadlines.NEVER;

    Adjacent(Neighbour<A, LspCiphers> neighbour, long nowNanos) {
        this.neighbour = neighbour;
        setupTokens = SetupAdmission.neighbour(nowNanos);
    }

    A adjacency() {
        return neighbour.adjacency();
    }

    Neighbour<A, LspCiphers> neighbour() {
        return neighbour;
    }

    TokenBucket setupTokens() {
        return setupTokens;
    }

    PathMtuProbe probe() {
        return probe;
    }

    MessageAllowance linkTestAnswers() {
        return linkTestAnswers;
    }

    /** We reach out to the neighbour, which has until then to answer. */
    void dialling(long endNanos) {
        dialEndNanos = endNanos;
    }

    /** Whether we reach out to it now. */
    boolean isDialled(long nowNanos) {
        return dialEndNanos != Deadlines.NEVER && nowNanos - dialEndNanos < 0;
    }

    /** The end of the last {@link #dialling}. */
    long dialEndNanos() {
        return dialEndNanos;
    }

    /** @return true when that is news */
    boolean noteUse() {
        boolean was = isInUse;
        isInUse = !neighbour.isUnused();
        return was != isInUse;
    }

    boolean isInUse() {
        return isInUse;
    }
}
