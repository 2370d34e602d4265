package skyawg.protocol.simulation;

import skyawg.protocol.wire.UdpPath;

/** Where a node's datagrams go. */
@FunctionalInterface
public interface Wire {
    void transmit(Node from, UdpPath to, byte[] datagram);
}
