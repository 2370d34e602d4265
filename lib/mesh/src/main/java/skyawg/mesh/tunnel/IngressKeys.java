package skyawg.mesh.tunnel;

import org.jspecify.annotations.Nullable;
import skyawg.mesh.lsp.Deadlines;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.tunnelkeys.EpochKeys;
import skyawg.protocol.tunnelkeys.IngressEpochs;
import skyawg.protocol.tunnelkeys.KemVerdict;
import skyawg.protocol.tunnelkeys.TunnelId;

/** A tunnel's keys at its ingress, from its first path on; the packets are sealed in the newest. */
final class IngressKeys implements AutoCloseable {
    private static final long RENEW_AFTER_PACKETS = 1L << 32;

    private final TunnelPackets<?> packets;
    private final Entropy entropy;
    private final SealingEpoch sealing;
    private @Nullable IngressEpochs epochs;

    IngressKeys(TunnelPackets<?> packets, Entropy entropy) {
        this.packets = packets;
        this.entropy = entropy;
        this.sealing = new SealingEpoch(packets);
    }

    /** @param epoch0 taken over */
    void begin(TunnelId id, EpochKeys epoch0, long nowNanos) {
        epochs = new IngressEpochs(id, epoch0, packets, entropy, nowNanos);
    }

    /** Whether the tunnel exists: its egress has given it its first keys. */
    boolean haveBegun() {
        return epochs != null;
    }

    /** A packet of this epoch was opened, and was no repeat. */
    void onGoodPacket(int epoch, long nowNanos) {
        if (epochs != null) {
            epochs.onGoodPacket(epoch, nowNanos);
        }
    }

    /** @return whether it was the answer that was waited for: new packets are sealed in the epoch it brings */
    boolean onAnswer(byte[] content, long nowNanos) {
        IngressEpochs begun = epochs;
        if (begun == null || begun.onAnswer(content, 0, content.length, nowNanos) != KemVerdict.ACCEPTED) {
            return false;
        }
        sealing.follow(begun.sending());
        return true;
    }

    /** Does what time demands. @return an offer to send now, or null */
    byte @Nullable [] poll(long roundTripNanos, long nowNanos) {
        IngressEpochs begun = epochs;
        if (begun == null) {
            return null;
        }
        byte[] offer = begun.poll(nowNanos, roundTripNanos, packets.isRenewalDue() ? RENEW_AFTER_PACKETS : 0);
        if (!begun.isDown()) {
            sealing.follow(begun.sending());
        }
        return offer;
    }

    /** Whether no keys could be agreed on: the tunnel is over. */
    boolean areDown() {
        return epochs != null && epochs.isDown();
    }

    /** When {@link #poll} next has something to do. */
    long nextDeadline() {
        return epochs == null ? Deadlines.NEVER : epochs.nextWake();
    }

    @Override
    public void close() {
        if (epochs != null) {
            epochs.close();
        }
    }
}
