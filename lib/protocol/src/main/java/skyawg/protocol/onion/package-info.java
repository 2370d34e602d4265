/**
 * The data packet of the mesh: numbered and sealed from end to end, wrapped in a layer for each transit, and worked on
 * in place, off the heap, by whoever it passes.
 *
 * <pre>
 *               forward                                                          reverse
 *   ingress     {@link skyawg.protocol.onion.IngressForward} wraps    |          {@link skyawg.protocol.onion.IngressReverse} unwraps  ^
 *   transit     {@link skyawg.protocol.onion.TransitForward}          |          {@link skyawg.protocol.onion.TransitReverse}          |
 *   egress      {@link skyawg.protocol.onion.EgressForward} opens     v          {@link skyawg.protocol.onion.EgressReverse} seals     |
 * </pre>
 *
 * <p>Terms: the <i>origin IV</i> is what the two ends know a packet by, and no link ever shows; a <i>layer</i> is what
 * one transit does to body and IV; an <i>epoch</i> is the time of one tunnel key; the <i>tunnel sequence</i> numbers
 * user data over all LSPs of a tunnel, the <i>path sequence</i> all packets of one LSP and direction; a <i>hop
 * message</i> goes to or comes from one transit and looks like data to all others. In mode <i>fast</i> transits have no
 * layer, and the ends no transit keys.
 *
 * <p>Each class stands for one direction and holds the keyed contexts of it, zeroed by its {@code close}; it belongs to
 * one thread at a time, and no call on a packet allocates or throws for what a packet holds. First
 * {@link skyawg.protocol.mpls.LinkPayload#classify}, then the direction's class, last
 * {@link skyawg.protocol.mpls.LabelledPacket#swap}. A {@link skyawg.protocol.onion.Verdict} says what became of it.
 * {@link skyawg.protocol.onion.SendEpoch} and {@link skyawg.protocol.onion.ReceiveEpochs} belong to a tunnel, and so to
 * the thread of all its LSPs.
 *
 * <p>Packets are worked on one by one, not in batches: of a layer's 640 ns a block of AES is 16, and what many blocks
 * in one call would save is less than copying them together and apart again.
 *
 * <p>Read {@code Layer} for what hides a packet on its way, {@code ReceivingEnd} for the order of checks.
 */
@NullMarked
package skyawg.protocol.onion;

import org.jspecify.annotations.NullMarked;
