package skyawg.awgd.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skyawg.datapath.forward.PacketLoops;
import skyawg.datapath.forward.TunnelOptions;
import skyawg.datapath.tun.InnerPackets;
import skyawg.datapath.tun.MemoryTun;
import skyawg.datapath.tun.TestFrames;
import skyawg.datapath.tunnel.DirectIngress;
import skyawg.datapath.tunnel.TunnelDrop;
import skyawg.mesh.tunnel.TunnelTerms;
import skyawg.protocol.crypto.Aeads;
import skyawg.protocol.edge.ExitRules;
import skyawg.protocol.mpls.FtnRule;
import skyawg.protocol.mpls.LspMode;
import skyawg.protocol.multipath.SchedulerKind;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.record.Role;
import skyawg.protocol.tunnel.TunnelRefusedException;
import skyawg.protocol.wire.IpHeader;
import skyawg.protocol.wire.Memory;

/**
 * Packets of an AmneziaWG client go into a tunnel and come back past the gateway's kernel, on one packet thread and on
 * several. The nodes and both interfaces are real; the test is the kernels.
 */
final class DirectPacketsTest {
    private static final int PROTOCOL = 253;
    private static final int LENGTH = 200;
    private static final int PACKETS = 2000;
    private static final int BURST = 20;
    private static final int ROUNDS = 30;
    private static final long PATIENCE_NANOS = 5_000_000_000L;
    private static final int FRAGMENTATION_NEEDED = 0x0304;
    private static final int TIME_EXCEEDED = 0x0b00;
    private static final Cidr EVERYWHERE = Cidr.parse("0.0.0.0/0");
    private static final Cidr EVERYWHERE_V6 = Cidr.parse("::/0");
    private static final MeshNode.Clients CLIENTS =
            new MeshNode.Clients(Cidr.parse("10.0.0.0/28"), Cidr.parse("fd00::/64"));

    private final DirectIngress direct = new DirectIngress();
    private final MemoryTun sky = new MemoryTun(false);
    private final MemoryTun skyx = new MemoryTun(false);
    private final Arena arena = Arena.ofAuto();
    private final long frame = Memory.allocate(arena, TestFrames.ROOM);
    private final long packet = frame + TestFrames.HEADER_LENGTH;

    private LoopbackMesh mesh;
    private MeshNode ingress;
    private ClientLink link;

    @SuppressWarnings("NullAway.Init") // connect() comes first
    DirectPacketsTest() throws IOException {}

    /** The interface on the mesh device's thread, or on threads of its own; rules for the interface. */
    private void connect(boolean isOneThread) throws IOException, TunnelRefusedException {
        PacketLoops threads = PacketLoops.together(false);
        mesh = new LoopbackMesh(threads);
        PacketLoops gatewayThreads = isOneThread ? threads : PacketLoops.apart(false);
        TunnelOptions clientOptions = new TunnelOptions(PacketLoops.together(false), true, Aeads.best());
        ingress = mesh.node("in", 0);
        link = new ClientLink(
                clientOptions,
                new TunnelOptions(gatewayThreads, true, Aeads.best()),
                List.of(Cidr.parse("10.0.0.0/26"), Cidr.parse("fd00::/64")));
        assertThat(link.gatewayTunnel.sharesThreadWith(ingress.device())).isEqualTo(isOneThread);
        direct.add(link.gatewayTunnel);
        MeshNode egress = mesh.node("out", Role.INTERNET.bit());
        ingress.openIngress(sky, CLIENTS);
        ingress.openDirect(direct);
        egress.openEgress(
                skyx,
                Map.of(
                        1,
                        ExitRules.internet(List.of(Cidr.parse("10.0.255.0/24"), Cidr.parse("fd00::/64")), List.of())));
        LoopbackMesh.Listed paths = new LoopbackMesh.Listed(mesh.routes(1, egress));
        ingress.open("t", new TunnelTerms(1, 0, LspMode.ONION, 1, 0, 28, 600, 0), SchedulerKind.ECF, paths);
        setRules(ClientLink.GATEWAY);
        paths.await(1);
        // The path is told of before clients' packets are led to it: what comes after this comes after that.
        ingress.paths();
    }

    private void setRules(@Nullable Object source) {
        ingress.setRules(List.of(
                new MeshNode.Rule(source, EVERYWHERE, FtnRule.ANY_DSCP, "t"),
                new MeshNode.Rule(source, EVERYWHERE_V6, FtnRule.ANY_DSCP, "t")));
    }

