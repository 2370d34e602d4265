/**
 * Where IP enters and leaves the mesh: addresses mapped 1:1 between a client's prefix and the one that an egress
 * granted, what has to be done to a packet because the mesh is a hop with an MTU of its own, and which destinations an
 * exit service serves.
 *
 * <p>A packet from a client goes through these, in this order, and is left as it was by each that refuses it:
 *
 * <pre>
 *   HopLimit.decrement        0: IcmpErrors.timeExceeded back to the client
 *   length over MESH_MTU      V4Fragments, or IcmpErrors.packetTooBig back
 *   MssClamp.clamp
 *   TunnelMapping.toTunnel    then into the tunnel
 *
 *   at the egress             ExitRules.admit;   back: ExitRules.admitReturn
 *   back at the ingress       TunnelMapping.toClient, MssClamp.clamp
 * </pre>
 *
 * <p>An ICMP error quotes the packet, so it is made from the packet as the client knows it, before the mapping.
 *
 * <p>Everything works in place on off-heap memory, allocates nothing, keeps no state of flows, and never throws for a
 * packet. Objects are immutable, but for {@link skyawg.protocol.edge.IcmpErrors}, which counts what it sends; any
 * thread may use them. Begin reading at {@link skyawg.protocol.edge.AddressMapping}.
 */
@NullMarked
package skyawg.protocol.edge;

import org.jspecify.annotations.NullMarked;
