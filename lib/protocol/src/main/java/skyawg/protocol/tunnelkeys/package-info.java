/**
 * The end-to-end keys of a tunnel: epochs, each grown from the one before by a hybrid of X25519 and ML-KEM-768, so that
 * who records today needs to break both (mesh specification §4, "Tunnel keys, hybrid").
 *
 * <p>Terms: an <i>epoch</i> is the life of one pair of keys; epoch 0 comes from the set-up and never carries IP
 * packets; the <i>offer</i> goes from the ingress to the egress, the <i>answer</i> back; <i>CK</i> is the chaining key
 * that the next epoch grows from, <i>TF</i> and <i>TR</i> seal packets from and towards the ingress.
 *
 * <p>Pure: time comes in as {@code long nowNanos}, random bytes through one {@link skyawg.protocol.crypto.Entropy}.
 * Keys are off the heap and zeroed when their epoch ends. A tunnel's object belongs to one thread at a time.
 *
 * <p>Read {@link skyawg.protocol.tunnelkeys.EpochSchedule} for the derivations,
 * {@link skyawg.protocol.tunnelkeys.IngressEpochs} and {@link skyawg.protocol.tunnelkeys.EgressEpochs} for the two
 * state machines.
 */
@NullMarked
package skyawg.protocol.tunnelkeys;

import org.jspecify.annotations.NullMarked;
