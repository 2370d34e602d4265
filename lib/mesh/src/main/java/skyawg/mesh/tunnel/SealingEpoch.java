package skyawg.mesh.tunnel;

import skyawg.protocol.tunnelkeys.EpochKeys;

/** Tells the packet thread in which epoch to seal, whenever that is another one. */
final class SealingEpoch {
    private static final int NONE = -1;

    private final TunnelPackets<?> packets;
    private int told = NONE;

    SealingEpoch(TunnelPackets<?> packets) {
        this.packets = packets;
    }

    /** @param newest the keys to seal with */
    void follow(EpochKeys newest) {
        if (newest.epoch() != told) {
            told = newest.epoch();
            packets.sealIn(told);
        }
    }
}
