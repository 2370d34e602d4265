/**
 * Many label-switched paths used as one tunnel: what either end tells the other about the packets of each path (the ACK
 * block), what the sender learns from it, which path each packet takes, and how the receiver puts packets back in
 * order.
 *
 * <p>Terms: a <i>path</i> is one LSP of a tunnel, in one direction; a <i>slot</i> is its place, 0 to 15, in the
 * tunnel's table; the <i>path sequence</i> counts its packets; the <i>tunnel sequence</i> counts inner packets over all
 * paths. An <i>active</i> path carries user data, a <i>warm</i> one waits to replace it, a <i>suspect</i> one is
 * avoided until an ACK block advances. Micros are a wire clock: 32 bits that wrap, each end's own
 * ({@link skyawg.protocol.wire.WireClock}).
 *
 * <pre>
 *   sender                                                     receiver
 *   SendPaths  choose by a Scheduler  -> data packet ->        ReceivePath.onReceived
 *     SendPath.onSent                                          Resequencer.place, hold, poll
 *     SendPath.onAck                  <- ACK block   <-        ReceivePath.writeBlock
 * </pre>
 *
 * <p>Threads: nothing here is synchronised but {@link skyawg.protocol.multipath.ByteBudget} and
 * {@link skyawg.protocol.multipath.LatestBlock}. The sending half of a tunnel ({@code SendPaths} and the scheduler)
 * belongs to the thread that seals, the receiving half ({@code ReceivePath}, {@code Resequencer}) to the one that
 * opens; what they tell each other are ACK blocks, through two {@code LatestBlock}s a path. Time comes in as
 * {@code long nowNanos} of a monotonic clock; nothing is allocated per packet.
 *
 * <p>Read {@link skyawg.protocol.multipath.AckBlock} for the bytes, {@link skyawg.protocol.multipath.SendPath} for what
 * is learnt, {@link skyawg.protocol.multipath.EcfScheduler} for the choice.
 */
@NullMarked
package skyawg.protocol.multipath;

import org.jspecify.annotations.NullMarked;
