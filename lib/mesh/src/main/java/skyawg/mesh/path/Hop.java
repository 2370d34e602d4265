package skyawg.mesh.path;

import skyawg.protocol.names.Endpoint;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.record.AddressedRecord;

/**
 * One node of a path.
 *
 * @param addressed the record that a set-up is to be built from
 * @param endpoint where the node before dials it, in a family that both list
 */
public record Hop(AddressedRecord addressed, Endpoint endpoint) {
    public PublicKey key() {
        return addressed.node().staticKey();
    }
}
