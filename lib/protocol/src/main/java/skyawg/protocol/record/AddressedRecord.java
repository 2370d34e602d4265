package skyawg.protocol.record;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import skyawg.protocol.names.Endpoint;
import skyawg.protocol.names.IpAddress;

/**
 * A node record and the addresses that go with it, 108 bytes: {@code record 88 | IPv4 4 | IPv6 16}, zeros for an
 * address that the node does not have. As text it is {@code sky1:} and base64url of them without padding, a line of a
 * static list or the value of a name.
 *
 * @param ip4 0 for none
 * @param ip6 the unspecified address for none
 */
public record AddressedRecord(NodeRecord node, IpAddress ip4, IpAddress ip6) {
    public static final int LENGTH = NodeRecord.LENGTH + 4 + 16;
    public static final String TEXT_PREFIX = "sky1:";

    public static final IpAddress NO_IP4 = IpAddress.v4(0);
    public static final IpAddress NO_IP6 = IpAddress.v6(0, 0);

    private static final int TEXT_LENGTH = TEXT_PREFIX.length() + LENGTH / 3 * 4;
    private static final int IP4_OFFSET = NodeRecord.LENGTH;
    private static final int IP6_OFFSET = IP4_OFFSET + 4;

    public AddressedRecord {
        if (ip4.isV6() || !ip6.isV6()) {
            throw new IllegalArgumentException("a record has one IPv4 and one IPv6 address: " + ip4 + ", " + ip6);
        }
    }

    /** Reads 108 bytes at {@code offset}; empty for another version of the record. */
    public static Optional<AddressedRecord> decode(byte[] bytes, int offset) {
        IpAddress ip4 = IpAddress.v4(BigEndian.getInt(bytes, offset + IP4_OFFSET));
        IpAddress ip6 = IpAddress.of(Arrays.copyOfRange(bytes, offset + IP6_OFFSET, offset + LENGTH));
        return NodeRecord.decode(bytes, offset).map(node -> new AddressedRecord(node, ip4, ip6));
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    public static AddressedRecord parse(String text) {
        if (!text.startsWith(TEXT_PREFIX)) {
            throw new IllegalArgumentException("a node record begins with '" + TEXT_PREFIX + "'");
        }
        if (text.length() != TEXT_LENGTH) {
            throw new IllegalArgumentException(
                    "a node record has " + TEXT_LENGTH + " characters, not " + text.length());
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text.substring(TEXT_PREFIX.length()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a node record is base64url (A-Z a-z 0-9 - _) without padding", e);
        }
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a node record is base64url (A-Z a-z 0-9 - _) without padding");
        }
        return decode(bytes, 0)
                .orElseThrow(() -> new IllegalArgumentException(
                        "node record is of version " + (bytes[0] & 0xff) + ", known is " + NodeRecord.VERSION));
    }

    public byte[] toBytes() {
        byte[] bytes = new byte[LENGTH];
        node.encode(bytes, 0);
        BigEndian.putInt(bytes, IP4_OFFSET, (int) ip4.low());
        System.arraycopy(ip6.toBytes(), 0, bytes, IP6_OFFSET, 16);
        return bytes;
    }

    /** What the node's replies must carry for this record to be true. */
    public RecordDigest digest() {
        return RecordDigest.over(toBytes());
    }

    /** Where the node is reached over IPv4, if it is. */
    public Optional<Endpoint> endpoint4() {
        return endpoint(ip4, NO_IP4, node.port4());
    }

    /** Where the node is reached over IPv6, if it is. */
    public Optional<Endpoint> endpoint6() {
        return endpoint(ip6, NO_IP6, node.port6());
    }

    private static Optional<Endpoint> endpoint(IpAddress address, IpAddress none, int port) {
        return address.equals(none) || port == 0 ? Optional.empty() : Optional.of(Endpoint.of(address, port));
    }

    /** The text form. */
    public String toText() {
        return TEXT_PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(toBytes());
    }
}
