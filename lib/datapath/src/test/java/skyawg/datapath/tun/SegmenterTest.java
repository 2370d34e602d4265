package skyawg.datapath.tun;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skyawg.protocol.wire.Checksum;
import skyawg.protocol.wire.IpHeader;
import skyawg.protocol.wire.Memory;
import skyawg.protocol.wire.TcpHeader;

class SegmenterTest {
    private final Arena arena = Arena.ofConfined();
    private final long frame = Memory.allocate(arena, Segmenter.FRAME_LENGTH + 64);
    private final Segmenter segmenter = new Segmenter(arena);
    private final Random random = new Random(7);

    @AfterEach
    void free() {
        arena.close();
    }

    @ParameterizedTest
    @CsvSource({"false,1240,64000", "true,1220,64000", "false,1240,1241", "true,1,70", "false,536,537", "true,1220,1220"
    })
    void cutsTcpIntoPacketsThatTogetherCarryThePayload(boolean isV6, int segmentSize, int payload) {
        long packet = frame + VirtioHeader.SIZE;
        int flags = TcpHeader.ACK | TcpHeader.PSH | TcpHeader.FIN | TcpHeader.CWR;
        int length = InnerPackets.putTcp(packet, isV6, 0, 0xffff_ff00, flags, random, payload, 32);
        int headers = InnerPackets.ipLength(isV6) + 32;
        byte[] original = InnerPackets.bytes(packet + headers, payload);
        int type = isV6 ? VirtioHeader.GSO_TCPV6 : VirtioHeader.GSO_TCPV4;
        VirtioHeader.put(frame, type, headers, segmentSize, InnerPackets.ipLength(isV6), TcpHeader.CHECKSUM_OFFSET);

        assertThat(segmenter.begin(frame, VirtioHeader.SIZE + length)).isTrue();
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        int count = 0;
        while (segmenter.next()) {
            long at = segmenter.packet();
            int packetLength = segmenter.length();
            assertThat(InnerPackets.hasRightChecksums(at, packetLength)).isTrue();
            assertThat(IpHeader.packetLength(at, packetLength)).isEqualTo(packetLength);
            long tcp = at + InnerPackets.ipLength(isV6);
            assertThat(Memory.getIntBe(tcp + TcpHeader.SEQUENCE_OFFSET)).isEqualTo(0xffff_ff00 + count * segmentSize);
            boolean isLast = !segmenter.hasMore();
            int expected =
                    TcpHeader.ACK | (count == 0 ? TcpHeader.CWR : 0) | (isLast ? TcpHeader.PSH | TcpHeader.FIN : 0);
            assertThat(TcpHeader.flags(tcp)).isEqualTo(expected);
            joined.writeBytes(InnerPackets.bytes(at + headers, packetLength - headers));
            count++;
        }
        assertThat(count).isEqualTo((payload + segmentSize - 1) / segmentSize);
        assertThat(joined.toByteArray()).isEqualTo(original);
    }

    @ParameterizedTest
    @CsvSource({"false,1200,10000", "true,64,1000", "false,1400,1401"})
    void cutsUdpIntoDatagrams(boolean isV6, int segmentSize, int payload) {
        long packet = frame + VirtioHeader.SIZE;
        int length = InnerPackets.putUdp(packet, isV6, 3, random, payload);
        int headers = InnerPackets.ipLength(isV6) + 8;
        byte[] original = InnerPackets.bytes(packet + headers, payload);
        VirtioHeader.put(frame, VirtioHeader.GSO_UDP_L4, headers, segmentSize, InnerPackets.ipLength(isV6), 6);

        assertThat(segmenter.begin(frame, VirtioHeader.SIZE + length)).isTrue();
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        while (segmenter.next()) {
            assertThat(InnerPackets.hasRightChecksums(segmenter.packet(), segmenter.length()))
                    .isTrue();
            joined.writeBytes(InnerPackets.bytes(segmenter.packet() + headers, segmenter.length() - headers));
        }
        assertThat(joined.toByteArray()).isEqualTo(original);
    }

    @Test
    void completesAChecksumThatTheKernelLeftOpen() {
        long packet = frame + VirtioHeader.SIZE;
        int length = InnerPackets.putTcp(packet, false, 0, 1, TcpHeader.ACK, random, 101, 20);
        int partial = Checksum.fold(Checksum.pseudoHeader(packet, false, IpHeader.PROTOCOL_TCP, length - 20));
        Memory.putShortBe(packet + 20 + TcpHeader.CHECKSUM_OFFSET, partial);
        VirtioHeader.put(frame, VirtioHeader.GSO_NONE, 0, 0, 20, TcpHeader.CHECKSUM_OFFSET);

        assertThat(segmenter.begin(frame, VirtioHeader.SIZE + length)).isTrue();
        assertThat(segmenter.next()).isTrue();
        assertThat(segmenter.length()).isEqualTo(length);
        assertThat(InnerPackets.hasRightChecksums(segmenter.packet(), length)).isTrue();
        assertThat(segmenter.next()).isFalse();
    }

    @Test
    void yieldsNothingFromFramesThatDoNotAddUp() {
        long packet = frame + VirtioHeader.SIZE;
        int length = InnerPackets.putTcp(packet, false, 0, 1, TcpHeader.ACK, random, 3000, 20);
        int[][] headers = {
            // GSO type, GSO size, checksum start, checksum offset
            {VirtioHeader.GSO_TCPV4, 0, 20, 16},
            {VirtioHeader.GSO_TCPV6, 1000, 20, 16},
            {VirtioHeader.GSO_TCPV4, 1000, 24, 16},
            {VirtioHeader.GSO_TCPV4, 1000, 60000, 16},
            {3, 1000, 20, 16},
            {VirtioHeader.GSO_NONE, 0, 60000, 16},
            {VirtioHeader.GSO_NONE, 0, 3030, 16},
        };
        for (int[] header : headers) {
            VirtioHeader.put(frame, header[0], 40, header[1], header[2], header[3]);
            assertThat(segmenter.begin(frame, VirtioHeader.SIZE + length))
                    .as("type %d size %d start %d offset %d", header[0], header[1], header[2], header[3])
                    .isFalse();
            assertThat(segmenter.next()).isFalse();
        }
        assertThat(segmenter.begin(frame, VirtioHeader.SIZE + 19)).isFalse();
        assertThat(segmenter.begin(frame, 3)).isFalse();
    }
}
