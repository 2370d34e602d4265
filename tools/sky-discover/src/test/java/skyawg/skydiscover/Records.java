package skyawg.skydiscover;

import java.util.Random;
import skyawg.control.offer.OfferedRecord;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.record.AddressedRecord;
import skyawg.protocol.record.NodeRecord;
import skyawg.protocol.record.Role;

/** Records of nodes that do not exist. */
final class Records {
    static final long NETWORK = 0x1122_3344_5566_7788L;
    static final long NOW = 1_800_000_000L;
    static final long EXPIRY = NOW + 86_400;

    private Records() {}

    static AddressedRecord of(long seed, IpAddress ip4) {
        return of(seed, NETWORK, EXPIRY, ip4);
    }

    static AddressedRecord of(long seed, long network, long expiry, IpAddress ip4) {
        Random random = new Random(seed);
        NodeRecord node = new NodeRecord(
                Role.TRANSIT.bit(),
                17,
                (int) (seed & 0xff),
                network,
                key(random),
                key(random),
                expiry,
                0,
                ip4.equals(AddressedRecord.NO_IP4) ? 0 : 4500,
                0);
        return new AddressedRecord(node, ip4, AddressedRecord.NO_IP6);
    }

    private static PublicKey key(Random random) {
        byte[] key = new byte[PublicKey.LENGTH];
        random.nextBytes(key);
        return PublicKey.of(key);
    }

    /** At an address whose blocks nobody else has. */
    static OfferedRecord offered(int number) {
        return offered(number, IpAddress.v4((11 + number / 256) << 24 | (number % 256) << 16 | 0x0101));
    }

    static OfferedRecord offered(int number, IpAddress ip4) {
        return new OfferedRecord(of(number, ip4), "publisher" + number, 1);
    }
}