    @AfterEach
    void close() {
        direct.remove(link.gatewayTunnel);
        link.close();
        mesh.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void goOutAndComeBackPastTheKernel(boolean isOneThread) throws IOException, TunnelRefusedException {
        connect(isOneThread);
        for (boolean isV6 : new boolean[] {false, true}) {
            put(isV6, 3, 7);
            assertThat(take(skyx)).isEqualTo(LENGTH);
            assertThat(Memory.getIntBe(packet + LENGTH - 4)).isEqualTo(7);
            assertThat(hopLimit(isV6)).isEqualTo(63);
            answer(isV6);
            assertThat(take(link.client)).isEqualTo(LENGTH);
            int destination = isV6 ? IpHeader.V6_DESTINATION_OFFSET + 12 : IpHeader.V4_DESTINATION_OFFSET;
            assertThat(Memory.getIntBe(packet + destination)).isEqualTo((isV6 ? 0 : 0x0a00_0000) + 4);
            assertThat(hopLimit(isV6)).isEqualTo(62);
        }
        assertThat(link.gateway.take(frame, TestFrames.ROOM)).isZero();
        assertThat(sky.take(frame, TestFrames.ROOM)).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void areAnsweredWhenTheyCannotGoOn(boolean isOneThread) throws IOException, TunnelRefusedException {
        connect(isOneThread);
        putV4(3, 1400, 64);
        assertThat(take(link.client)).isPositive();
        assertThat(Memory.getShortBe(packet + IpHeader.V4_LENGTH)).isEqualTo(FRAGMENTATION_NEEDED);
        assertThat(Memory.getShortBe(packet + IpHeader.V4_LENGTH + 6)).isEqualTo(1336);
        putV4(3, LENGTH, 1);
        assertThat(take(link.client)).isPositive();
        assertThat(Memory.getShortBe(packet + IpHeader.V4_LENGTH)).isEqualTo(TIME_EXCEEDED);
        assertThat(Memory.getIntBe(packet + IpHeader.V4_SOURCE_OFFSET)).isEqualTo(0x0a00_0001);
        assertThat(skyx.take(frame, TestFrames.ROOM)).isZero();
    }

    @Test
    void goNowhereWithoutTheTunnelOrTheMesh() throws IOException, TunnelRefusedException {
        connect(true);
        setRules(link.clientKey);
        put(false, 3, 1);
        assertThat(take(skyx)).isEqualTo(LENGTH);
        ingress.closeTunnel("t");
        put(false, 3, 2);
        awaitDrops(TunnelDrop.NO_TUNNEL, 1);
        mesh.nodes.getFirst().close();
        put(false, 3, 3);
        awaitDrops(TunnelDrop.NO_TUNNEL, 2);
        assertThat(link.gateway.take(frame, TestFrames.ROOM)).isZero();
        assertThat(skyx.take(frame, TestFrames.ROOM)).isZero();
    }

    @Test
    void areTheKernelsWithoutARuleThatNamesThem() throws IOException, TunnelRefusedException {
        connect(true);
        setRules(null);
        put(false, 3, 1);
        assertThat(take(link.gateway)).isEqualTo(LENGTH);
        assertThat(hopLimit(false)).isEqualTo(64);
    }

    @Test
    void areTheKernelsWhenTheyAreForTheGatewayOrForNobody() throws IOException, TunnelRefusedException {
        connect(true);
        ingress.setOwnAddresses(List.of(IpAddress.parse("10.0.255.255")));
        put(false, 3, 1);
        assertThat(take(link.gateway)).isEqualTo(LENGTH);
        ingress.setOwnAddresses(List.of());
        put(false, 3, 2);
        assertThat(take(skyx)).isEqualTo(LENGTH);
    }

    /** As when the mesh is joined anew: what the rules of before name must not get to the kernel meanwhile. */
    @Test
    void goNowhereBetweenOneMeshAndTheRulesOfTheNext() throws IOException, TunnelRefusedException {
        connect(true);
        mesh.nodes.getFirst().close();
        MeshNode next = mesh.node("next", 0);
        next.openIngress(new MemoryTun(false), CLIENTS);
        next.openDirect(direct);
        next.setOwnAddresses(List.of(IpAddress.parse("10.0.255.254")));
        put(false, 3, 1);
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (droppedAnywhere(next) == 0 && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(droppedAnywhere(next)).isEqualTo(1);
        assertThat(link.gateway.take(frame, TestFrames.ROOM)).isZero();
    }

    private long droppedAnywhere(MeshNode node) {
        return Arrays.stream(TunnelDrop.values()).mapToLong(node::drops).sum();
    }

    @Test
    void areTheKernelsToGiveAnAddressWhenTheMeshHasNoneForTheirs() throws IOException, TunnelRefusedException {
        connect(true);
        put(false, 20, 1); // 10.0.0.21 is no address of 10.0.0.0/28
        assertThat(take(link.gateway)).isEqualTo(LENGTH);
        setRules(link.clientKey);
        put(false, 20, 2);
        awaitDrops(TunnelDrop.ADDRESS, 1);
        assertThat(link.gateway.take(frame, TestFrames.ROOM)).isZero();
    }

    @Test
    void comeBackByTheKernelWhenItHasSomethingToSay() throws IOException, TunnelRefusedException {
        connect(true);
        put(false, 3, 1);
        assertThat(take(skyx)).isEqualTo(LENGTH);
        Memory.putByte(packet + 8, 1);
        IpHeader.putV4Checksum(packet, IpHeader.V4_LENGTH);
        answer(false);
        assertThat(take(sky)).isEqualTo(LENGTH);
        assertThat(hopLimit(false)).isEqualTo(1);
    }

    /** Of the gateway's threads and all nodes', to the exit and back. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void costTheHeapNothing(boolean isOneThread) throws IOException, TunnelRefusedException {
        connect(isOneThread);
        ThreadMXBean meter = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] threads = Thread.getAllStackTraces().keySet().stream()
                .filter(each -> each.getName().matches("packets .*|" + ClientLink.GATEWAY + " (send|receive)"))
                .mapToLong(Thread::threadId)
                .toArray();
        assertThat(threads.length).isEqualTo(isOneThread ? 2 : 4);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && least >= PACKETS; round++) {
            long before = Arrays.stream(meter.getThreadAllocatedBytes(threads)).sum();
            sendAndReceive();
            least = Math.min(
                    least, Arrays.stream(meter.getThreadAllocatedBytes(threads)).sum() - before);
        }
        System.out.println("clients' packets into the mesh and back, " + (isOneThread ? "one thread: " : "by rings: ")
                + least + " bytes for " + PACKETS + " packets");
        assertThat(least).as("of a round in which nothing was compiled").isLessThan(PACKETS);
        assertThat(sky.take(frame, TestFrames.ROOM)).isZero();
    }

    private void sendAndReceive() {
        for (int number = 0; number < PACKETS; ) {
            int sent = number;
            while (number < sent + BURST) {
                put(false, 0, number++);
            }
            for (int i = 0; i < BURST; i++) {
                assertThat(take(skyx)).isEqualTo(LENGTH);
                answer(false);
            }
            List<Integer> back = new ArrayList<>();
            for (int i = 0; i < BURST; i++) {
                assertThat(take(link.client)).isEqualTo(LENGTH);
                back.add(Memory.getIntBe(packet + LENGTH - 4) - sent);
            }
            assertThat(back).isSorted().doesNotHaveDuplicates().contains(0, BURST - 1);
        }
    }

    private int hopLimit(boolean isV6) {
        return Memory.getByte(packet + (isV6 ? 7 : 8));
    }

    private void put(boolean isV6, int flow, int number) {
        Memory.fill(frame, TestFrames.HEADER_LENGTH + LENGTH, 0);
        InnerPackets.putIp(packet, isV6, PROTOCOL, LENGTH, flow);
        Memory.putIntBe(packet + LENGTH - 4, number);
        assertThat(link.client.put(frame, TestFrames.HEADER_LENGTH + LENGTH)).isTrue();
    }

    /** One that may not be cut. */
    private void putV4(int flow, int length, int hopLimit) {
        Memory.fill(frame, TestFrames.HEADER_LENGTH + length, 0);
        InnerPackets.putIp(packet, false, PROTOCOL, length, flow);
        Memory.putByte(packet + 8, hopLimit);
        IpHeader.putV4Checksum(packet, IpHeader.V4_LENGTH);
        assertThat(link.client.put(frame, TestFrames.HEADER_LENGTH + length)).isTrue();
    }

    /** Sends the packet that was taken from the exit back where it came from; as the exit's kernel, which routes it. */
    private void answer(boolean isV6) {
        InnerPackets.turnBack(packet, isV6);
        Memory.fill(frame, TestFrames.HEADER_LENGTH, 0);
        assertThat(skyx.put(frame, TestFrames.HEADER_LENGTH + LENGTH)).isTrue();
    }

    /** Waits for a packet. @return its length */
    private int take(MemoryTun tun) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        int length = 0;
        while (length == 0 && System.nanoTime() < end) {
            length = tun.take(frame, TestFrames.ROOM);
            if (length == 0) {
                Thread.onSpinWait();
            }
        }
        return length - TestFrames.HEADER_LENGTH;
    }

    private void awaitDrops(TunnelDrop reason, long count) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (ingress.drops(reason) < count && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(ingress.drops(reason)).isEqualTo(count);
    }
}
