package skyawg.datapath.peer;

import org.jspecify.annotations.Nullable;
import skyawg.protocol.mpls.LabelSpace;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.noise.Peer;
import skyawg.protocol.noise.TimerWake;
import skyawg.protocol.onion.LspCiphers;

/**
 * A peer as the data path has it: the protocol's, and the frames that wait for its next session. A simulator has its
 * own, with links in the place of sessions.
 */
public class TunnelPeer extends Peer {
    private final StagedFrames staged = new StagedFrames();
    private volatile @Nullable LabelSpace<TunnelPeer, LspCiphers> labels;

    public TunnelPeer(PublicKey publicKey, TimerWake wake) {
        super(publicKey, wake);
    }

    /** For the sending thread. */
    public final StagedFrames staged() {
        return staged;
    }

    /** The labels that we gave this peer, if it is a neighbour in the mesh. Any thread. */
    public final @Nullable LabelSpace<TunnelPeer, LspCiphers> labels() {
        return labels;
    }

    public final void setLabels(@Nullable LabelSpace<TunnelPeer, LspCiphers> given) {
        labels = given;
    }
}
