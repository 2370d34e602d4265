package skyawg.protocol.record;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import skyawg.protocol.names.PublicKey;

/**
 * What a node says of itself, 88 bytes:
 *
 * <pre>
 *    0  version 1 = 1 | roles 1 | capacity 1 | key id of M 1
 *    4  first 8 bytes of the network id
 *   12  S 32
 *   44  M 32
 *   76  expiry of M, unix s 4 | family 4
 *   84  mesh port over IPv4 2 | over IPv6 2
 * </pre>
 *
 * <p>A record is a claim: it proves itself when the node is used ({@link RecordDigest}). What is wrong with it by
 * itself {@link RecordVerdict} says.
 *
 * @param roles bits of {@link Role}; the others are kept as they came
 * @param capacity floor(log2(kbit/s)), 0 to 255
 * @param mediumTermKeyId 0 to 255
 * @param networkPrefix {@link NetworkId#prefix}
 * @param staticKey S, the key of the node's mesh device
 * @param mediumTermKey M, which opens set-ups; all zero in a long-lived entry that names only the node
 * @param expiryUnixSeconds 0 to 2^32 - 1
 * @param family the same number for the nodes of one owner; 0 for none
 * @param port4 over IPv4, 0 for none
 * @param port6 over IPv6, 0 for none
 */
public record NodeRecord(
        int roles,
        int capacity,
        int mediumTermKeyId,
        long networkPrefix,
        PublicKey staticKey,
        PublicKey mediumTermKey,
        long expiryUnixSeconds,
        int family,
        int port4,
        int port6) {
    public static final int LENGTH = 88;
    public static final int VERSION = 1;

    private static final int ROLES_OFFSET = 1;
    private static final int CAPACITY_OFFSET = 2;
    private static final int KEY_ID_OFFSET = 3;
    private static final int NETWORK_OFFSET = 4;
    private static final int STATIC_KEY_OFFSET = 12;
    private static final int MEDIUM_TERM_KEY_OFFSET = 44;
    private static final int EXPIRY_OFFSET = 76;
    private static final int FAMILY_OFFSET = 80;
    private static final int PORT4_OFFSET = 84;
    private static final int PORT6_OFFSET = 86;

    private static final PublicKey ZERO_KEY = PublicKey.of(new byte[PublicKey.LENGTH]);

    public NodeRecord {
        requireBits(roles, 0xff, "roles");
        requireBits(capacity, 0xff, "capacity");
        requireBits(mediumTermKeyId, 0xff, "key id");
        requireBits(expiryUnixSeconds, 0xffff_ffffL, "expiry");
        requireBits(port4, 0xffff, "port over IPv4");
        requireBits(port6, 0xffff, "port over IPv6");
    }

    private static void requireBits(long value, long max, String what) {
        if (value < 0 || value > max) {
            throw new IllegalArgumentException(what + " of a node record is 0 to " + max + ", not " + value);
        }
    }

    /** Reads 88 bytes at {@code offset}; empty for another version. */
    public static Optional<NodeRecord> decode(byte[] bytes, int offset) {
        if (bytes[offset] != VERSION) {
            return Optional.empty();
        }
        return Optional.of(new NodeRecord(
                bytes[offset + ROLES_OFFSET] & 0xff,
                bytes[offset + CAPACITY_OFFSET] & 0xff,
                bytes[offset + KEY_ID_OFFSET] & 0xff,
                BigEndian.getLong(bytes, offset + NETWORK_OFFSET),
                key(bytes, offset + STATIC_KEY_OFFSET),
                key(bytes, offset + MEDIUM_TERM_KEY_OFFSET),
                BigEndian.getInt(bytes, offset + EXPIRY_OFFSET) & 0xffff_ffffL,
                BigEndian.getInt(bytes, offset + FAMILY_OFFSET),
                BigEndian.getShort(bytes, offset + PORT4_OFFSET),
                BigEndian.getShort(bytes, offset + PORT6_OFFSET)));
    }

    private static PublicKey key(byte[] bytes, int offset) {
        return PublicKey.of(Arrays.copyOfRange(bytes, offset, offset + PublicKey.LENGTH));
    }

    /** 88 bytes. */
    public byte[] toBytes() {
        byte[] bytes = new byte[LENGTH];
        encode(bytes, 0);
        return bytes;
    }

    /** Writes 88 bytes at {@code offset}. */
    public void encode(byte[] bytes, int offset) {
        bytes[offset] = VERSION;
        bytes[offset + ROLES_OFFSET] = (byte) roles;
        bytes[offset + CAPACITY_OFFSET] = (byte) capacity;
        bytes[offset + KEY_ID_OFFSET] = (byte) mediumTermKeyId;
        BigEndian.putLong(bytes, offset + NETWORK_OFFSET, networkPrefix);
        System.arraycopy(staticKey.toBytes(), 0, bytes, offset + STATIC_KEY_OFFSET, PublicKey.LENGTH);
        System.arraycopy(mediumTermKey.toBytes(), 0, bytes, offset + MEDIUM_TERM_KEY_OFFSET, PublicKey.LENGTH);
        BigEndian.putInt(bytes, offset + EXPIRY_OFFSET, (int) expiryUnixSeconds);
        BigEndian.putInt(bytes, offset + FAMILY_OFFSET, family);
        BigEndian.putShort(bytes, offset + PORT4_OFFSET, port4);
        BigEndian.putShort(bytes, offset + PORT6_OFFSET, port6);
    }

    public boolean offers(Role role) {
        return (roles & role.bit()) != 0;
    }

    /** False in a long-lived entry: the key of the day must be asked for before a set-up can be sent. */
    public boolean hasMediumTermKey() {
        return !mediumTermKey.equals(ZERO_KEY);
    }

    /** True from the second of expiry on. */
    public boolean isExpired(long unixSeconds) {
        return unixSeconds >= expiryUnixSeconds;
    }

    boolean hasStaticKey() {
        return !staticKey.equals(ZERO_KEY);
    }

    /** The capacity's lower end in kbit/s: 2 to the power of it. */
    public long capacityKbits() {
        return capacity < Long.SIZE - 1 ? 1L << capacity : Long.MAX_VALUE;
    }

    @Override
    public String toString() {
        return "node " + staticKey + ", family " + HexFormat.of().toHexDigits(family);
    }
}
