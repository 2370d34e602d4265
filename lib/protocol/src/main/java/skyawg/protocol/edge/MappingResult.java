package skyawg.protocol.edge;

/** What became of a packet whose address was to be mapped. All but the first are reasons to drop it, unchanged. */
public enum MappingResult {
    MAPPED,
    /** No IP packet of the mapping's family, or cut off within what its headers announce. */
    MALFORMED,
    /** The address is outside the prefix that is mapped, or that of the packet quoted by an ICMP error is. */
    OUTSIDE_PREFIX,
    /** An authentication header (RFC 4302) would no longer be right. */
    AUTHENTICATED,
    /** An IPv4 source route, or an IPv6 routing header that is not used up: the packet names further destinations. */
    SOURCE_ROUTED,
    /** The tunnel has no prefix of this IP version. */
    NO_PREFIX
}
