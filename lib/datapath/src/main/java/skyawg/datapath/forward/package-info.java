/**
 * The duty cycles: everything that happens per packet, and the conductor that does everything else.
 *
 * <pre>
 *             +-----------------------------------------------+
 *   TUN ----&gt; | TunToUdp: allowed-IPs, SessionSender           | ----&gt; UDP
 *             +-----------------------------------------------+
 *   TUN &lt;---- | UdpReceiver: unmask, look up, open; TunSink    | &lt;---- UDP
 *             +-----------------------------------------------+
 *                  |  handshake messages        ^ keypairs, allowed-IPs, settings (volatile)
 *                  v  wishes                    | commands
 *             +-----------------------------------------------+
 *             | Conductor: handshakes, timers, configuration  | ----&gt; UDP
 *             +-----------------------------------------------+
 * </pre>
 *
 * <p>{@link skyawg.datapath.forward.TunToUdp} and {@link skyawg.datapath.forward.UdpReceiver} are workers of
 * {@link skyawg.datapath.forward.PacketLoop} threads, which interfaces may share
 * ({@link skyawg.datapath.forward.PacketLoops}); what they own nobody else touches. The
 * {@link skyawg.datapath.forward.Conductor} thread owns the handshake engine and all configuration, publishes what
 * packet threads read, and gives memory back only after they have moved on ({@link skyawg.datapath.forward.Reclaimer}).
 * The mesh device has a {@link skyawg.datapath.forward.LabelSwitch} in the place of the TUN, which leaves labelled
 * packets to a {@link skyawg.datapath.forward.LabelForwarder}, and may have neighbours that nobody configured
 * ({@link skyawg.datapath.forward.Adjacencies}). Packets may also leave and enter an interface beside its TUN
 * ({@link skyawg.datapath.forward.Bypass}, {@link skyawg.datapath.forward.PeerPort}). A dropped packet has a
 * {@link skyawg.datapath.forward.DropReason} and is counted.
 */
@NullMarked
package skyawg.datapath.forward;

import org.jspecify.annotations.NullMarked;
