package skyawg.skydiscover;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.record.AddressedRecord;
import skyawg.protocol.setup.DialableAddresses;

/**
 * How many records claim addresses in each block: at most 2 in a /24 or /48, 5 in a /16 or /32. Addresses near one
 * another are cheap to have for one owner. Those of private networks are not counted: nobody buys them, and all nodes
 * of a laboratory lie in one block.
 */
final class Crowding {
    static final int MAX_IN_SMALL = 2;
    static final int MAX_IN_LARGE = 5;

    private static final int SMALL_4 = 24;
    private static final int LARGE_4 = 16;
    private static final int SMALL_6 = 48;
    private static final int LARGE_6 = 32;

    private final Map<Cidr, Integer> claims = new HashMap<>();

    boolean hasRoom(AddressedRecord addressed) {
        for (Cidr block : blocks(addressed)) {
            boolean isSmall = block.prefixBits() == SMALL_4 || block.prefixBits() == SMALL_6;
            if (claims.getOrDefault(block, 0) >= (isSmall ? MAX_IN_SMALL : MAX_IN_LARGE)) {
                return false;
            }
        }
        return true;
    }

    void add(AddressedRecord addressed) {
        blocks(addressed).forEach(block -> claims.merge(block, 1, Integer::sum));
    }

    void remove(AddressedRecord addressed) {
        for (Cidr block : blocks(addressed)) {
            int left = claims.getOrDefault(block, 0) - 1;
            if (left > 0) {
                claims.put(block, left);
            } else {
                claims.remove(block);
            }
        }
    }

    void clear() {
        claims.clear();
    }

    private static List<Cidr> blocks(AddressedRecord addressed) {
        List<Cidr> blocks = new ArrayList<>(4);
        add(blocks, addressed.ip4(), SMALL_4, LARGE_4);
        add(blocks, addressed.ip6(), SMALL_6, LARGE_6);
        return blocks;
    }

    private static void add(List<Cidr> blocks, IpAddress address, int small, int large) {
        if (DialableAddresses.GLOBAL.contains(address)) {
            blocks.add(new Cidr(address, small));
            blocks.add(new Cidr(address, large));
        }
    }
}
