/**
 * WireGuard's own protocol: the Noise_IKpsk2 handshake, session keypairs and their rotation, the replay window, cookies
 * and load, timers, and the engine that turns these into a peer's state machine.
 *
 * <p>Everything is pure: time comes in as {@code long nowNanos} of a monotonic clock, random bytes through one
 * {@link skyawg.protocol.crypto.Entropy}, datagrams leave through one interface. So the same classes run in the daemon,
 * on a virtual clock in tests, and in simulations.
 */
@NullMarked
package skyawg.protocol.noise;

import org.jspecify.annotations.NullMarked;
