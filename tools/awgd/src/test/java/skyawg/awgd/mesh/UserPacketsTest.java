package skyawg.awgd.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import skyawg.datapath.tun.InnerPackets;
import skyawg.datapath.tun.MemoryTun;
import skyawg.datapath.tun.TestFrames;
import skyawg.datapath.tunnel.TunnelDrop;
import skyawg.mesh.tunnel.Rotation;
import skyawg.mesh.tunnel.TunnelTerms;
import skyawg.protocol.edge.ExitRules;
import skyawg.protocol.mpls.FtnRule;
import skyawg.protocol.mpls.LspMode;
import skyawg.protocol.multipath.SchedulerKind;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.record.Role;
import skyawg.protocol.tunnel.TunnelRefusedException;
import skyawg.protocol.wire.IpHeader;
import skyawg.protocol.wire.Memory;

/**
 * Users' packets from an interface at the ingress over three paths of three hops to one at the egress, and back. The
 * nodes are real; the two interfaces are queues.
 */
final class UserPacketsTest {
    private static final int PROTOCOL = 253;
    private static final int LENGTH = 200;
    private static final int PACKETS = 2000;
    private static final int ROUNDS = 30;
    private static final long PATIENCE_NANOS = 5_000_000_000L;
    private static final long ROTATING_NANOS = 5_000_000_000L;
    private static final Cidr EVERYWHERE = Cidr.parse("0.0.0.0/0");
    private static final Cidr EVERYWHERE_V6 = Cidr.parse("::/0");

    private final LoopbackMesh mesh = new LoopbackMesh();
    private final MemoryTun sky = new MemoryTun(false);
    private final MemoryTun skyx = new MemoryTun(false);
    private final Arena arena = Arena.ofAuto();
    private final long frame = Memory.allocate(arena, TestFrames.ROOM);
    private final long packet = frame + TestFrames.HEADER_LENGTH;

    private LoopbackMesh.Listed paths;
    private MeshNode ingress;
    private MeshNode egress;

    @SuppressWarnings("NullAway.Init") // connect() comes first
    UserPacketsTest() throws IOException {}

    @BeforeEach
    void connect() throws IOException, TunnelRefusedException {
        ingress = mesh.node("in", 0);
        egress = mesh.node("out", Role.INTERNET.bit());
        ingress.openIngress(sky, new MeshNode.Clients(Cidr.parse("10.0.0.0/28"), Cidr.parse("fd00::/64")));
        egress.openEgress(
                skyx,
                Map.of(
                        1,
                        ExitRules.internet(List.of(Cidr.parse("10.0.255.0/24"), Cidr.parse("fd00::/64")), List.of())));
        paths = new LoopbackMesh.Listed(mesh.routes(4, egress));
        ingress.open("t", new TunnelTerms(3, 0, LspMode.ONION, 1, 0, 28, 600, 0), SchedulerKind.ECF, paths);
        ingress.setRules(List.of(
                new MeshNode.Rule(EVERYWHERE, FtnRule.ANY_DSCP, "t"),
                new MeshNode.Rule(EVERYWHERE_V6, FtnRule.ANY_DSCP, "t")));
        paths.await(3);
    }

    @AfterEach
    void close() {
        mesh.close();
    }

    @Test
    void goOutUnderTheGrantedPrefixAndComeBack() {
        for (boolean isV6 : new boolean[] {false, true}) {
            put(sky, isV6, 3, 7);
            int length = take(skyx);
            assertThat(length).isEqualTo(LENGTH);
            assertThat(Memory.getIntBe(packet + LENGTH - 4)).isEqualTo(7);
            if (!isV6) {
                assertThat(Memory.getIntBe(packet + IpHeader.V4_SOURCE_OFFSET) >>> 22)
                        .isEqualTo(0x6440_0000 >>> 22);
                assertThat(Memory.getByte(packet + 8)).isEqualTo((byte) 63);
            } else {
                assertThat(Memory.getByte(packet + IpHeader.V6_SOURCE_OFFSET)).isEqualTo((byte) 0xfd);
                assertThat(Memory.getLongBe(packet + IpHeader.V6_SOURCE_OFFSET)).isNotEqualTo(0xfd00_0000_0000_0000L);
            }
            answer(isV6);
            assertThat(take(sky)).isEqualTo(LENGTH);
            int destination = isV6 ? IpHeader.V6_DESTINATION_OFFSET + 12 : IpHeader.V4_DESTINATION_OFFSET;
            assertThat(Memory.getIntBe(packet + destination)).isEqualTo((isV6 ? 0 : 0x0a00_0000) + 4);
        }
    }

