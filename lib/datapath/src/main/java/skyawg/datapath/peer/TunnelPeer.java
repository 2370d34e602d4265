package skyawg.datapath.peer;

import skyawg.protocol.names.PublicKey;
import skyawg.protocol.noise.Peer;
import skyawg.protocol.noise.TimerWake;

/** A peer as the data path has it: the protocol's, and the frames that wait for its next session. */
public final class TunnelPeer extends Peer {
    private final StagedFrames staged = new StagedFrames();

    public TunnelPeer(PublicKey publicKey, TimerWake wake) {
        super(publicKey, wake);
    }

    /** For the sending thread. */
    public StagedFrames staged() {
        return staged;
    }
}
