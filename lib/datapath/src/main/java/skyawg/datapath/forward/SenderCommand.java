package skyawg.datapath.forward;

import skyawg.datapath.peer.TunnelPeer;

/** What the conductor asks the sending thread to do for a peer. */
sealed interface SenderCommand {
    TunnelPeer peer();

    /** Send what is staged, or a keepalive when nothing is. */
    record SendKeepalive(TunnelPeer peer) implements SenderCommand {}

    record FlushStaged(TunnelPeer peer) implements SenderCommand {}

    record DropStaged(TunnelPeer peer) implements SenderCommand {}

    /** Send this payload, or stage it for the next session. */
    final class SendPayload implements SenderCommand {
        private final TunnelPeer peer;
        private final byte[] payload;

        /** @param payload not to be changed any more */
        SendPayload(TunnelPeer peer, byte[] payload) {
            this.peer = peer;
            this.payload = payload;
        }

        @Override
        public TunnelPeer peer() {
            return peer;
        }

        byte[] payload() {
            return payload;
        }
    }
}
