package skyawg.awgquick;

import skyawg.awgquick.exec.FailureException;
import skyawg.protocol.tunnel.InterfaceSnapshot;

/** The interface itself, behind its daemon's socket. */
interface Tunnel {
    /** True when a daemon answers for the interface. */
    boolean answers();

    /**
     * Does what {@code awg setconf} does.
     *
     * @param config lines of a config file, which the caller wipes
     */
    void setConfig(byte[] config) throws FailureException;

    /** Marks the daemon's datagrams. */
    void setFwmark(long mark) throws FailureException;

    /** What the interface is, without any secrets. */
    InterfaceSnapshot get() throws FailureException;

    /** What {@code awg showconf} prints: holds keys. */
    String config() throws FailureException;
}
