package skyawg.protocol.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.wire.IpHeader;
import skyawg.protocol.wire.Memory;

/** What is called for each packet, 100 000 times over: nothing allocated. */
final class EdgeAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long NEXT_TO_NOTHING = 10_000;
    private static final int ROUNDS = 100_000;

    private final ExitRules rules = ExitRules.internet(List.of(), List.of());
    private final FlowHash hash = new FlowHash(7);
    private int admitted;
    private int hashes;

    @Test
    void crossingTheMeshAllocatesNothing() {
        for (boolean isV6 : new boolean[] {false, true}) {
            try (OffHeapPacket packet = new OffHeapPacket()) {
                RandomPackets.put(packet, new Random(1), isV6);
                int bits = isV6 ? 64 : 24;
                Cidr client = RandomPackets.sourcePrefix(packet, bits);
                Cidr granted = Cidr.parse(isV6 ? "fd12:3456:7890:7::/64" : "100.64.7.0/24");
                TunnelMapping mapping = isV6
                        ? TunnelMapping.of(null, null, client, granted)
                        : TunnelMapping.of(client, granted, null, null);
                GrantedPrefixes prefixes =
                        isV6 ? new GrantedPrefixes(null, granted) : new GrantedPrefixes(granted, null);
                int destination = isV6 ? IpHeader.V6_DESTINATION_OFFSET : IpHeader.V4_DESTINATION_OFFSET;
                Memory.putShortBe(packet.address + destination, isV6 ? 0x2a08 : 0x0808);
                cross(packet, mapping, client, granted, prefixes);
                long before = THREADS.getCurrentThreadAllocatedBytes();
                long begin = System.nanoTime();
                cross(packet, mapping, client, granted, prefixes);
                long nanos = System.nanoTime() - begin;
                assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(NEXT_TO_NOTHING);
                System.out.printf("edge, all steps of a crossing, %s: %d ns%n", isV6 ? "IPv6" : "IPv4", nanos / ROUNDS);
            }
        }
        assertThat(admitted).isEqualTo(4 * ROUNDS);
        assertThat(hashes).isNotZero();
    }

    /** There by the mapping, judged at the exit, and the address put back for the next round. */
    private void cross(
            OffHeapPacket packet, TunnelMapping mapping, Cidr client, Cidr granted, GrantedPrefixes prefixes) {
        AddressMapping back = AddressMapping.between(granted, client);
        int limitAt = client.address().isV6() ? 7 : 8;
        for (int i = 0; i < ROUNDS; i++) {
            Memory.putByte(packet.address + limitAt, 64);
            boolean isAlive = HopLimit.decrement(packet.address);
            MssClamp.clamp(packet.address, packet.length);
            hashes |= hash.of(packet.address, packet.length);
            boolean isMapped = mapping.toTunnel(packet.address, packet.length) == MappingResult.MAPPED;
            if (isAlive && isMapped && rules.admit(packet.address, packet.length, prefixes) == ExitVerdict.ADMITTED) {
                admitted++;
            }
            back.mapSource(packet.address, packet.length);
        }
    }
}
