package skyawg.protocol.noise;

import skyawg.protocol.wire.DatagramBatch;
import skyawg.protocol.wire.UdpPath;

/**
 * What the handshake engine makes happen outside itself. The data path implements it with sockets and threads, a
 * simulation with lists. All calls come from the conductor, during a call of the engine.
 */
public interface Outbox {
    /**
     * Sends the datagrams, which are dressed and in sending order, to the peer's {@link Peer#path}, or drops them when
     * it has none. Counts their bytes by {@link Peer#addTxBytes}. The batch is the engine's again when this returns.
     */
    void send(Peer peer, DatagramBatch datagrams);

    /** Answers whoever sent from {@code to}, who is not known to be a peer: a cookie reply. */
    void reply(UdpPath to, DatagramBatch datagrams);

    /** Sends the peer's staged packets under its current keypair, or a keepalive when none is staged. */
    void sendKeepalive(Peer peer);

    /** Sends the peer's staged packets under its current keypair. */
    void flushStaged(Peer peer);

    /** Forgets the peer's staged packets. */
    void dropStaged(Peer peer);

    /**
     * Takes over a keypair that no table and no slot leads to any more: calls {@link Keypair#destroy} once no packet
     * thread can still be using it.
     */
    void retire(Keypair keypair);

    /**
     * A handshake with this peer is complete: {@link Peer#current} is new and known to both ends. Comes before the
     * {@link #flushStaged} or {@link #sendKeepalive} that follows from it.
     */
    void sessionEstablished(Peer peer);
}
