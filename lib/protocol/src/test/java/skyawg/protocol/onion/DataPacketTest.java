package skyawg.protocol.onion;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import skyawg.protocol.crypto.OffHeap;
import skyawg.protocol.wire.Memory;

/** Label stack entry and length of a data packet. */
final class DataPacketTest {
    private final OffHeap memory = new OffHeap();

    @AfterEach
    void freeMemory() {
        memory.close();
    }

    @Test
    void lengthsAreThoseOfAMeshMtuOf1336() {
        assertThat(DataPacket.MIN_LENGTH).isEqualTo(37);
        assertThat(DataPacket.MAX_LENGTH).isEqualTo(1373);
        assertThat(DataPacket.MAX_PACKET_LENGTH).isEqualTo(1379);
    }

    @Test
    void labelIsWrittenWithTrafficClass0AndTtl64() {
        long packet = packet(37);
        DataPacket.putLabel(packet, 707397);
        assertThat(Memory.getIntBe(packet)).isEqualTo(0xacb45140);
        DataPacket.putLabel(packet, 0xfffff);
        assertThat(Memory.getIntBe(packet)).isEqualTo(0xfffff140);
    }

    @Test
    void lengthHasItsRange() {
        for (int length : new int[] {37, 38, 1000, 1372, 1373}) {
            assertThat(DataPacket.check(packet(length), 1500)).isEqualTo(Verdict.PASSED);
            assertThat(DataPacket.check(packet(length), 6 + length)).isEqualTo(Verdict.PASSED);
            assertThat(DataPacket.check(packet(length), 5 + length)).isEqualTo(Verdict.LENGTH);
            assertThat(DataPacket.packetLength(packet(length))).isEqualTo(6 + length);
            assertThat(DataPacket.bodyLength(packet(length))).isEqualTo(length - 16);
            assertThat(DataPacket.plaintextLength(packet(length))).isEqualTo(length - 32);
        }
        for (int length : new int[] {0, 1, 36, 1374, 65535}) {
            assertThat(DataPacket.check(packet(length), 1500)).isEqualTo(Verdict.LENGTH);
        }
    }

    @Test
    void onlyTtl0IsRefused() {
        long packet = packet(37);
        for (int ttl : new int[] {1, 63, 64, 255}) {
            Memory.putIntBe(packet, 0x70000100 | ttl);
            assertThat(DataPacket.check(packet, 43)).isEqualTo(Verdict.PASSED);
        }
        Memory.putIntBe(packet, 0x70000100);
        assertThat(DataPacket.check(packet, 43)).isEqualTo(Verdict.TTL_ZERO);
    }

    @Test
    void stacksAreOneDeep() {
        long packet = packet(37);
        Memory.putIntBe(packet, 0x70000040);
        assertThat(DataPacket.check(packet, 43)).isEqualTo(Verdict.NOT_BOTTOM_OF_STACK);
    }

    @Test
    void reasonsComeInOrder() {
        long packet = packet(0);
        Memory.putIntBe(packet, 0x70000000);
        assertThat(DataPacket.check(packet, 21)).isEqualTo(Verdict.TRUNCATED);
        assertThat(DataPacket.check(packet, 22)).isEqualTo(Verdict.NOT_BOTTOM_OF_STACK);
        Memory.putIntBe(packet, 0x70000100);
        assertThat(DataPacket.check(packet, 22)).isEqualTo(Verdict.TTL_ZERO);
        Memory.putIntBe(packet, 0x70000101);
        assertThat(DataPacket.check(packet, 22)).isEqualTo(Verdict.LENGTH);
    }

    /** What lies behind the packet must not matter, or it would have been read. */
    @Property(tries = 1000)
    void whatPassesFitsInWhatCame(@ForAll @Size(max = 80) byte[] bytes) {
        try (OffHeap own = new OffHeap()) {
            long at = own.allocate(bytes.length + 64);
            Memory.copy(bytes, 0, at, bytes.length);
            Verdict verdict = DataPacket.check(at, bytes.length);
            Memory.fill(at + bytes.length, 64, 0xff);
            assertThat(DataPacket.check(at, bytes.length)).isEqualTo(verdict);
            if (verdict == Verdict.PASSED) {
                assertThat(DataPacket.packetLength(at)).isBetween(43, bytes.length);
            }
        }
    }

    private long packet(int length) {
        long packet = memory.allocate(1500);
        DataPacket.putLabel(packet, 0x70000);
        Memory.putShortBe(packet + DataPacket.LENGTH_OFFSET, length);
        return packet;
    }
}