    /** All eight nodes are on one packet thread, so this is what a packet costs at ingress, two transits and egress. */
    @Test
    void costTheHeapNothing() {
        ThreadMXBean meter = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Thread thread = Thread.getAllStackTraces().keySet().stream()
                .filter(each -> each.getName().startsWith("packets "))
                .findFirst()
                .orElseThrow();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && least >= PACKETS; round++) {
            long before = meter.getThreadAllocatedBytes(thread.threadId());
            sendAndCount();
            least = Math.min(least, meter.getThreadAllocatedBytes(thread.threadId()) - before);
        }
        System.out.println("users' packets over the mesh: " + least + " bytes for " + PACKETS + " packets");
        assertThat(least).as("of a round in which nothing was compiled").isLessThan(PACKETS);
    }

    @Test
    void noneIsLostOrChangesPlacesOverThreePaths() {
        assertThat(sendAndCount()).isLessThan(PACKETS / 200);
    }

    /** Sends packets until all have come. @return how many came after a later one */
    private int sendAndCount() {
        BitSet seen = new BitSet();
        int disordered = 0;
        int last = -1;
        for (int number = 0; number < PACKETS; ) {
            for (int burst = 0; burst < 20; burst++) {
                put(sky, false, 0, number++);
            }
            while (seen.cardinality() < number) {
                assertThat(take(skyx))
                        .as("after %d of %d", seen.cardinality(), number)
                        .isEqualTo(LENGTH);
                int came = Memory.getIntBe(packet + LENGTH - 4);
                disordered += came < last ? 1 : 0;
                last = Math.max(came, last);
                seen.set(came);
            }
        }
        assertThat(seen.cardinality()).isEqualTo(PACKETS);
        return disordered;
    }

    @Test
    void areDroppedWithoutARuleOrATunnel() {
        ingress.setRules(List.of());
        put(sky, false, 0, 1);
        awaitDrops(ingress, TunnelDrop.NO_TUNNEL, 1);
        ingress.setRules(List.of(new MeshNode.Rule(EVERYWHERE, FtnRule.ANY_DSCP, "t")));
        ingress.closeTunnel("t");
        put(sky, false, 0, 2);
        awaitDrops(ingress, TunnelDrop.NO_TUNNEL, 2);
        assertThat(skyx.take(frame, TestFrames.ROOM)).isZero();
    }

    @Test
    void leaveOnlyFromTheClientsPrefixAndOnlyToWhatTheExitServes() {
        put(sky, false, 16, 1); // 10.0.0.17
        awaitDrops(ingress, TunnelDrop.ADDRESS, 1);
        InnerPackets.putIp(packet, false, PROTOCOL, LENGTH, 0);
        Memory.putIntBe(packet + IpHeader.V4_DESTINATION_OFFSET, 0x0a01_0001);
        assertThat(sky.put(frame, TestFrames.HEADER_LENGTH + LENGTH)).isTrue();
        awaitDrops(egress, TunnelDrop.NOT_SERVED, 1);
        assertThat(skyx.take(frame, TestFrames.ROOM)).isZero();
    }

    @Test
    void goOnWhenANodeStops() {
        int number = 0;
        long end = System.nanoTime() + 3_000_000_000L;
        long stop = System.nanoTime() + 500_000_000L;
        long last = System.nanoTime();
        long gap = 0;
        boolean isStopped = false;
        while (System.nanoTime() < end) {
            if (!isStopped && System.nanoTime() > stop) {
                mesh.nodes.get(2).close();
                isStopped = true;
            }
            put(sky, false, 0, number++);
            while (skyx.take(frame, TestFrames.ROOM) > 0) {
                gap = Math.max(gap, System.nanoTime() - last);
                last = System.nanoTime();
            }
            pause();
        }
        System.out.printf("a node of three paths stops: at most %.0f ms without a packet%n", gap / 1e6);
        assertThat(gap).isLessThan(500_000_000L);
        assertThat(System.nanoTime() - last).isLessThan(500_000_000L);
    }

    /** Packets go both ways all the time; each path is used for a second and then replaced by another. */
    @Test
    void noneIsLostWhenPathsAreRotated() {
        ingress.closeTunnel("t");
        TunnelTerms restless = new TunnelTerms(3, 0, LspMode.ONION, 1, 0, 28, 600, 0, new Rotation(1, 1));
        ingress.open("t", restless, SchedulerKind.ECF, paths);
        ingress.setRules(List.of(new MeshNode.Rule(EVERYWHERE, FtnRule.ANY_DSCP, "t")));
        paths.await(3);
        BitSet out = new BitSet();
        BitSet back = new BitSet();
        int number = 0;
        for (long end = System.nanoTime() + ROTATING_NANOS; System.nanoTime() < end; pause()) {
            put(sky, false, 0, number++);
            exchange(out, back);
        }
        for (long end = System.nanoTime() + PATIENCE_NANOS;
                back.cardinality() < number && System.nanoTime() < end;
                pause()) {
            exchange(out, back);
        }
        int replacements = paths.upSinceAwaited();
        System.out.printf("%d packets there and back while %d paths were replaced%n", number, replacements);
        assertThat(replacements).isGreaterThanOrEqualTo(6);
        assertThat(out.cardinality()).as("out").isEqualTo(number);
        assertThat(back.cardinality()).as("back").isEqualTo(number);
        assertThat(paths.failures).isEmpty();
    }

    /** Takes what has come out at the egress and sends it back; takes what has come back. */
    private void exchange(BitSet out, BitSet back) {
        while (skyx.take(frame, TestFrames.ROOM) > 0) {
            out.set(Memory.getIntBe(packet + LENGTH - 4));
            answer(false);
        }
        while (sky.take(frame, TestFrames.ROOM) > 0) {
            back.set(Memory.getIntBe(packet + LENGTH - 4));
        }
    }

    private void put(MemoryTun tun, boolean isV6, int flow, int number) {
        Memory.fill(frame, TestFrames.HEADER_LENGTH + LENGTH, 0);
        InnerPackets.putIp(packet, isV6, PROTOCOL, LENGTH, flow);
        Memory.putIntBe(packet + LENGTH - 4, number);
        assertThat(tun.put(frame, TestFrames.HEADER_LENGTH + LENGTH)).isTrue();
    }

    /** Sends the packet back where it came from. */
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
                pause();
            }
        }
        return length - TestFrames.HEADER_LENGTH;
    }

    private static void awaitDrops(MeshNode node, TunnelDrop reason, long count) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (node.drops(reason) < count && System.nanoTime() < end) {
            pause();
        }
        assertThat(node.drops(reason)).isEqualTo(count);
    }

    private static void pause() {
        try {
            Thread.sleep(1);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
