package skyawg.protocol.setup;

import java.nio.ByteBuffer;
import java.util.Arrays;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.tunnelkeys.TunnelId;

/**
 * Request records as bytes. Fields that are not for this kind of hop, and bits that mean nothing yet, are written as
 * zero and ignored when read.
 */
final class RequestCodec {
    private static final int EGRESS = 1;
    private static final int FAST = 2;
    private static final int JOIN = 4;

    private static final int FLAGS_OFFSET = 1;
    private static final int LIFETIME_OFFSET = 2;
    private static final int CLASS_OFFSET = 4;
    private static final int SERVICE_OFFSET = 5;
    private static final int NEXT_KEY_ID_OFFSET = 6;
    private static final int PREFIX_LENGTH_OFFSET = 7;
    private static final int TIME_OFFSET = 8;
    private static final int NEXT_HOP_OFFSET = 12;
    private static final int ADDRESS_OFFSET = 44;
    private static final int PORT_OFFSET = 60;
    private static final int TUNNEL_ID_OFFSET = 62;
    private static final int LSP_NUMBER_OFFSET = 78;
    private static final int CREDIT_OFFSET = 80;
    private static final int LOCAL_NAME_OFFSET = 88;

    /** The upper 96 bits of an IPv4-mapped address end so (RFC 4291 §2.5.5.2). */
    private static final long MAPPED = 0xffffL;

    private RequestCodec() {}

    /** Writes {@link Request#LENGTH} bytes. */
    static void write(Request request, byte[] bytes) {
        Arrays.fill(bytes, 0, Request.LENGTH, (byte) 0);
        switch (request) {
            case TransitRequest transit -> write(transit, bytes);
            case EgressRequest egress -> write(egress, bytes);
            case UnreadableRequest unreadable ->
                throw new IllegalArgumentException("cannot write a request of version " + unreadable.version());
        }
    }

    /** Reads {@link Request#LENGTH} bytes, whatever they are. */
    static Request read(byte[] bytes) {
        int version = bytes[0] & 0xff;
        if (version != Request.VERSION) {
            return new UnreadableRequest(version);
        }
        ByteBuffer view = ByteBuffer.wrap(bytes);
        boolean isFast = (bytes[FLAGS_OFFSET] & FAST) != 0;
        int lifetime = view.getShort(LIFETIME_OFFSET) & 0xffff;
        int bandwidthClass = bytes[CLASS_OFFSET] & 0xff;
        long unixSeconds = view.getInt(TIME_OFFSET) & 0xffff_ffffL;
        long credit = view.getLong(CREDIT_OFFSET);
        if ((bytes[FLAGS_OFFSET] & EGRESS) == 0) {
            return new TransitRequest(
                    isFast,
                    lifetime,
                    bandwidthClass,
                    unixSeconds,
                    bytes[NEXT_KEY_ID_OFFSET] & 0xff,
                    PublicKey.of(Arrays.copyOfRange(bytes, NEXT_HOP_OFFSET, ADDRESS_OFFSET)),
                    address(view),
                    view.getShort(PORT_OFFSET) & 0xffff,
                    credit);
        }
        return new EgressRequest(
                isFast,
                (bytes[FLAGS_OFFSET] & JOIN) != 0,
                lifetime,
                bandwidthClass,
                bytes[SERVICE_OFFSET] & 0xff,
                bytes[PREFIX_LENGTH_OFFSET] & 0xff,
                unixSeconds,
                TunnelId.read(bytes, TUNNEL_ID_OFFSET),
                view.getShort(LSP_NUMBER_OFFSET) & 0xffff,
                credit,
                view.getLong(LOCAL_NAME_OFFSET));
    }

    static void checkWidths(int lifetimeSeconds, int bandwidthClass, long unixSeconds) {
        checkWidth("lifetime", lifetimeSeconds, 0xffff);
        checkWidth("bandwidth class", bandwidthClass, 0xff);
        checkWidth("unix time", unixSeconds, 0xffff_ffffL);
    }

    static void checkWidth(String what, long value, long highest) {
        if (value < 0 || value > highest) {
            throw new IllegalArgumentException(what + " is 0 to " + highest + ", not " + value);
        }
    }

    private static void write(TransitRequest request, byte[] bytes) {
        ByteBuffer view = ByteBuffer.wrap(bytes);
        writeCommon(
                view,
                request.isFast() ? FAST : 0,
                request.lifetimeSeconds(),
                request.bandwidthClass(),
                request.unixSeconds());
        view.put(NEXT_KEY_ID_OFFSET, (byte) request.nextKeyId());
        System.arraycopy(request.nextHop().toBytes(), 0, bytes, NEXT_HOP_OFFSET, PublicKey.LENGTH);
        IpAddress address = request.address();
        view.putLong(ADDRESS_OFFSET, address.high());
        view.putLong(ADDRESS_OFFSET + Long.BYTES, address.isV6() ? address.low() : MAPPED << 32 | address.low());
        view.putShort(PORT_OFFSET, (short) request.port());
        view.putLong(CREDIT_OFFSET, request.credit());
    }

    private static void write(EgressRequest request, byte[] bytes) {
        ByteBuffer view = ByteBuffer.wrap(bytes);
        int flags = EGRESS | (request.isFast() ? FAST : 0) | (request.isJoining() ? JOIN : 0);
        writeCommon(view, flags, request.lifetimeSeconds(), request.bandwidthClass(), request.unixSeconds());
        view.put(SERVICE_OFFSET, (byte) request.exitService());
        view.put(PREFIX_LENGTH_OFFSET, (byte) request.ipv4PrefixLength());
        request.tunnelId().write(bytes, TUNNEL_ID_OFFSET);
        view.putShort(LSP_NUMBER_OFFSET, (short) request.lspNumber());
        view.putLong(CREDIT_OFFSET, request.credit());
        view.putLong(LOCAL_NAME_OFFSET, request.localName());
    }

    private static void writeCommon(ByteBuffer view, int flags, int lifetime, int bandwidthClass, long unixSeconds) {
        view.put(0, (byte) Request.VERSION);
        view.put(FLAGS_OFFSET, (byte) flags);
        view.putShort(LIFETIME_OFFSET, (short) lifetime);
        view.put(CLASS_OFFSET, (byte) bandwidthClass);
        view.putInt(TIME_OFFSET, (int) unixSeconds);
    }

    private static IpAddress address(ByteBuffer view) {
        long high = view.getLong(ADDRESS_OFFSET);
        long low = view.getLong(ADDRESS_OFFSET + Long.BYTES);
        boolean isMapped = high == 0 && low >>> 32 == MAPPED;
        return isMapped ? IpAddress.v4((int) low) : IpAddress.v6(high, low);
    }
}
