package skyawg.protocol.setup;

import java.nio.ByteBuffer;
import java.util.Arrays;
import skyawg.protocol.record.RecordDigest;

/**
 * The reply record, 96 bytes sealed in a reply's slot, for the ingress's eyes. Big-endian; bytes 54 to 95 are zero:
 *
 * <pre>
 *    0  version 1 | status 1 | lifetime granted s 2 | class granted 1 | IPv4 prefix length 1 | IPv4 prefix 4
 *   10  IPv6 prefix, upper 8 bytes (/64)
 *   18  unix time 4
 *   22  digest of own node record 16
 *   38  digest of the one before 16
 * </pre>
 *
 * @param lifetimeSeconds granted; 16 bits
 * @param bandwidthClass granted; 8 bits
 * @param ipv4PrefixLength the tunnel's, from an egress; 0 from a transit
 * @param ipv4Prefix the tunnel's, from an egress; 0 from a transit
 * @param ipv6Prefix upper half of the tunnel's /64, from an egress; 0 from a transit
 * @param unixSeconds the hop's clock; 32 bits
 * @param digest of the node record that the hop calls its own
 * @param previousDigest of the record before, for an hour; zero for none
 */
public record ReplyRecord(
        Status status,
        int lifetimeSeconds,
        int bandwidthClass,
        int ipv4PrefixLength,
        int ipv4Prefix,
        long ipv6Prefix,
        long unixSeconds,
        RecordDigest digest,
        RecordDigest previousDigest) {
    public static final int LENGTH = 96;

    private static final int VERSION = 1;
    private static final int STATUS_OFFSET = 1;
    private static final int LIFETIME_OFFSET = 2;
    private static final int CLASS_OFFSET = 4;
    private static final int PREFIX_LENGTH_OFFSET = 5;
    private static final int IPV4_PREFIX_OFFSET = 6;
    private static final int IPV6_PREFIX_OFFSET = 10;
    private static final int TIME_OFFSET = 18;
    private static final int DIGEST_OFFSET = 22;
    private static final int PREVIOUS_DIGEST_OFFSET = 38;

    public ReplyRecord {
        RequestCodec.checkWidths(lifetimeSeconds, bandwidthClass, unixSeconds);
        RequestCodec.checkWidth("prefix length", ipv4PrefixLength, 0xff);
    }

    /** A transit's consent. */
    public static ReplyRecord transit(
            TransitRequest request, long unixSeconds, RecordDigest digest, RecordDigest previousDigest) {
        return new ReplyRecord(
                Status.OK,
                request.lifetimeSeconds(),
                request.bandwidthClass(),
                0,
                0,
                0,
                unixSeconds,
                digest,
                previousDigest);
    }

    /** A refusal. */
    public static ReplyRecord refusal(
            Status status, long unixSeconds, RecordDigest digest, RecordDigest previousDigest) {
        if (status == Status.OK) {
            throw new IllegalArgumentException("a refusal has a reason");
        }
        return new ReplyRecord(status, 0, 0, 0, 0, 0, unixSeconds, digest, previousDigest);
    }

    /** Writes {@link #LENGTH} bytes. */
    void write(byte[] bytes) {
        if (status == Status.UNKNOWN) {
            throw new IllegalArgumentException("a status that is not known cannot be sent");
        }
        Arrays.fill(bytes, 0, LENGTH, (byte) 0);
        ByteBuffer view = ByteBuffer.wrap(bytes);
        view.put(0, (byte) VERSION);
        view.put(STATUS_OFFSET, (byte) status.code());
        view.putShort(LIFETIME_OFFSET, (short) lifetimeSeconds);
        view.put(CLASS_OFFSET, (byte) bandwidthClass);
        view.put(PREFIX_LENGTH_OFFSET, (byte) ipv4PrefixLength);
        view.putInt(IPV4_PREFIX_OFFSET, ipv4Prefix);
        view.putLong(IPV6_PREFIX_OFFSET, ipv6Prefix);
        view.putInt(TIME_OFFSET, (int) unixSeconds);
        System.arraycopy(digest.toBytes(), 0, bytes, DIGEST_OFFSET, RecordDigest.LENGTH);
        System.arraycopy(previousDigest.toBytes(), 0, bytes, PREVIOUS_DIGEST_OFFSET, RecordDigest.LENGTH);
    }

    /** Reads {@link #LENGTH} bytes, whatever they are: one of another version has the status {@code UNKNOWN}. */
    static ReplyRecord read(byte[] bytes) {
        ByteBuffer view = ByteBuffer.wrap(bytes);
        return new ReplyRecord(
                bytes[0] == VERSION ? Status.ofCode(bytes[STATUS_OFFSET] & 0xff) : Status.UNKNOWN,
                view.getShort(LIFETIME_OFFSET) & 0xffff,
                bytes[CLASS_OFFSET] & 0xff,
                bytes[PREFIX_LENGTH_OFFSET] & 0xff,
                view.getInt(IPV4_PREFIX_OFFSET),
                view.getLong(IPV6_PREFIX_OFFSET),
                view.getInt(TIME_OFFSET) & 0xffff_ffffL,
                RecordDigest.of(bytes, DIGEST_OFFSET),
                RecordDigest.of(bytes, PREVIOUS_DIGEST_OFFSET));
    }
}
