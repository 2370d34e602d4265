package skyawg.protocol.names;

/** A prefix: an address whose bits behind {@code prefixBits} are zero. */
public record Cidr(IpAddress address, int prefixBits) {
    /** Clears the host bits. */
    public Cidr {
        address = address.masked(prefixBits);
    }

    /**
     * Reads {@code address/bits}; both parts must be there.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("prefix length is missing: " + text);
        }
        IpAddress address = IpAddress.parse(text.substring(0, slash));
        long bits = UintRange.parseNumber(text.substring(slash + 1));
        if (bits > address.bits()) {
            throw new IllegalArgumentException("prefix length is 0 to " + address.bits() + ": " + text);
        }
        return new Cidr(address, (int) bits);
    }

    public boolean contains(IpAddress other) {
        return other.isV6() == address.isV6() && other.masked(prefixBits).equals(address);
    }

    @Override
    public String toString() {
        return address + "/" + prefixBits;
    }
}
