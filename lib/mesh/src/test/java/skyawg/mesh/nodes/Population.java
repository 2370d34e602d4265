package skyawg.mesh.nodes;

import java.util.ArrayList;
import java.util.List;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.crypto.SeededEntropy;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.record.AddressedRecord;
import skyawg.protocol.record.NetworkId;
import skyawg.protocol.record.NodeRecord;
import skyawg.protocol.record.Role;

/** Records of nodes that a test made up, from a seed. */
public final class Population {
    public static final NetworkId NETWORK = new NetworkId(0x0123_4567_89ab_cdefL, 42);
    public static final long NOW = 1_800_000_000L;
    public static final long DAY = 86_400;
    public static final int TRANSIT = Role.TRANSIT.bit();
    public static final int EXIT = Role.INTERNET.bit();
    public static final PublicKey SELF = key(0);

    private static final int PORT = 4433;

    private final Entropy entropy;
    private long nextKey = 1;

    public Population(long seed) {
        entropy = new SeededEntropy(seed);
    }

    /** A key that stands for a number: no two alike. */
    public static PublicKey key(long number) {
        byte[] bytes = new byte[PublicKey.LENGTH];
        new SeededEntropy(number).fill(bytes);
        return PublicKey.of(bytes);
    }

    public static Vantage vantage(int families) {
        return new Vantage(SELF, families, endpoint -> endpoint.port() == PORT);
    }

    public static NodeSample sample(long seed) {
        return new NodeSample(NETWORK, vantage(Vantage.IPV4 | Vantage.IPV6), new SeededEntropy(seed));
    }

    public NodeRecord record(int roles, int capacity, int family) {
        long number = nextKey++;
        return record(roles, capacity, family, key(number), key(-number), NOW + 2 * DAY);
    }

    public static NodeRecord record(
            int roles, int capacity, int family, PublicKey staticKey, PublicKey mediumTermKey, long expiry) {
        return new NodeRecord(
                roles, capacity, 1, NETWORK.prefix(), staticKey, mediumTermKey, expiry, family, PORT, PORT);
    }

    public static AddressedRecord at(NodeRecord node, String ip4) {
        return new AddressedRecord(node, IpAddress.parse(ip4), AddressedRecord.NO_IP6);
    }

    public static AddressedRecord at(NodeRecord node, int ip4) {
        return new AddressedRecord(node, IpAddress.v4(ip4), AddressedRecord.NO_IP6);
    }

    /** A node at an address of its own somewhere. */
    public AddressedRecord anywhere(int roles, int capacity) {
        return at(record(roles, capacity, 0), (int) entropy.uniform(0x0100_0000L, 0xdfff_ffffL));
    }

    /** Nodes of many kinds: one family of addresses or both, few blocks, owners' families, every capacity. */
    public List<AddressedRecord> mixed(int count, int blocks) {
        List<AddressedRecord> nodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int roles = (int) entropy.uniform(1, 3);
            int family = entropy.uniform(0, 3) == 0 ? (int) entropy.uniform(1, 4) : 0;
            NodeRecord node = record(roles, (int) entropy.uniform(6, 24), family);
            long kind = entropy.uniform(1, 3);
            long low4 = 0x0b00_0000L + (entropy.uniform(1, blocks) << 16) + entropy.uniform(1, 0xffff);
            long high6 = 0x2400_0000_0000_0000L + (entropy.uniform(1, blocks) << 32) + entropy.uniform(1, 0xffff_ffffL);
            nodes.add(new AddressedRecord(
                    node,
                    (kind & 1) != 0 ? IpAddress.v4((int) low4) : AddressedRecord.NO_IP4,
                    (kind & 2) != 0 ? IpAddress.v6(high6, 1) : AddressedRecord.NO_IP6));
        }
        return nodes;
    }

    /** By the node itself, as it should be. */
    public static Origin discovery(AddressedRecord addressed, long sequence) {
        return Origin.discovery(addressed.node().staticKey().toHex(), sequence);
    }

    /** The same node with another M, as it publishes it after a day. */
    public static AddressedRecord nextDay(AddressedRecord before, long number) {
        NodeRecord node = before.node();
        return new AddressedRecord(
                record(
                        node.roles(),
                        node.capacity(),
                        node.family(),
                        node.staticKey(),
                        key(number),
                        node.expiryUnixSeconds() + DAY),
                before.ip4(),
                before.ip6());
    }
}
