package skyawg.datapath.udp;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import skyawg.datapath.sys.Errno;
import skyawg.datapath.sys.SystemCallException;

/** An interface's two sockets, IPv4 and IPv6, at one port. A family that the machine lacks is left out. */
public final class UdpSockets implements AutoCloseable {
    private static final int RANDOM_PORT_TRIES = 100;

    private final @Nullable UdpSocket v4;
    private final @Nullable UdpSocket v6;
    private final int port;

    private UdpSockets(@Nullable UdpSocket v4, @Nullable UdpSocket v6, int port) {
        this.v4 = v4;
        this.v6 = v6;
        this.port = port;
    }

    /**
     * Binds both families to {@code port}, or for 0 to a free port that they share.
     *
     * @throws IOException when a port is taken, or no family is there
     */
    public static UdpSockets open(int port, long fwmark, boolean offloads) throws IOException {
        for (int attempt = 1; ; attempt++) {
            UdpSocket v4 = openOrMissing(false, port, fwmark, offloads);
            int chosen = v4 == null ? port : v4.port();
            try {
                UdpSocket v6 = openOrMissing(true, chosen, fwmark, offloads);
                if (v4 == null && v6 == null) {
                    throw new IOException("neither IPv4 nor IPv6 is available");
                }
                return new UdpSockets(v4, v6, v6 == null ? chosen : v6.port());
            } catch (SystemCallException e) {
                if (v4 != null) {
                    v4.close();
                }
                boolean mayRetry = port == 0 && e.errno() == Errno.EADDRINUSE && attempt < RANDOM_PORT_TRIES;
                if (!mayRetry) {
                    throw e;
                }
            }
        }
    }

    private static @Nullable UdpSocket openOrMissing(boolean isV6, int port, long fwmark, boolean offloads)
            throws IOException {
        try {
            return UdpSocket.open(isV6, port, fwmark, offloads);
        } catch (SystemCallException e) {
            if (UdpSocket.isFamilyMissing(e)) {
                return null;
            }
            throw e;
        }
    }

    public int port() {
        return port;
    }

    public @Nullable UdpSocket v4() {
        return v4;
    }

    public @Nullable UdpSocket v6() {
        return v6;
    }

    public @Nullable UdpSocket family(boolean isV6) {
        return isV6 ? v6 : v4;
    }

    public void setFwmark(long fwmark) throws IOException {
        if (v4 != null) {
            v4.setFwmark(fwmark);
        }
        if (v6 != null) {
            v6.setFwmark(fwmark);
        }
    }

    @Override
    public void close() {
        if (v4 != null) {
            v4.close();
        }
        if (v6 != null) {
            v6.close();
        }
    }
}
