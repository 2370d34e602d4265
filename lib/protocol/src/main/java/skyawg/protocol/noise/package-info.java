/**
 * WireGuard's own protocol: the Noise_IKpsk2 handshake, session keypairs and their rotation, the replay window, cookies
 * and load, timers, and the engine that turns these into a peer's state machine.
 *
 * <p>Everything is pure: time comes in as {@code long nowNanos} of a monotonic clock, random bytes through one
 * {@link skyawg.protocol.crypto.Entropy}, datagrams leave through one interface, {@link skyawg.protocol.noise.Outbox}.
 * So the same classes run in the daemon, on a virtual clock in tests, and in simulations.
 *
 * <p>Terms: a <i>peer</i> is another end; a <i>keypair</i> is a session's two keys; an <i>index</i> is the number by
 * which a message names the handshake or session it belongs to; <i>mac1</i> proves knowledge of a public key,
 * <i>mac2</i> of a cookie, and so of an address. A <i>dynamic peer</i> is one that nobody configured, which a node of
 * the mesh may have ({@link skyawg.protocol.noise.DynamicPeers}); an ordinary tunnel has none.
 *
 * <p>Threads: the <i>conductor</i> of an interface calls {@link skyawg.protocol.noise.HandshakeEngine} and changes
 * peers, index table and allowed IPs. Packet threads only look: {@link skyawg.protocol.noise.Peer#current},
 * {@link skyawg.protocol.noise.IndexTable#lookup}, {@link skyawg.protocol.noise.AllowedIps#lookupV4}, without locks and
 * without allocating; they seal and open with the {@link skyawg.protocol.noise.Keypair} they find and report events to
 * {@link skyawg.protocol.noise.PeerTimers}.
 *
 * <p>Read {@code IkPsk2} for the cryptography of a handshake, {@code Initiator} and {@code Responder} for its two
 * sides, {@code Sessions} for what follows, {@code TimerActions} for what time does.
 */
@NullMarked
package skyawg.protocol.noise;

import org.jspecify.annotations.NullMarked;
