package skyawg.datapath.forward;

import skyawg.protocol.noise.Peer;

/** Where an interface's receiving worker delivers what sessions bring: one thread, in batches. */
interface PayloadSink {
    /**
     * Takes a payload that is authentic and not empty; its bytes may be changed, and are valid until {@link #flush}.
     *
     * @param length of the payload with the sender's content padding, at least 1
     */
    void deliver(Peer peer, long payload, int length, long nowNanos);

    /** The batch ends. */
    void flush();
}
