package skyawg.mesh.tunnel;

/**
 * What an egress granted to a tunnel.
 *
 * @param ipv4Length 24 to 30
 * @param ipv6 upper half of a /64
 */
public record Prefixes(int ipv4, int ipv4Length, long ipv6) {}
