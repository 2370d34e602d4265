package skyawg.protocol.edge;

import skyawg.protocol.names.Cidr;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.wire.IpHeader;
import skyawg.protocol.wire.Memory;

/**
 * Maps the addresses of one prefix 1:1 to another of the same length: prefix bits are replaced, host bits stay, so
 * there is nothing to remember. Checksums follow by RFC 1624; since host bits stay, the difference is a constant.
 *
 * <p>An ICMP error quotes a packet that went the other way: in it the opposite address is mapped, with the quote's own
 * checksums as far as they were quoted, and then the error's.
 */
public final class AddressMapping {
    private static final int ICMP_HEADER_LENGTH = 8;
    private static final int ICMP_CHECKSUM_OFFSET = 2;

    private final Cidr from;
    private final Cidr to;
    private final boolean isV6;
    private final long fromHigh;
    private final long fromLow;
    private final long toHigh;
    private final long toLow;
    private final long maskHigh;
    private final long maskLow;
    /** What the change of an address does to a sum over it, see {@link ChecksumUpdate}. */
    private final int difference;

    private AddressMapping(Cidr from, Cidr to) {
        this.from = from;
        this.to = to;
        this.isV6 = from.address().isV6();
        IpAddress ones = isV6 ? IpAddress.v6(-1, -1) : IpAddress.v4(-1);
        IpAddress mask = ones.masked(from.prefixBits());
        this.fromHigh = from.address().high();
        this.fromLow = from.address().low();
        this.toHigh = to.address().high();
        this.toLow = to.address().low();
        this.maskHigh = mask.high();
        this.maskLow = mask.low();
        this.difference =
                ChecksumUpdate.fold(ChecksumUpdate.ofLong(fromHigh, toHigh) + ChecksumUpdate.ofLong(fromLow, toLow));
    }

    /**
     * The mapping from one prefix to another.
     *
     * @throws IllegalArgumentException when they differ in family or length
     */
    public static AddressMapping between(Cidr from, Cidr to) {
        if (from.address().isV6() != to.address().isV6() || from.prefixBits() != to.prefixBits()) {
            throw new IllegalArgumentException("prefixes must be equally long: " + from + " and " + to);
        }
        return new AddressMapping(from, to);
    }

    /** The way back. */
    public AddressMapping reversed() {
        return new AddressMapping(to, from);
    }

    /**
     * Maps the source address, in place.
     *
     * @param available bytes that may be read, at least the packet
     */
    public MappingResult mapSource(long packet, int available) {
        return map(packet, available, true);
    }

    /**
     * Maps the destination address, in place.
     *
     * @param available bytes that may be read, at least the packet
     */
    public MappingResult mapDestination(long packet, int available) {
        return map(packet, available, false);
    }

    private MappingResult map(long packet, int available, boolean isSource) {
        int length = IpHeader.packetLength(packet, available);
        if (length < 0 || length > 0xffff || (IpHeader.version(packet) == 6) != isV6) {
            return MappingResult.MALFORMED;
        }
        int place = Transport.find(packet, length);
        if (place < 0 && place != Transport.NONE) {
            return refusal(place);
        }
        if (!covers(packet, isSource)) {
            return MappingResult.OUTSIDE_PREFIX;
        }
        if (place == Transport.NONE) {
            replace(packet, isSource);
            return MappingResult.MAPPED;
        }
        return mapWithTransport(packet, length, place, isSource);
    }

    private MappingResult mapWithTransport(long packet, int length, int place, boolean isSource) {
        int protocol = Transport.protocol(place);
        int at = Transport.offset(place);
        long transport = packet + at;
        int checksumOffset = Transport.addressChecksumOffset(protocol);
        if (checksumOffset >= 0 && at + checksumOffset + Short.BYTES > length) {
            return MappingResult.MALFORMED;
        }
        boolean isIcmp = protocol == Transport.ICMP || protocol == Transport.ICMPV6;
        boolean quotes = isIcmp && length > at && Transport.quotesPacket(protocol, Memory.getByte(transport) & 0xff);
        if (quotes) {
            MappingResult result = checkQuote(transport, length - at, !isSource);
            if (result != MappingResult.MAPPED) {
                return result;
            }
        }
        replace(packet, isSource);
        if (checksumOffset >= 0) {
            applyTo(transport + checksumOffset, protocol);
        }
        if (quotes) {
            mapQuote(transport, length - at, !isSource);
        }
        return MappingResult.MAPPED;
    }

