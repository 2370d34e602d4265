package skyawg.protocol.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.onion.Plaintext;
import skyawg.protocol.wire.IpHeader;
import skyawg.protocol.wire.Memory;

/** What the ingress does to a packet because the mesh is a hop: TTL, MSS, fragments, errors. */
final class IngressTest {
    private final IcmpErrors anonymous = new IcmpErrors(null, null, 0);

    @ParameterizedTest
    @CsvSource({
        // version, flags, options, MSS before, MSS after
        "4, 02, 020405b4, 1460, 1296",
        "4, 12, 020405b4, 1460, 1296",
        "4, 02, 01020405b4010100, 1460, 1296",
        "4, 02, 0101020405b40000, 1460, 1296",
        "4, 02, 02040218, 536, 536",
        "4, 02, 02040510, 1296, 1296",
        "4, 10, 020405b4, 1460, 1460",
        "6, 02, 020405a0, 1440, 1276",
        "6, 02, 020404fc, 1276, 1276",
    })
    void clampsTheSegmentSizeOfSyns(int version, String flags, String options, int before, int after) {
        try (OffHeapPacket packet = new OffHeapPacket()) {
            int optionsLength = options.length() / 2;
            int header = version == 4 ? 20 : 40;
            int length = 20 + optionsLength;
            packet.put((version == 4 ? v4Tcp(length) : v6Tcp(length)) + "0fa001bb0000000100000000"
                    + "%x0".formatted(length / 4) + flags + "01f400000000" + options);
            RandomPackets.putTransportChecksum(packet.address, header, packet.length, version == 6, 6);
            assertThat(MssClamp.clamp(packet.address, packet.length)).isEqualTo(before != after);
            assertThat(packet.hex()).contains("0204%04x".formatted(after));
            assertThat(packet.hasGoodTransportChecksum(6)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"00020405b4000000", "030207", "02", "0205 05b400", "fe00", "020405"})
    void leavesOddOptionsAlone(String options) {
        try (OffHeapPacket packet = new OffHeapPacket()) {
            String packed = options.replace(" ", "");
            packet.put(v4Tcp(20 + packed.length() / 2) + "0fa001bb0000000100000000f00201f400000000" + packed);
            byte[] before = packet.bytes();
            assertThat(MssClamp.clamp(packet.address, packet.length)).isFalse();
            assertThat(packet.bytes()).isEqualTo(before);
        }
    }

    @Property(tries = 10_000)
    void noStepWritesBehindThePacket(@ForAll @Size(max = 120) byte[] bytes, @ForAll @IntRange(max = 7) int shape) {
        try (OffHeapPacket packet = new OffHeapPacket();
                Arena arena = Arena.ofConfined()) {
            packet.put(RandomPackets.shaped(bytes, shape));
            long out = Memory.allocate(arena, IcmpErrors.MAX_LENGTH);
            MssClamp.clamp(packet.address, packet.length);
            new FlowHash(1).of(packet.address, packet.length);
            int length = IpHeader.packetLength(packet.address, packet.length);
            if (length >= 0) {
                HopLimit.decrement(packet.address);
                anonymous.packetTooBig(packet.address, length, Plaintext.MESH_MTU, out, 0);
                if (V4Fragments.isAllowed(packet.address)) {
                    int count = V4Fragments.count(packet.address, length, 68);
                    for (int i = 0; i < count; i++) {
                        assertThat(V4Fragments.write(packet.address, length, 68, i, out))
                                .isBetween(20, 68);
                    }
                }
            }
            assertThat(packet.isIntactBehind()).isTrue();
        }
    }

    @Property(tries = 1000)
    void lowersTheHopLimitWithTheChecksum(@ForAll long seed, @ForAll boolean isV6) {
        try (OffHeapPacket packet = new OffHeapPacket()) {
            RandomPackets.put(packet, new Random(seed), isV6);
            int offset = isV6 ? 7 : 8;
            int before = Memory.getByte(packet.address + offset) & 0xff;
            boolean isAlive = HopLimit.decrement(packet.address);
            assertThat(isAlive).isEqualTo(before > 1);
            assertThat(Memory.getByte(packet.address + offset) & 0xff).isEqualTo(isAlive ? before - 1 : before);
            assertThat(isV6 || packet.hasGoodV4Checksum()).isTrue();
        }
    }

    @Test
    void tellsTheMtu() {
        try (OffHeapPacket packet = new OffHeapPacket();
                OffHeapPacket answer = new OffHeapPacket()) {
            packet.put("4500 0578 0000 4000 4011 0000 0a000001 0a090007 1234 0035 0564 0000" + "61".repeat(1372));
            answer.put(new byte[0]);
            answer.length =
                    anonymous.packetTooBig(packet.address, packet.length, Plaintext.MESH_MTU, answer.address, 0);
            assertThat(answer.length).isEqualTo(576);
            assertThat(answer.hex()).startsWith("45c00240000000004001");
            assertThat(answer.hex().substring(24, 40)).isEqualTo("0a0900070a000001");
            assertThat(answer.hex().substring(40, 44)).isEqualTo("0304");
            assertThat(answer.hex().substring(48, 56)).isEqualTo("00000538");
            assertThat(answer.hasGoodV4Checksum()).isTrue();
            assertThat(answer.hasGoodTransportChecksum(1)).isTrue();
            packet.put("60000000 0550 11 40" + "fd000000000000000000000000000001" + "fd990000000000000000000000000007"
                    + "1234 0035 0550 0000" + "61".repeat(1352));
            answer.length =
                    anonymous.packetTooBig(packet.address, packet.length, Plaintext.MESH_MTU, answer.address, 0);
            assertThat(answer.length).isEqualTo(1280);
            assertThat(answer.hex().substring(80, 84)).isEqualTo("0200");
            assertThat(answer.hex().substring(88, 96)).isEqualTo("00000538");
            assertThat(answer.hasGoodTransportChecksum(58)).isTrue();
        }
    }

    @Test
    void namesItselfInTimeExceeded() {
        IcmpErrors named = new IcmpErrors(IpAddress.parse("10.0.0.254"), IpAddress.parse("fd00::254"), 0);
        try (OffHeapPacket packet = new OffHeapPacket();
                OffHeapPacket answer = new OffHeapPacket()) {
            packet.put("4500 001c 0000 0000 0111 0000 0a000001 0a090007 1234 0035 0008 0000");
            answer.length = named.timeExceeded(packet.address, packet.length, answer.address, 0);
            assertThat(answer.length).isEqualTo(56);
            assertThat(answer.hex().substring(24, 48))
                    .isEqualTo("0a0000fe0a0000010b00" + answer.hex().substring(44, 48));
            assertThat(answer.hasGoodV4Checksum()).isTrue();
            assertThat(answer.hasGoodTransportChecksum(1)).isTrue();
            packet.put("60000000 0009 11 01" + "fd000000000000000000000000000001" + "fd990000000000000000000000000007"
                    + "1234 0035 0009 0000 61");
            answer.length = named.timeExceeded(packet.address, packet.length, answer.address, 0);
            assertThat(answer.hex().substring(16, 84))
                    .isEqualTo("fd000000000000000000000000000254" + "fd000000000000000000000000000001" + "0300");
            assertThat(answer.hasGoodTransportChecksum(58)).isTrue();
        }
    }

    @Test
    void neverAnswersAnErrorBehindExtensionHeaders() {
        try (OffHeapPacket packet = new OffHeapPacket();
                OffHeapPacket answer = new OffHeapPacket()) {
            packet.put("60000000 0010 00 01" + "fd000000000000000000000000000001" + "fd990000000000000000000000000007"
                    + "3a00 010400000000" + "0103000000000000");
            assertThat(anonymous.timeExceeded(packet.address, packet.length, answer.address, 0))
                    .isZero();
        }
    }

    @Test
    void answersNoMoreThanItsRate() {
        try (OffHeapPacket packet = new OffHeapPacket();
                OffHeapPacket answer = new OffHeapPacket()) {
            packet.put("4500 001c 0000 0000 0111 0000 0a000001 0a090007 1234 0035 0008 0000");
            long start = Long.MAX_VALUE - 5; // the clock may wrap
            IcmpErrors errors = new IcmpErrors(null, null, start);
            int atOnce = 0;
            int inASecond = 0;
            for (int i = 0; i < 1000; i++) {
                atOnce += errors.timeExceeded(packet.address, packet.length, answer.address, start) > 0 ? 1 : 0;
            }
            for (int i = 1; i <= 1000; i++) {
                long now = start + i * 1_000_000L;
                inASecond += errors.timeExceeded(packet.address, packet.length, answer.address, now) > 0 ? 1 : 0;
            }
            assertThat(atOnce).isEqualTo(IcmpErrors.BURST);
            assertThat(inASecond).isEqualTo(IcmpErrors.RATE_PER_SECOND);
        }
    }

    /** Fragments put together again are the packet, whatever the MTU, and each is a good packet. */
    @Property(tries = 500)
    void fragmentsMakeUpThePacket(
            @ForAll long seed,
            @ForAll @IntRange(min = 68, max = 1500) int mtu,
            @ForAll @IntRange(max = 20_000) int extra) {
        Random random = new Random(seed);
        try (OffHeapPacket packet = new OffHeapPacket();
                OffHeapPacket fragment = new OffHeapPacket()) {
            byte[] bytes = new byte[28 + extra];
            random.nextBytes(bytes);
            packet.put(bytes);
            boolean isLast = random.nextBoolean();
            int firstOffset = random.nextInt(1000);
            // One option that is copied (router alert), one that is not (timestamp, 4 bytes).
            Memory.putLongBe(packet.address + 20, 0x9404_0000_4404_0500L);
            Memory.putByte(packet.address, 0x47);
            Memory.putShortBe(packet.address + 2, bytes.length);
            Memory.putShortBe(packet.address + 6, (isLast ? 0 : 0x2000) | firstOffset);
            IpHeader.putV4Checksum(packet.address, 28);
            int count = V4Fragments.count(packet.address, packet.length, mtu);
            assertThat(V4Fragments.isAllowed(packet.address)).isTrue();
            int next = 0;
            for (int i = 0; i < count; i++) {
                fragment.put(new byte[0]);
                fragment.length = V4Fragments.write(packet.address, packet.length, mtu, i, fragment.address);
                long at = fragment.address;
                assertThat(fragment.length).isLessThanOrEqualTo(mtu);
                assertThat(fragment.isIntactBehind()).isTrue();
                assertThat(fragment.hasGoodV4Checksum()).isTrue();
                assertThat(IpHeader.packetLength(at, fragment.length)).isEqualTo(fragment.length);
                assertThat(Memory.getIntBe(at + 20)).isEqualTo(0x9404_0000);
                int header = IpHeader.v4HeaderLength(at);
                assertThat(header).isEqualTo(i == 0 ? 28 : 24);
                int word = Memory.getShortBe(at + 6);
                assertThat((word & 0x1fff) - firstOffset).isEqualTo(next / 8);
                assertThat((word & 0x2000) == 0).isEqualTo(isLast && i == count - 1);
                for (int b = header; b < fragment.length; b++) {
                    assertThat(Memory.getByte(at + b)).isEqualTo(bytes[28 + next++]);
                }
            }
            assertThat(next).isEqualTo(extra);
        }
    }

    @Test
    void respectsDontFragment() {
        try (OffHeapPacket packet = new OffHeapPacket()) {
            packet.put("4500 001c 0000 4000 0111 0000 0a000001 0a090007 1234 0035 0008 0000");
            assertThat(V4Fragments.isAllowed(packet.address)).isFalse();
            packet.put("60000000 0009 11 01");
            assertThat(V4Fragments.isAllowed(packet.address)).isFalse();
        }
    }

    private static String v4Tcp(int length) {
        return "4500 %04x 0001 4000 4006 0000 0a080305 c6336407".formatted(20 + length);
    }

    private static String v6Tcp(int length) {
        return "60000000 %04x 0640 fd00aaaabbbb00010000000000000001 20010db8000000000000000000000007".formatted(length);
    }
}
