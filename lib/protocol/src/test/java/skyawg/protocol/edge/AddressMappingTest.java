package skyawg.protocol.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import skyawg.protocol.names.Cidr;

final class AddressMappingTest {
    private static final AddressMapping V4 = between("10.8.3.0/24", "100.64.7.0/24");
    private static final AddressMapping V6 = between("fd00:aaaa:bbbb:1::/64", "fd12:3456:7890:7::/64");
    private static final String UDP_HEAD = "45000021000100004011000064400705c63364070fa00035000d";

    @Test
    void refusesPrefixesOfUnlikeLengthOrFamily() {
        assertThatThrownBy(() -> between("10.8.3.0/24", "100.64.0.0/23"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("equally long");
        assertThatThrownBy(() -> between("10.8.3.0/24", "fd00::/24")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sendsAUdpChecksumOfZeroAsOnes() {
        // Destinations differ until one makes the sum come out as zero.
        try (OffHeapPacket packet = new OffHeapPacket()) {
            int seenOnes = 0;
            for (int word = 1; word <= 0xffff; word++) {
                packet.put(UDP_HEAD + String.format("%04x", word) + "0102030405");
                assertThat(V4.reversed().mapSource(packet.address, packet.length))
                        .isEqualTo(MappingResult.MAPPED);
                String checksum = packet.hex().substring(52, 56);
                assertThat(checksum).isNotEqualTo("0000");
                seenOnes += checksum.equals("ffff") ? 1 : 0;
            }
            assertThat(seenOnes).isEqualTo(1);
        }
    }

    @Test
    void refusesAnErrorThatQuotesAStranger() {
        try (OffHeapPacket packet = new OffHeapPacket()) {
            packet.put("45000038000700004001e53ec6336407644007050303f10c00000000"
                    + "45000029000700004011e53d64400805c63364070fa000350015fc05");
            byte[] before = packet.bytes();
            assertThat(V4.reversed().mapDestination(packet.address, packet.length))
                    .isEqualTo(MappingResult.OUTSIDE_PREFIX);
            assertThat(packet.bytes()).isEqualTo(before);
        }
    }

    @Test
    void refusesSourceRoutes() {
        try (OffHeapPacket packet = new OffHeapPacket()) {
            packet.put("4700001c 00070000 40110000 0a080305 c6336407 01830704 0b000001");
            assertThat(V4.mapSource(packet.address, packet.length)).isEqualTo(MappingResult.SOURCE_ROUTED);
            packet.put("60000000 0018 2b 40" + "fd00aaaabbbb00010000000000000001" + "20010db8000000000000000000000007"
                    + "3b020001000000000000000000000000000000000000000b");
            assertThat(V6.mapSource(packet.address, packet.length)).isEqualTo(MappingResult.SOURCE_ROUTED);
        }
    }

    @Test
    void refusesAPacketTooShortForItsChecksum() {
        try (OffHeapPacket packet = new OffHeapPacket()) {
            // The first fragment of a TCP segment, 8 bytes of it: its checksum lies in another.
            packet.put("4500001c 00072000 40060000 0a080305 c6336407 0fa001bb00000001");
            assertThat(V4.mapSource(packet.address, packet.length)).isEqualTo(MappingResult.MALFORMED);
        }
    }

    @Test
    void mapsProtocolsWithoutAddressChecksumByAddressOnly() {
        try (OffHeapPacket packet = new OffHeapPacket()) {
            packet.put("45000018 00070000 402f0000 0a080305 c6336407 00000800");
            assertThat(V4.mapSource(packet.address, packet.length)).isEqualTo(MappingResult.MAPPED);
            assertThat(packet.hex()).startsWith("4500001800070000402f");
            assertThat(packet.hex()).endsWith("64400705c633640700000800");
            packet.put("45000014 00070000 403b0000 0a080305 c6336407");
            assertThat(V4.mapSource(packet.address, packet.length)).isEqualTo(MappingResult.MAPPED);
        }
    }

    /** Mapping there and back is the identity, and keeps good checksums good, whatever the prefix length. */
    @Property(tries = 2000)
    void thereAndBackIsTheIdentity(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 64) int bits, @ForAll boolean isV6) {
        Random random = new Random(seed);
        int prefixBits = isV6 ? bits : 1 + bits % 32;
        try (OffHeapPacket packet = new OffHeapPacket()) {
            int protocol = RandomPackets.put(packet, random, isV6);
            AddressMapping mapping = AddressMapping.between(
                    RandomPackets.sourcePrefix(packet, prefixBits), RandomPackets.prefix(random, isV6, prefixBits));
            byte[] before = packet.bytes();
            assertThat(mapping.mapSource(packet.address, packet.length)).isEqualTo(MappingResult.MAPPED);
            assertThat(isV6 || packet.hasGoodV4Checksum()).isTrue();
            assertThat(packet.hasGoodTransportChecksum(protocol)).isTrue();
            assertThat(mapping.reversed().mapSource(packet.address, packet.length))
                    .isEqualTo(MappingResult.MAPPED);
            assertThat(packet.bytes()).isEqualTo(before);
        }
    }

    /** Any bytes at all: a verdict, nothing written behind, nothing changed unless mapped. */
    @Property(tries = 20_000)
    void anyBytesGetAVerdict(@ForAll @Size(max = 120) byte[] bytes, @ForAll @IntRange(max = 7) int shape) {
        byte[] mine = RandomPackets.shaped(bytes, shape);
        try (OffHeapPacket packet = new OffHeapPacket()) {
            for (AddressMapping mapping : new AddressMapping[] {V4, V6}) {
                packet.put(mine);
                MappingResult result = shape % 2 == 0
                        ? mapping.mapSource(packet.address, packet.length)
                        : mapping.mapDestination(packet.address, packet.length);
                assertThat(packet.isIntactBehind()).isTrue();
                if (result != MappingResult.MAPPED) {
                    assertThat(packet.bytes()).isEqualTo(mine);
                }
            }
        }
    }

    private static AddressMapping between(String from, String to) {
        return AddressMapping.between(Cidr.parse(from), Cidr.parse(to));
    }
}