    private MappingResult checkQuote(long icmp, int length, boolean isSource) {
        long quoted = icmp + ICMP_HEADER_LENGTH;
        int quotedLength = length - ICMP_HEADER_LENGTH;
        int headerLength = isV6 ? IpHeader.V6_LENGTH : IpHeader.V4_LENGTH;
        if (quotedLength < headerLength || (IpHeader.version(quoted) == 6) != isV6) {
            return MappingResult.MALFORMED;
        }
        int place = Transport.find(quoted, quotedLength);
        if (place < 0 && place != Transport.NONE && place != Transport.CUT_OFF) {
            return refusal(place);
        }
        return covers(quoted, isSource) ? MappingResult.MAPPED : MappingResult.OUTSIDE_PREFIX;
    }

    /** Maps a quote that {@link #checkQuote} found good, and puts the error's checksum right. */
    private void mapQuote(long icmp, int length, boolean isSource) {
        long quoted = icmp + ICMP_HEADER_LENGTH;
        int quotedLength = length - ICMP_HEADER_LENGTH;
        int changes = difference + replace(quoted, isSource);
        int place = Transport.find(quoted, quotedLength);
        if (place >= 0) {
            int checksumOffset = Transport.addressChecksumOffset(Transport.protocol(place));
            int at = Transport.offset(place) + checksumOffset;
            if (checksumOffset >= 0 && at + Short.BYTES <= quotedLength) {
                changes += applyTo(quoted + at, Transport.protocol(place));
            }
        }
        ChecksumUpdate.apply(icmp + ICMP_CHECKSUM_OFFSET, ChecksumUpdate.fold(changes));
    }

    private int applyTo(long checksum, int protocol) {
        return protocol == Transport.UDP
                ? ChecksumUpdate.applyUdp(checksum, difference)
                : ChecksumUpdate.apply(checksum, difference);
    }

    private boolean covers(long packet, boolean isSource) {
        if (isV6) {
            long address = packet + (isSource ? IpHeader.V6_SOURCE_OFFSET : IpHeader.V6_DESTINATION_OFFSET);
            return (Memory.getLongBe(address) & maskHigh) == fromHigh
                    && (Memory.getLongBe(address + Long.BYTES) & maskLow) == fromLow;
        }
        long address = packet + (isSource ? IpHeader.V4_SOURCE_OFFSET : IpHeader.V4_DESTINATION_OFFSET);
        return (Memory.getIntBe(address) & (int) maskLow) == (int) fromLow;
    }

    /**
     * Replaces the prefix bits, and updates the IPv4 header's checksum.
     *
     * @return the difference which that checksum's change makes to a sum over the header
     */
    private int replace(long packet, boolean isSource) {
        if (isV6) {
            long address = packet + (isSource ? IpHeader.V6_SOURCE_OFFSET : IpHeader.V6_DESTINATION_OFFSET);
            Memory.putLongBe(address, (Memory.getLongBe(address) & ~maskHigh) | toHigh);
            Memory.putLongBe(address + Long.BYTES, (Memory.getLongBe(address + Long.BYTES) & ~maskLow) | toLow);
            return 0;
        }
        long address = packet + (isSource ? IpHeader.V4_SOURCE_OFFSET : IpHeader.V4_DESTINATION_OFFSET);
        Memory.putIntBe(address, (Memory.getIntBe(address) & ~(int) maskLow) | (int) toLow);
        return ChecksumUpdate.apply(packet + IpHeader.V4_CHECKSUM_OFFSET, difference);
    }

    private static MappingResult refusal(int place) {
        return switch (place) {
            case Transport.AUTHENTICATED -> MappingResult.AUTHENTICATED;
            case Transport.SOURCE_ROUTED -> MappingResult.SOURCE_ROUTED;
            default -> MappingResult.MALFORMED;
        };
    }
}
