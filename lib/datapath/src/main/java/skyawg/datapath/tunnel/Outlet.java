package skyawg.datapath.tunnel;

/** Where a tunnel's end delivers users' packets. On the packet thread. */
@FunctionalInterface
public interface Outlet {
    /**
     * Takes a packet, or drops and counts it.
     *
     * @param packet an IP packet of this length, with {@link skyawg.datapath.tun.Coalescer#HEADROOM} bytes in front of
     *     it; both may be changed, and stay until the end of the batch
     */
    void deliver(long packet, int length, long nowNanos);
}
