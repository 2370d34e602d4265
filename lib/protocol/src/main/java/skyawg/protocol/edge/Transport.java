package skyawg.protocol.edge;

import skyawg.protocol.wire.IpHeader;
import skyawg.protocol.wire.Memory;

/**
 * Where a packet's transport header begins, behind IPv4 options or IPv6 extension headers (RFC 8200 §4.1). A place is
 * an {@code int}: {@code protocol << 16 | offset}, or one of the negative answers.
 */
final class Transport {
    static final int ICMP = 1;
    static final int TCP = IpHeader.PROTOCOL_TCP;
    static final int UDP = IpHeader.PROTOCOL_UDP;
    static final int DCCP = 33;
    static final int ICMPV6 = 58;
    static final int SCTP = 132;
    static final int UDP_LITE = 136;

    /** A later fragment, or nothing follows: there is no transport header here. */
    static final int NONE = -1;
    /** The memory ends before the transport header begins. */
    static final int CUT_OFF = -2;
    /** An authentication header (RFC 4302) covers the addresses. */
    static final int AUTHENTICATED = -3;
    /** The packet names further hops: an IPv4 source route, or an IPv6 routing header that is not used up. */
    static final int SOURCE_ROUTED = -4;
    /** No IP header, or one that contradicts itself. */
    static final int MALFORMED = -5;

    private static final int AUTHENTICATION_HEADER = 51;
    private static final int V4_OPTION_END = 0;
    private static final int V4_OPTION_NOTHING = 1;
    private static final int V4_OPTION_LOOSE_ROUTE = 131;
    private static final int V4_OPTION_STRICT_ROUTE = 137;
    private static final int V4_OFFSET_MASK = 0x1fff;

    private static final int HOP_BY_HOP = 0;
    private static final int ROUTING = 43;
    private static final int FRAGMENT = 44;
    private static final int NO_NEXT_HEADER = 59;
    private static final int DESTINATION_OPTIONS = 60;
    private static final int EXTENSION_UNIT = 8;
    private static final int ROUTING_SEGMENTS_OFFSET = 3;
    private static final int FRAGMENT_OFFSET_MASK = 0xfff8;

    private Transport() {}

    static int protocol(int place) {
        return place >>> 16;
    }

    static int offset(int place) {
        return place & 0xffff;
    }

    /**
     * Finds it.
     *
     * @param length of the packet, or of the part of it that is here; up to 65 535
     */
    static int find(long packet, int length) {
        if (length < IpHeader.V4_LENGTH) {
            return MALFORMED;
        }
        return switch (IpHeader.version(packet)) {
            case 4 -> findV4(packet, length);
            case 6 -> length < IpHeader.V6_LENGTH ? MALFORMED : findV6(packet, length);
            default -> MALFORMED;
        };
    }

    private static int findV4(long packet, int length) {
        int headerLength = IpHeader.v4HeaderLength(packet);
        if (headerLength < IpHeader.V4_LENGTH) {
            return MALFORMED;
        }
        if (headerLength > length) {
            return CUT_OFF;
        }
        int protocol = Memory.getByte(packet + IpHeader.V4_PROTOCOL_OFFSET) & 0xff;
        if (protocol == AUTHENTICATION_HEADER) {
            return AUTHENTICATED;
        }
        if (headerLength > IpHeader.V4_LENGTH && isSourceRouted(packet, headerLength)) {
            return SOURCE_ROUTED;
        }
        boolean isLaterFragment = (Memory.getShortBe(packet + IpHeader.V4_FRAGMENT_OFFSET) & V4_OFFSET_MASK) != 0;
        return isLaterFragment ? NONE : protocol << 16 | headerLength;
    }

    private static boolean isSourceRouted(long packet, int headerLength) {
        int at = IpHeader.V4_LENGTH;
        while (at < headerLength) {
            int option = Memory.getByte(packet + at) & 0xff;
            if (option == V4_OPTION_LOOSE_ROUTE || option == V4_OPTION_STRICT_ROUTE) {
                return true;
            }
            if (option == V4_OPTION_END || at + 1 >= headerLength) {
                return false;
            }
            at += option == V4_OPTION_NOTHING ? 1 : Math.max(2, Memory.getByte(packet + at + 1) & 0xff);
        }
        return false;
    }

    private static int findV6(long packet, int length) {
        int next = Memory.getByte(packet + IpHeader.V6_NEXT_HEADER_OFFSET) & 0xff;
        int at = IpHeader.V6_LENGTH;
        while (isExtension(next)) {
            if (at + EXTENSION_UNIT > length) {
                return CUT_OFF;
            }
            long header = packet + at;
            if (next == ROUTING && Memory.getByte(header + ROUTING_SEGMENTS_OFFSET) != 0) {
                return SOURCE_ROUTED;
            }
            boolean isLaterFragment = next == FRAGMENT && (Memory.getShortBe(header + 2) & FRAGMENT_OFFSET_MASK) != 0;
            at += next == FRAGMENT ? EXTENSION_UNIT : EXTENSION_UNIT * ((Memory.getByte(header + 1) & 0xff) + 1);
            next = Memory.getByte(header) & 0xff;
            if (isLaterFragment && next != AUTHENTICATION_HEADER) {
                return NONE;
            }
        }
        if (next == AUTHENTICATION_HEADER) {
            return AUTHENTICATED;
        }
        if (next == NO_NEXT_HEADER) {
            return NONE;
        }
        return at > length ? CUT_OFF : next << 16 | at;
    }

    /** Whether an IPv6 packet is a fragment, the first one included. */
    static boolean isV6Fragment(long packet, int length) {
        int next = Memory.getByte(packet + IpHeader.V6_NEXT_HEADER_OFFSET) & 0xff;
        int at = IpHeader.V6_LENGTH;
        while (isExtension(next) && at + EXTENSION_UNIT <= length) {
            if (next == FRAGMENT) {
                return true;
            }
            next = Memory.getByte(packet + at) & 0xff;
            at += EXTENSION_UNIT * ((Memory.getByte(packet + at + 1) & 0xff) + 1);
        }
        return false;
    }

    private static boolean isExtension(int header) {
        return header == HOP_BY_HOP || header == ROUTING || header == FRAGMENT || header == DESTINATION_OPTIONS;
    }

    /**
     * Where in a transport header the checksum lies that covers the pseudo-header, and so the addresses: TCP, UDP, DCCP
     * (RFC 4340 §9.1), UDP-Lite (RFC 3828 §3.1), ICMPv6. ICMPv4's does not.
     *
     * @return -1 when the protocol has none
     */
    static int addressChecksumOffset(int protocol) {
        return switch (protocol) {
            case TCP -> 16;
            case UDP, UDP_LITE, DCCP -> 6;
            case ICMPV6 -> 2;
            default -> -1;
        };
    }

    /** Whether an ICMP message of this type quotes a packet behind its 8 bytes (RFC 792, RFC 4443 §3). */
    static boolean quotesPacket(int protocol, int type) {
        if (protocol == ICMP) {
            return switch (type) {
                case 3, 4, 5, 11, 12 -> true; // unreachable, source quench, redirect, time exceeded, parameter problem
                default -> false;
            };
        }
        return protocol == ICMPV6 && type >= 1 && type <= 4;
    }
}
