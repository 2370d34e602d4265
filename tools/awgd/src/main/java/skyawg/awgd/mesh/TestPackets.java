package skyawg.awgd.mesh;

import java.lang.foreign.Arena;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import skyawg.datapath.peer.TunnelPeer;
import skyawg.protocol.crypto.SystemEntropy;
import skyawg.protocol.mpls.LabelledPacket;
import skyawg.protocol.mpls.Nhlfe;
import skyawg.protocol.onion.LspCiphers;
import skyawg.protocol.wire.Memory;

/**
 * Packets to try label rules with: of full size and random content, with a label of the range that is kept for rules.
 * Nobody answers them; the entries that they pass count them. No path has such a label, so none can be disturbed.
 */
final class TestPackets {
    private static final long PATIENCE_SECONDS = 2;

    private TestPackets() {}

    /** Returns how many were sent: those for which there was a session. Not on the conductor. */
    static long send(MeshNode node, TunnelPeer to, int label, int count) {
        Nhlfe<TunnelPeer, LspCiphers> entry = Nhlfe.manual(to, label, System.nanoTime());
        CompletableFuture<Long> sent = new CompletableFuture<>();
        node.device().executeOnPackets(now -> {
            try (Arena arena = Arena.ofConfined()) {
                long packet = Memory.allocate(arena, LabelledPacket.MAX_PACKET_LENGTH);
                new SystemEntropy().fill(packet, LabelledPacket.MAX_PACKET_LENGTH);
                LabelledPacket.push(packet, entry.outEntry(), LabelledPacket.MAX_LENGTH - LabelledPacket.IV_LENGTH);
                for (int i = 0; i < count; i++) {
                    node.device().send(entry, packet, now);
                }
            }
            sent.complete(entry.packets());
        });
        return sent.completeOnTimeout(0L, PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }
}
