package skyawg.datapath.tunnel;

/** Takes what the network interface of an edge gives. On the packet thread. */
@FunctionalInterface
interface PacketTaker {
    /** @param packet an IP packet of this length; may be changed until this returns */
    void take(long packet, int length, long nowNanos);
}
