package skyawg.awgd.mesh;

import skyawg.mesh.lsp.Consent;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.record.AddressedRecord;
import skyawg.protocol.record.NodeRecord;
import skyawg.protocol.record.RecordDigest;
import skyawg.protocol.record.Role;
import skyawg.protocol.setup.MediumTermKey;
import skyawg.protocol.setup.MediumTermKeys;

/**
 * This node's record. It changes with the medium-term key, once a day; for an hour more the node calls the one before
 * its own as well, since others have that (mesh specification §4, §7). On the conductor.
 */
public final class OwnRecord {
    private static final long EARLIER_SECONDS = 3_600;

    private final long networkPrefix;
    private final PublicKey self;
    private final MeshNode.Offer offer;
    private final int port;
    private final MediumTermKeys keys;
    private AddressedRecord current;
    private RecordDigest earlier = RecordDigest.NONE;
    private long earlierUntil;

    /** @param port that the device listens at */
    public OwnRecord(long networkPrefix, PublicKey self, MeshNode.Offer offer, int port, MediumTermKeys keys) {
        this.networkPrefix = networkPrefix;
        this.self = self;
        this.offer = offer;
        this.port = port;
        this.keys = keys;
        current = made();
    }

    private AddressedRecord made() {
        MediumTermKey mediumTerm = keys.current();
        NodeRecord node = new NodeRecord(
                offer.roles(),
                offer.capacity(),
                mediumTerm.id(),
                networkPrefix,
                self,
                mediumTerm.publicKey(),
                mediumTerm.expiry(),
                offer.family(),
                offer.ip4().equals(AddressedRecord.NO_IP4) ? 0 : port,
                offer.ip6().equals(AddressedRecord.NO_IP6) ? 0 : port);
        return new AddressedRecord(node, offer.ip4(), offer.ip6());
    }

    public AddressedRecord addressed() {
        return current;
    }

    /** What every reply says. */
    public Consent consent() {
        boolean isTransit = (offer.roles() & Role.TRANSIT.bit()) != 0;
        return new Consent(isTransit, current.digest(), earlier);
    }

    /** Makes and erases keys that are due. @return whether {@link #consent} has changed */
    public boolean advance(long unixSeconds) {
        boolean isOver = !earlier.equals(RecordDigest.NONE) && unixSeconds >= earlierUntil;
        if (isOver) {
            earlier = RecordDigest.NONE;
        }
        if (!keys.advance(unixSeconds)) {
            return isOver;
        }
        earlier = current.digest();
        earlierUntil = unixSeconds + EARLIER_SECONDS;
        current = made();
        return true;
    }
}
