package skyawg.protocol.edge;

import skyawg.protocol.wire.IpHeader;
import skyawg.protocol.wire.Memory;

/**
 * A number that all packets of an inner flow share: of addresses, protocol and ports. Fragments count without ports,
 * all of them, so that they stay together. Seeded, so that nobody outside can choose flows that fall together.
 */
public final class FlowHash {
    private static final long MULTIPLIER = 0x9e37_79b9_7f4a_7c15L;
    private static final int V4_FRAGMENT_MASK = 0x3fff;

    private final long seed;

    /** @param seed random, and the same as long as flows shall stay where they are */
    public FlowHash(long seed) {
        this.seed = seed;
    }

    /**
     * The number of an inner IP packet.
     *
     * @param length of it; a packet that is malformed gets some number as well
     */
    public int of(long packet, int length) {
        int place = Transport.find(packet, length);
        if (place == Transport.MALFORMED) {
            return 0;
        }
        long hash = seed;
        boolean isFragment;
        if (IpHeader.version(packet) == 4) {
            hash = mix(hash, Memory.getLongBe(packet + IpHeader.V4_SOURCE_OFFSET));
            isFragment = (Memory.getShortBe(packet + IpHeader.V4_FRAGMENT_OFFSET) & V4_FRAGMENT_MASK) != 0;
            hash = mix(hash, Memory.getByte(packet + IpHeader.V4_PROTOCOL_OFFSET));
        } else {
            for (int at = IpHeader.V6_SOURCE_OFFSET; at < IpHeader.V6_LENGTH; at += Long.BYTES) {
                hash = mix(hash, Memory.getLongBe(packet + at));
            }
            isFragment = Transport.isV6Fragment(packet, length);
        }
        if (place >= 0
                && !isFragment
                && hasPorts(Transport.protocol(place))
                && Transport.offset(place) + Integer.BYTES <= length) {
            hash = mix(hash, Memory.getIntBe(packet + Transport.offset(place)));
        }
        return (int) (hash >>> 32);
    }

    private static long mix(long hash, long value) {
        long mixed = (hash ^ value) * MULTIPLIER;
        return mixed ^ (mixed >>> 29);
    }

    private static boolean hasPorts(int protocol) {
        return switch (protocol) {
            case Transport.TCP, Transport.UDP, Transport.UDP_LITE, Transport.DCCP, Transport.SCTP -> true;
            default -> false;
        };
    }
}
