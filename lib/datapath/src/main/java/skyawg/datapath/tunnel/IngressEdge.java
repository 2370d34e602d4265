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
    private final TunnelEnds node;
    private final EdgeDevice device;
    private final Ftn<Object, Route> ftn;
    private final IcmpErrors errors;
    private final Answers fromDevice;

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
    public IngressEdge(TunnelEnds node, EdgeDevice device, Ftn<Object, Route> ftn, IcmpErrors errors) {
        this.node = node;
        this.device = device;
        this.ftn = ftn;
        this.errors = errors;
        this.fromDevice = (_, length, _) -> device.sendAnswer(length);
        device.setTaker(this::take);
    }

    /** Where the packets out of a route's tunnel go. */
    public Outlet outlet(Route route) {
        return (packet, length, nowNanos) -> deliver(route, packet, length, nowNanos);
    }

    private void take(long packet, int length, long nowNanos) {
        enter(find(packet), fromDevice, packet, length, nowNanos);
    }

    /**
     * Takes a client's packet.
     *
     * @param answers to the client
     * @param packet changed
     */
    void enter(@Nullable Route route, Answers answers, long packet, int length, long nowNanos) {
        TunnelEnd tunnel = route == null ? null : route.tunnel;
        TunnelMapping mapping = route == null ? null : route.mapping;
        if (tunnel == null || mapping == null) {
            device.drop(TunnelDrop.NO_TUNNEL);
            return;
        }
        if (!HopLimit.decrement(packet)) {
            device.drop(TunnelDrop.HOP_LIMIT);
            answer(answers, errors.timeExceeded(packet, length, device.answer(), nowNanos), nowNanos);
            return;
        }
        if (length > Plaintext.MESH_MTU) {
            cut(tunnel, mapping, answers, packet, length, nowNanos);
            return;
        }
        MssClamp.clamp(packet, length);
        send(tunnel, mapping, packet, length, nowNanos);
    }

    private @Nullable Route find(long packet) {
        if (IpHeader.version(packet) == 4) {
            int destination = Memory.getIntBe(packet + IpHeader.V4_DESTINATION_OFFSET);
            return ftn.lookupV4(null, device, destination, IpHeader.dscp(packet));
        }
        return ftn.lookupV6(
                null,
                device,
                Memory.getLongBe(packet + IpHeader.V6_DESTINATION_OFFSET),
                Memory.getLongBe(packet + IpHeader.V6_DESTINATION_OFFSET + Long.BYTES),
                IpHeader.dscp(packet));
    }

    private void cut(TunnelEnd tunnel, TunnelMapping mapping, Answers answers, long packet, int length, long nowNanos) {
        if (IpHeader.version(packet) != 4 || !V4Fragments.isAllowed(packet)) {
            device.drop(TunnelDrop.TOO_LONG);
            int answer = errors.packetTooBig(packet, length, Plaintext.MESH_MTU, device.answer(), nowNanos);
            answer(answers, answer, nowNanos);
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

    private void answer(Answers answers, int length, long nowNanos) {
        if (length > 0) {
            answers.send(device.answer(), length, nowNanos);
        }
    }

    private void deliver(Route route, long packet, int length, long nowNanos) {
        TunnelMapping mapping = route.mapping;
        if (mapping == null || mapping.toClient(packet, length) != MappingResult.MAPPED) {
            device.drop(TunnelDrop.ADDRESS);
            return;
        }
        MssClamp.clamp(packet, length);
        if (!node.deliverDirectly(packet, length, nowNanos)) {
            device.deliver(packet, length);
        }
    }
}
