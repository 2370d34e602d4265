package skyawg.protocol.edge;

import java.util.Arrays;
import java.util.Random;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.wire.Checksum;
import skyawg.protocol.wire.IpHeader;
import skyawg.protocol.wire.Memory;

/** Inner packets with good checksums, and bytes that look a little like packets. */
final class RandomPackets {
    private static final int[] V4_PROTOCOLS = {Transport.ICMP, Transport.TCP, Transport.UDP};
    private static final int[] V6_PROTOCOLS = {Transport.ICMPV6, Transport.TCP, Transport.UDP};

    private RandomPackets() {}

    /** Puts a whole, unfragmented packet; an ICMP one is an echo. @return its protocol */
    static int put(OffHeapPacket packet, Random random, boolean isV6) {
        int protocol = (isV6 ? V6_PROTOCOLS : V4_PROTOCOLS)[random.nextInt(3)];
        int header = isV6 ? IpHeader.V6_LENGTH : IpHeader.V4_LENGTH;
        byte[] bytes = new byte[header + 20 + random.nextInt(1300)];
        random.nextBytes(bytes);
        packet.put(bytes);
        long at = packet.address;
        if (isV6) {
            Memory.putIntBe(at, 0x6000_0000 | random.nextInt(1 << 28));
            Memory.putShortBe(at + IpHeader.V6_PAYLOAD_LENGTH_OFFSET, bytes.length - header);
            Memory.putByte(at + IpHeader.V6_NEXT_HEADER_OFFSET, protocol);
        } else {
            Memory.putByte(at, 0x45);
            Memory.putShortBe(at + IpHeader.V4_TOTAL_LENGTH_OFFSET, bytes.length);
            Memory.putShortBe(at + IpHeader.V4_FRAGMENT_OFFSET, random.nextBoolean() ? 0x4000 : 0);
            Memory.putByte(at + IpHeader.V4_PROTOCOL_OFFSET, protocol);
            IpHeader.putV4Checksum(at, header);
        }
        if (protocol == Transport.ICMP || protocol == Transport.ICMPV6) {
            Memory.putByte(at + header, isV6 ? 128 : 8);
        } else if (protocol == Transport.TCP) {
            Memory.putByte(at + header + 12, 0x50);
        }
        putTransportChecksum(at, header, bytes.length, isV6, protocol);
        return protocol;
    }

    static void putTransportChecksum(long at, int header, int length, boolean isV6, int protocol) {
        long checksum = at + header + (protocol == Transport.ICMP ? 2 : Transport.addressChecksumOffset(protocol));
        Memory.putShortBe(checksum, 0);
        long sum = protocol == Transport.ICMP ? 0 : Checksum.pseudoHeader(at, isV6, protocol, length - header);
        int value = Checksum.finish(Checksum.add(sum, at + header, length - header));
        Memory.putShortBe(checksum, value == 0 && protocol == Transport.UDP ? 0xffff : value);
    }

    static Cidr sourcePrefix(OffHeapPacket packet, int bits) {
        boolean isV6 = IpHeader.version(packet.address) == 6;
        byte[] bytes = packet.bytes();
        int offset = isV6 ? IpHeader.V6_SOURCE_OFFSET : IpHeader.V4_SOURCE_OFFSET;
        return new Cidr(IpAddress.of(Arrays.copyOfRange(bytes, offset, offset + (isV6 ? 16 : 4))), bits);
    }

    static Cidr prefix(Random random, boolean isV6, int bits) {
        return new Cidr(
                isV6 ? IpAddress.v6(random.nextLong(), random.nextLong()) : IpAddress.v4(random.nextInt()), bits);
    }

    /** The same bytes made to pass the first checks, so that later ones are reached. */
    static byte[] shaped(byte[] bytes, int shape) {
        byte[] shaped = bytes.clone();
        boolean isV6 = (shape & 2) != 0;
        if ((shape & 4) == 0 && shaped.length >= (isV6 ? 40 : 20)) {
            shaped[0] = (byte) (isV6 ? 0x60 : 0x45 + (shaped[0] & 1));
            int lengthAt = isV6 ? 4 : 2;
            int length = isV6 ? shaped.length - 40 : shaped.length;
            shaped[lengthAt] = (byte) (length >>> 8);
            shaped[lengthAt + 1] = (byte) length;
            byte[] prefix = (isV6 ? Cidr.parse("fd00:aaaa:bbbb:1::/64") : Cidr.parse("10.8.3.0/24"))
                    .address()
                    .toBytes();
            int sourceAt = isV6 ? 8 : 12;
            int destinationAt = isV6 ? 24 : 16;
            System.arraycopy(prefix, 0, shaped, sourceAt, isV6 ? 8 : 3);
            System.arraycopy(prefix, 0, shaped, destinationAt, isV6 ? 8 : 3);
            int[] interesting = {0, 1, 6, 17, 43, 44, 50, 51, 58, 59, 60};
            shaped[isV6 ? 6 : 9] = (byte) interesting[(shaped[isV6 ? 6 : 9] & 0xff) % interesting.length];
        }
        return shaped;
    }
}
