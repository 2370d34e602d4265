package skyawg.awgd.mesh;

import skyawg.datapath.peer.TunnelPeer;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.record.AddressedRecord;

/** What is done for a node beside carrying paths. On the conductor. */
interface NodeCare {
    /** About once a second. */
    void advance(long unixSeconds);

    /** A neighbour has been removed with its keys. */
    void gone(TunnelPeer neighbour);

    /** A neighbour answered with a record; it is its own only if it has the neighbour's key. */
    void learned(PublicKey neighbour, AddressedRecord said, long unixSeconds);
}
