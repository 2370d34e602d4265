package skyawg.skydiscover;

import java.io.IOException;
import skyawg.control.control.ControlException;
import skyawg.protocol.record.AddressedRecord;

/** What this node says of itself, and so what is to be published. */
@FunctionalInterface
interface OwnRecord {
    /**
     * The record of now: it changes when the node's medium-term key does, or its place.
     *
     * @throws IOException when no daemon answers
     * @throws ControlException when it has no record, as long as it is in no mesh
     */
    AddressedRecord current() throws IOException, ControlException;
}
