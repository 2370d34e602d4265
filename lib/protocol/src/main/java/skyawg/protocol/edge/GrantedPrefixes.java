package skyawg.protocol.edge;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.names.PrefixSet;
import skyawg.protocol.wire.IpHeader;
import skyawg.protocol.wire.Memory;

/** The prefixes that an egress granted to one tunnel: packets from it come from there, packets to it go there. */
public final class GrantedPrefixes {
    private final PrefixSet prefixes;

    /** Null: none of that version. */
    public GrantedPrefixes(@Nullable Cidr v4, @Nullable Cidr v6) {
        List<Cidr> granted = new ArrayList<>();
        if (v4 != null) {
            granted.add(v4);
        }
        if (v6 != null) {
            granted.add(v6);
        }
        this.prefixes = PrefixSet.of(granted);
    }

    /** Whether a packet's source is one of them; its IP header is whole. */
    boolean coversSource(long packet) {
        return sourceIsIn(packet, prefixes);
    }

    /** Whether a packet's destination is one of them; its IP header is whole. */
    boolean coversDestination(long packet) {
        return destinationIsIn(packet, prefixes);
    }

    private static boolean sourceIsIn(long packet, PrefixSet set) {
        return IpHeader.version(packet) == 4
                ? set.containsV4(Memory.getIntBe(packet + IpHeader.V4_SOURCE_OFFSET))
                : set.containsV6(
                        Memory.getLongBe(packet + IpHeader.V6_SOURCE_OFFSET),
                        Memory.getLongBe(packet + IpHeader.V6_SOURCE_OFFSET + Long.BYTES));
    }

    static boolean destinationIsIn(long packet, PrefixSet set) {
        return IpHeader.version(packet) == 4
                ? set.containsV4(Memory.getIntBe(packet + IpHeader.V4_DESTINATION_OFFSET))
                : set.containsV6(
                        Memory.getLongBe(packet + IpHeader.V6_DESTINATION_OFFSET),
                        Memory.getLongBe(packet + IpHeader.V6_DESTINATION_OFFSET + Long.BYTES));
    }
}
