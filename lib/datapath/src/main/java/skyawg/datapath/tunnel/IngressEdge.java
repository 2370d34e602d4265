package skyawg.datapath.tunnel;

import org.jspecify.annotations.Nullable;
import skyawg.protocol.edge.HopLimit;
import skyawg.protocol.edge.IcmpErrors;
import skyawg.protocol.edge.MappingResult;
import skyawg.protocol.edge.MssClamp;
import skyawg.protocol.edge.TunnelMapping;
import skyawg.protocol.edge.V4Fragments;
import skyawg.protocol.mpls.Ftn;
import skyawg.protocol.onion.Plaintext;
import skyawg.protocol.wire.IpHeader;
import skyawg.protocol.wire.Memory;

/**
 * Where clients' packets enter the mesh (mesh.md §8): finds the tunnel by FTN, makes a packet fit the mesh, maps its
 * source to the granted prefix, and the other way round for what comes back. A packet without a tunnel is dropped.
 */
public final class IngressEdge {
    private static final int V4_DSCP_OFFSET = 1;
    private static final int DSCP_SHIFT = 2;
    private static final int V6_DSCP_SHIFT = 22;
    private static final int DSCP_MASK = 0x3f;

    private final EdgeDevice device;
    private final Ftn<Object, Route> ftn;
    private final IcmpErrors errors;

    /** A tunnel that clients' packets may take. */
    public static final class Route {
        // The packet thread's.
        private @Nullable TunnelEnd tunnel;
        private @Nullable TunnelMapping mapping;

        /** Says where packets go from now on; null: nowhere, they are dropped. On the packet thread. */
        public void lead(@Nullable TunnelEnd end, @Nullable TunnelMapping addresses) {
            tunnel = end;
            mapping = addresses;
        }
    }

    /**
     * @param ftn its rules name {@code device} as a source, and routes
     * @param errors from this router's addresses
     */
    public IngressEdge(EdgeDevice device, Ftn<Object, Route> ftn, IcmpErrors errors) {
        this.device = device;
        this.ftn = ftn;
        this.errors = errors;
        device.setTaker(this::take);
    }

    /** Where the packets out of a route's tunnel go. */
    public Outlet outlet(Route route) {
        return (packet, length, nowNanos) -> deliver(route, packet, length);
    }

    private void take(long packet, int length, long nowNanos) {
        Route route = find(packet);
        TunnelEnd tunnel = route == null ? null : route.tunnel;
        TunnelMapping mapping = route == null ? null : route.mapping;
        if (tunnel == null || mapping == null) {
            device.drop(TunnelDrop.NO_TUNNEL);
            return;
        }
        if (!HopLimit.decrement(packet)) {
            device.drop(TunnelDrop.HOP_LIMIT);
            answer(errors.timeExceeded(packet, length, device.answer(), nowNanos));
            return;
        }
        if (length > Plaintext.MESH_MTU) {
            cut(tunnel, mapping, packet, length, nowNanos);
            return;
        }
        MssClamp.clamp(packet, length);
        send(tunnel, mapping, packet, length, nowNanos);
    }

    private @Nullable Route find(long packet) {
        if (IpHeader.version(packet) == 4) {
            int dscp = (Memory.getByte(packet + V4_DSCP_OFFSET) & 0xff) >>> DSCP_SHIFT;
            return ftn.lookupV4(null, device, Memory.getIntBe(packet + IpHeader.V4_DESTINATION_OFFSET), dscp);
        }
        int dscp = Memory.getIntBe(packet) >>> V6_DSCP_SHIFT & DSCP_MASK;
        return ftn.lookupV6(
                null,
                device,
                Memory.getLongBe(packet + IpHeader.V6_DESTINATION_OFFSET),
                Memory.getLongBe(packet + IpHeader.V6_DESTINATION_OFFSET + Long.BYTES),
                dscp);
    }

    private void cut(TunnelEnd tunnel, TunnelMapping mapping, long packet, int length, long nowNanos) {
        if (IpHeader.version(packet) != 4 || !V4Fragments.isAllowed(packet)) {
            device.drop(TunnelDrop.TOO_LONG);
            answer(errors.packetTooBig(packet, length, Plaintext.MESH_MTU, device.answer(), nowNanos));
            return;
        }
        int count = V4Fragments.count(packet, length, Plaintext.MESH_MTU);
        for (int i = 0; i < count; i++) {
            int fragmentLength = V4Fragments.write(packet, length, Plaintext.MESH_MTU, i, device.answer());
            send(tunnel, mapping, device.answer(), fragmentLength, nowNanos);
        }
    }

    private void send(TunnelEnd tunnel, TunnelMapping mapping, long packet, int length, long nowNanos) {
        if (mapping.toTunnel(packet, length) == MappingResult.MAPPED) {
            tunnel.send(packet, length, nowNanos);
        } else {
            device.drop(TunnelDrop.ADDRESS);
        }
    }

    private void answer(int length) {
        if (length > 0) {
            device.sendAnswer(length);
        }
    }

    private void deliver(Route route, long packet, int length) {
        TunnelMapping mapping = route.mapping;
        if (mapping == null || mapping.toClient(packet, length) != MappingResult.MAPPED) {
            device.drop(TunnelDrop.ADDRESS);
            return;
        }
        MssClamp.clamp(packet, length);
        device.deliver(packet, length);
    }
}
