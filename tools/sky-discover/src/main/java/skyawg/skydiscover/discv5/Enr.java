package skyawg.skydiscover.discv5;

import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.units.bigints.UInt64;
import org.ethereum.beacon.discovery.crypto.Signer;
import org.ethereum.beacon.discovery.schema.EnrField;
import org.ethereum.beacon.discovery.schema.NodeRecordBuilder;
import org.ethereum.beacon.discovery.schema.NodeRecordFactory;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.record.AddressedRecord;
import skyawg.protocol.record.DiscoveryRecord;
import skyawg.protocol.record.NodeRecord;

/** An Ethereum Node Record (EIP-778): who a node of discovery is and where, signed by itself. */
public final class Enr {
    private static final String TEXT_PREFIX = "enr:";

    private final org.ethereum.beacon.discovery.schema.NodeRecord record;

    Enr(org.ethereum.beacon.discovery.schema.NodeRecord record) {
        this.record = record;
    }

    /**
     * Reads {@code enr:} and base64url.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    public static Enr parse(String text) {
        if (!text.startsWith(TEXT_PREFIX)) {
            throw new IllegalArgumentException("an ENR begins with 'enr:'");
        }
        Enr enr;
        try {
            enr = new Enr(NodeRecordFactory.DEFAULT.fromEnr(text));
        } catch (RuntimeException e) { // the library throws what it happens to meet
            throw new IllegalArgumentException("not an ENR: is all of it there?", e);
        }
        if (!enr.isValid()) {
            throw new IllegalArgumentException("the ENR's signature is not its node's: is all of it there?");
        }
        return enr;
    }

    static Enr decode(byte[] rlp) {
        return new Enr(NodeRecordFactory.DEFAULT.fromBytes(rlp));
    }

    static Enr bare(long sequence, Signer signer) {
        return new Enr(new NodeRecordBuilder()
                .seq(UInt64.valueOf(sequence))
                .signer(signer)
                .build());
    }

    org.ethereum.beacon.discovery.schema.NodeRecord record() {
        return record;
    }

    /** Whether the node itself signed it. */
    boolean isValid() {
        try {
            return record.isValid();
        } catch (RuntimeException e) { // a public key that is no point
            return false;
        }
    }

    /** 32 bytes in hex. */
    public String nodeId() {
        return record.getNodeId().toUnprefixedHexString();
    }

    /** Unsigned. */
    public long sequence() {
        return record.getSeq().toLong();
    }

    public String text() {
        return record.asEnr();
    }

    /** Length in bytes. */
    public int length() {
        return record.serialize().size();
    }

    /** Whether others can send to the node. */
    public boolean hasEndpoint() {
        return record.getUdpAddress().isPresent() || record.getUdp6Address().isPresent();
    }

    public boolean hasRecord() {
        return record.containsKey(DiscoveryRecord.SKY);
    }

    /**
     * The node record that it carries, with the ENR's addresses; empty when there is none of ours, or none that reads.
     */
    public Optional<AddressedRecord> published() {
        if (!(record.get(DiscoveryRecord.SKY) instanceof Bytes field) || field.size() != NodeRecord.LENGTH) {
            return Optional.empty();
        }
        return NodeRecord.decode(field.toArray(), 0)
                .map(node -> new AddressedRecord(
                        node,
                        address(EnrField.IP_V4, AddressedRecord.NO_IP4),
                        address(EnrField.IP_V6, AddressedRecord.NO_IP6)));
    }

    private IpAddress address(String field, IpAddress none) {
        boolean isThere = record.get(field) instanceof Bytes bytes && bytes.size() == none.bits() / Byte.SIZE;
        return isThere ? IpAddress.of(((Bytes) record.get(field)).toArray()) : none;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Enr enr && enr.record.equals(record);
    }

    @Override
    public int hashCode() {
        return record.hashCode();
    }

    @Override
    public String toString() {
        return text();
    }
}
