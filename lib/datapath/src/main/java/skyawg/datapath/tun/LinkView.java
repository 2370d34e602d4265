package skyawg.datapath.tun;

/** What the system says about a network interface. One thread. */
public interface LinkView extends AutoCloseable {
    boolean exists();

    /** True when the administrator has set the link up. */
    boolean isUp();

    /** In bytes; 0 when the interface is gone. */
    int mtu();

    @Override
    void close();
}
