package skyawg.protocol.names;

/**
 * An IPv4 or IPv6 address as two 64-bit halves in network order: IPv4 sits in the low 32 bits of {@code low}, with
 * {@code high} zero. An IPv4-mapped IPv6 address stays IPv6.
 */
public record IpAddress(boolean isV6, long high, long low) {
    public static final int V4_BITS = 32;
    public static final int V6_BITS = 128;

    public IpAddress {
        if (!isV6 && (high != 0 || (low >>> 32) != 0)) {
            throw new IllegalArgumentException("an IPv4 address has 32 bits");
        }
    }

    public static IpAddress v4(int address) {
        return new IpAddress(false, 0, address & 0xffff_ffffL);
    }

    public static IpAddress v6(long high, long low) {
        return new IpAddress(true, high, low);
    }

    /** Reads 4 or 16 bytes in network order. @throws IllegalArgumentException on another length */
    public static IpAddress of(byte[] bytes) {
        if (bytes.length == 4) {
            return new IpAddress(false, 0, bigEndian(bytes, 0, 4));
        }
        if (bytes.length == 16) {
            return new IpAddress(true, bigEndian(bytes, 0, 8), bigEndian(bytes, 8, 8));
        }
        throw new IllegalArgumentException("an IP address has 4 or 16 bytes, not " + bytes.length);
    }

    /**
     * Reads a literal: a strict dotted quad (no leading zeros) or RFC 4291 text with at most one {@code ::}, the last
     * 32 bits possibly dotted. No zone, no brackets, no names.
     *
     * @throws IllegalArgumentException on anything else
     */
    public static IpAddress parse(String text) {
        return IpAddressText.parse(text);
    }

    /** Length of the address in bits: 32 or 128. */
    public int bits() {
        return isV6 ? V6_BITS : V4_BITS;
    }

    /** The address with all but the first {@code prefixBits} bits cleared. */
    public IpAddress masked(int prefixBits) {
        if (prefixBits < 0 || prefixBits > bits()) {
            throw new IllegalArgumentException("prefix length is 0 to " + bits() + ", not " + prefixBits);
        }
        if (!isV6) {
            long mask = prefixBits == 0 ? 0 : (0xffff_ffffL << (V4_BITS - prefixBits)) & 0xffff_ffffL;
            return new IpAddress(false, 0, low & mask);
        }
        long highMask = prefixBits == 0 ? 0 : prefixBits >= 64 ? -1L : -1L << (64 - prefixBits);
        long lowMask = prefixBits <= 64 ? 0 : prefixBits == 128 ? -1L : -1L << (128 - prefixBits);
        return new IpAddress(true, high & highMask, low & lowMask);
    }

    /** 4 or 16 bytes in network order. */
    public byte[] toBytes() {
        byte[] bytes = new byte[isV6 ? 16 : 4];
        for (int i = 0; i < bytes.length; i++) {
            int fromEnd = bytes.length - 1 - i;
            bytes[i] = (byte) (fromEnd >= 8 ? high >>> (8 * (fromEnd - 8)) : low >>> (8 * fromEnd));
        }
        return bytes;
    }

    /** Canonical text: dotted quad, or RFC 5952 (mapped addresses end in a dotted quad). */
    @Override
    public String toString() {
        return IpAddressText.format(this);
    }

    private static long bigEndian(byte[] bytes, int offset, int length) {
        long value = 0;
        for (int i = 0; i < length; i++) {
            value = value << 8 | (bytes[offset + i] & 0xff);
        }
        return value;
    }
}
