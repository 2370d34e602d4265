package skyawg.datapath.tunnel;

/** How a router tells a sender what became of a packet. On the packet thread. */
@FunctionalInterface
interface Answers {
    /** @param answer an IP packet to the sender, in {@link EdgeDevice#answer()} */
    void send(long answer, int length, long nowNanos);
}
