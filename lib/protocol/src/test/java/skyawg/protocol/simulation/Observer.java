package skyawg.protocol.simulation;

import skyawg.protocol.noise.Keypair;
import skyawg.protocol.noise.Peer;
import skyawg.protocol.noise.Verdict;

/** Sees what a node does inside. A test implements what it looks at. */
public interface Observer {
    Observer NONE = new Observer() {};

    /** A message is about to be sealed under this nonce. */
    default void sealing(Node node, Keypair keypair, long counter) {}

    /** A genuine packet that is no keepalive has come out of the tunnel. */
    default void delivered(Node node, Peer from, byte[] packet) {}

    /** A genuine keepalive has come. */
    default void keptAlive(Node node, Peer from) {}

    default void handshakeMessage(Node node, Verdict verdict) {}

    /** A message opened, but its counter had been seen. */
    default void replayed(Node node, Peer from) {}
}
