/**
 * Setting a label-switched path up with one packet out and one back (mesh specification §4).
 *
 * <p>The ingress seals one request for each hop into <i>slots</i> nested in each other; a hop opens the front one,
 * peels it off and passes the rest on, and sees neither how many came before nor how many follow. Replies come back the
 * same way, each hop adding its layer. Request and reply of a slot are the two messages of one Noise_NK handshake, out
 * of which come the keys of the path.
 *
 * <pre>
 *   ingress                hop 1                        hop 2 ... egress
 *   SetupIngress.build --> SetupHop.open, forward  -->  SetupHop.open, accept
 *   unwind             &lt;-- relay                   &lt;--
 * </pre>
 *
 * <p>Terms: <i>S</i> is a node's static key, <i>M</i> its medium-term key that opens set-ups, <i>E</i> and <i>F</i> the
 * ephemeral keys of request and reply; <i>area A</i> and <i>area B</i> hold six slots each; <i>LF</i> and <i>LR</i> are
 * the layer keys of one hop; an <i>LSE</i> is an {@code int} in host order. "Forward" is from the ingress.
 *
 * <p>Pure: no label is chosen and nothing is sent here; time is an argument, in nanoseconds of a monotonic clock or in
 * unix seconds. Keys that outlive a call are in the {@link skyawg.protocol.crypto.KeyVault}. One thread, the conductor
 * of the mesh device, calls everything.
 *
 * <p>Read on: {@link skyawg.protocol.setup.SetupHop}, {@link skyawg.protocol.setup.SetupIngress}; then
 * {@link skyawg.protocol.setup.SetupAdmission} for what keeps a flood out; the bounds on LSPs are those of
 * {@link skyawg.protocol.mpls.Lfib}. The tunnel's keys go on in {@link skyawg.protocol.tunnelkeys}.
 */
@NullMarked
package skyawg.protocol.setup;

import org.jspecify.annotations.NullMarked;
