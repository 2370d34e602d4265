package skyawg.datapath.tun;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skyawg.protocol.wire.IpHeader;
import skyawg.protocol.wire.Memory;
import skyawg.protocol.wire.TcpHeader;

class CoalescerTest {
    private static final int SLOT = 2048;

    private final Arena arena = Arena.ofConfined();
    private final long slots = Memory.allocate(arena, 2048L * SLOT);
    private final long frame = Memory.allocate(arena, Segmenter.FRAME_LENGTH + 64);
    private final Coalescer coalescer = new Coalescer(arena, true);
    private final Segmenter segmenter = new Segmenter(arena);
    private final RecordingTun tun = new RecordingTun();
    private final Random random = new Random(11);
    private int used;

    @AfterEach
    void free() {
        arena.close();
    }

    private long slot() {
        return slots + (long) SLOT * used++ + 64;
    }

    private void addTcp(boolean isV6, int flow, int sequence, int flags, int payload) {
        long at = slot();
        coalescer.add(at, InnerPackets.putTcp(at, isV6, flow, sequence, flags, random, payload, 32));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void joinsAnOrderedTcpRunIntoOneFrame(boolean isV6) {
        for (int i = 0; i < 40; i++) {
            addTcp(isV6, 0, 1000 + i * 1200, TcpHeader.ACK, 1200);
        }
        addTcp(isV6, 0, 1000 + 40 * 1200, TcpHeader.ACK | TcpHeader.PSH, 100);
        assertThat(coalescer.flush(tun)).isZero();
        assertThat(tun.frames()).hasSize(1);
        byte[] only = tun.frames().getFirst();
        assertThat(only).hasSize(VirtioHeader.SIZE + InnerPackets.ipLength(isV6) + 32 + 40 * 1200 + 100);
        Memory.copy(only, 0, frame, only.length);
        assertThat(VirtioHeader.gsoType(frame)).isEqualTo(isV6 ? VirtioHeader.GSO_TCPV6 : VirtioHeader.GSO_TCPV4);
        assertThat(VirtioHeader.gsoSize(frame)).isEqualTo(1200);
    }

    @Test
    void leavesGapsSynAndFinAlone() {
        addTcp(false, 0, 0, TcpHeader.ACK, 500);
        addTcp(false, 0, 1000, TcpHeader.ACK, 500);
        addTcp(false, 0, 1500, TcpHeader.ACK | TcpHeader.FIN, 500);
        addTcp(false, 0, 2000, TcpHeader.ACK, 0);
        coalescer.flush(tun);
        assertThat(tun.frames()).hasSize(4);
    }

    /** A data offset below 5 would count the TCP header as payload. */
    @Test
    void leavesTcpWithAnImpossibleHeaderLengthAlone() {
        for (int i = 0; i < 2; i++) {
            long at = slot();
            int length = InnerPackets.putTcp(at, false, 0, i * 120, TcpHeader.ACK, random, 100, 20);
            Memory.putByte(at + IpHeader.V4_LENGTH + TcpHeader.DATA_OFFSET, 0);
            coalescer.add(at, length);
        }
        coalescer.flush(tun);
        assertThat(tun.frames()).hasSize(2);
    }

    @Test
    void joinsUdpOfOneSizeAndEndsWithAShorterOne() {
        for (int i = 0; i < 10; i++) {
            long at = slot();
            coalescer.add(at, InnerPackets.putUdp(at, false, 0, random, i == 6 ? 90 : 100));
        }
        coalescer.flush(tun);
        assertThat(tun.frames()).hasSize(2);
        assertThat(tun.frames().get(0)).hasSize(VirtioHeader.SIZE + 28 + 6 * 100 + 90);
        assertThat(tun.frames().get(1)).hasSize(VirtioHeader.SIZE + 28 + 3 * 100);
    }

    /** Random flows, sizes and oddities: cut apart again, every flow's packets are the same, in the same order. */
    @Test
    void isUndoneByTheSegmenterForRandomTraffic() {
        for (int round = 0; round < 400; round++) {
            used = 0;
            tun.frames().clear();
            Map<Integer, List<byte[]>> sent = new HashMap<>();
            int[] sequence = new int[8];
            int packets = 1 + random.nextInt(300);
            for (int i = 0; i < packets; i++) {
                int flow = random.nextInt(8);
                boolean isV6 = (flow & 1) != 0;
                long at = slot();
                int length;
                if (flow < 6) {
                    int payload = random.nextInt(4) == 0 ? random.nextInt(1300) : 1200;
                    int flags = TcpHeader.ACK
                            | (random.nextInt(10) == 0 ? TcpHeader.PSH : 0)
                            | (random.nextInt(40) == 0 ? TcpHeader.FIN : 0);
                    length = InnerPackets.putTcp(at, isV6, flow, sequence[flow], flags, random, payload, 32);
                    sequence[flow] += payload + (random.nextInt(20) == 0 ? 7 : 0);
                } else {
                    length = InnerPackets.putUdp(at, isV6, flow, random, random.nextInt(3) == 0 ? 77 : 200);
                }
                sent.computeIfAbsent(flow, f -> new ArrayList<>()).add(withoutId(InnerPackets.bytes(at, length)));
                coalescer.add(at, length);
            }
            coalescer.flush(tun);
            assertThat(received()).as("round %d", round).isEqualTo(asLists(sent));
        }
    }

    private Map<Integer, List<List<Byte>>> received() {
        Map<Integer, List<byte[]>> byFlow = new HashMap<>();
        for (byte[] written : tun.frames()) {
            Memory.copy(written, 0, frame, written.length);
            assertThat(segmenter.begin(frame, written.length)).isTrue();
            while (segmenter.next()) {
                byte[] packet = InnerPackets.bytes(segmenter.packet(), segmenter.length());
                int ip = packet[0] >>> 4 == 6 ? 40 : 20;
                int flow = ((packet[ip] & 0xff) << 8 | (packet[ip + 1] & 0xff)) - 1000;
                byFlow.computeIfAbsent(flow, f -> new ArrayList<>()).add(withoutId(packet));
            }
        }
        return asLists(byFlow);
    }

    /** The IPv4 identification of joined packets is counted up from the first one's: leave it out of the comparison. */
    private static byte[] withoutId(byte[] packet) {
        if (packet[0] >>> 4 == 4) {
            Arrays.fill(packet, IpHeader.V4_ID_OFFSET, IpHeader.V4_ID_OFFSET + 2, (byte) 0);
            Arrays.fill(packet, IpHeader.V4_CHECKSUM_OFFSET, IpHeader.V4_CHECKSUM_OFFSET + 2, (byte) 0);
        }
        return packet;
    }

    private static Map<Integer, List<List<Byte>>> asLists(Map<Integer, List<byte[]>> packets) {
        Map<Integer, List<List<Byte>>> lists = new HashMap<>();
        packets.forEach((flow, all) ->
                lists.put(flow, all.stream().map(CoalescerTest::asList).toList()));
        return lists;
    }

    private static List<Byte> asList(byte[] bytes) {
        List<Byte> list = new ArrayList<>(bytes.length);
        for (byte b : bytes) {
            list.add(b);
        }
        return list;
    }
}
