package skyawg.mesh.nodes;

import skyawg.protocol.record.AddressedRecord;

/**
 * Where a node is and whose, as far as its record says: its /16 (IPv4), its /32 (IPv6), its family. Two nodes near one
 * another may be one owner's, and are not used in one path, nor in two paths of a tunnel.
 *
 * @param block4 upper 16 bits, or -1 for no address
 * @param block6 upper 32 bits, or -1 for no address
 * @param family 0 for none
 */
public record Locality(int block4, long block6, int family) {
    private static final int NONE = -1;

    public static Locality of(AddressedRecord addressed) {
        boolean has4 = !addressed.ip4().equals(AddressedRecord.NO_IP4);
        boolean has6 = !addressed.ip6().equals(AddressedRecord.NO_IP6);
        return new Locality(
                has4 ? (int) (addressed.ip4().low() >>> 16) : NONE,
                has6 ? addressed.ip6().high() >>> 32 : NONE,
                addressed.node().family());
    }

    /** One /16 or one /32. */
    public boolean isInSameBlock(Locality other) {
        return (block4 != NONE && block4 == other.block4) || (block6 != NONE && block6 == other.block6);
    }

    /** Both say that they are of one owner. */
    public boolean isOfSameFamily(Locality other) {
        return family != 0 && family == other.family;
    }

    boolean isNear(Locality other) {
        return isInSameBlock(other) || isOfSameFamily(other);
    }
}
