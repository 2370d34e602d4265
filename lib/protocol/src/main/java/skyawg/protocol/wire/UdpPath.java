package skyawg.protocol.wire;

import org.jspecify.annotations.Nullable;
import skyawg.protocol.names.IpAddress;

/**
 * Where datagrams to a peer go and which of our addresses they leave from: the remote endpoint, and the "sticky source"
 * that the peer's last datagram arrived at. Immutable; a new one is made only when something changes.
 *
 * @param scopeId interface index of a link-local remote address, 0 for none
 * @param source our address that the peer reached; null to let the route decide
 * @param sourceInterface interface index the peer's datagram came in by; 0 with a null source
 */
public record UdpPath(
        IpAddress remote, int scopeId, int port, @Nullable IpAddress source, int sourceInterface) {
    public static UdpPath to(IpAddress remote, int scopeId, int port) {
        return new UdpPath(remote, scopeId, port, null, 0);
    }

    /** The same remote endpoint with the source left to the route. */
    public UdpPath withoutSource() {
        return source == null ? this : to(remote, scopeId, port);
    }

    public boolean hasSameRemote(UdpPath other) {
        return port == other.port && scopeId == other.scopeId && remote.equals(other.remote);
    }
}
