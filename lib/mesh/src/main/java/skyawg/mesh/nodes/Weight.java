package skyawg.mesh.nodes;

import skyawg.protocol.record.NodeRecord;

/**
 * How often a node is drawn, in proportion to others: what it can carry, times the share of good set-ups, less for a
 * far one.
 *
 * <p>A capacity is a claim. Until the ingress has seen a rate itself, 32 Mbit/s is the most that counts, then twice the
 * rate seen: who promises much is not drawn more often than who promises enough.
 */
public final class Weight {
    /** kbit/s that are believed without being seen. */
    public static final long BELIEVED_KBITS = 1 << 15;

    private static final long LEAST_KBITS = 64;

    /** At this round trip a node weighs half, and one that was never measured counts as if it were so far. */
    private static final double HALF_WEIGHT_MICROS = 200_000;

    private Weight() {}

    public static double of(NodeRecord node, Measurements measured) {
        long believed = Math.max(BELIEVED_KBITS, 2 * measured.rateKbits());
        double kbits = Math.max(LEAST_KBITS, Math.min(node.capacityKbits(), believed));
        double rtt = measured.rttMicros() == 0 ? HALF_WEIGHT_MICROS : measured.rttMicros();
        return kbits * measured.successRate() * HALF_WEIGHT_MICROS / (HALF_WEIGHT_MICROS + rtt);
    }
}
