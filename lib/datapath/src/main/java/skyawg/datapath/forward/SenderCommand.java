package skyawg.datapath.forward;

import skyawg.datapath.peer.TunnelPeer;

/** What the conductor asks the sending thread to do for a peer. */
sealed interface SenderCommand {
    TunnelPeer peer();

    /** Send what is staged, or a keepalive when nothing is. */
    record SendKeepalive(TunnelPeer peer) implements SenderCommand {}

    record FlushStaged(TunnelPeer peer) implements SenderCommand {}

    record DropStaged(TunnelPeer peer) implements SenderCommand {}
}
