/**
 * Users' packets on a node of the mesh: from the kernel into a tunnel's paths and back.
 *
 * <pre>
 *   sky0, skyx0  {@link skyawg.datapath.tunnel.EdgeDevice}       frames to packets, packets to frames
 *                {@link skyawg.datapath.tunnel.IngressEdge}      which tunnel; addresses mapped, sizes made to fit
 *                {@link skyawg.datapath.tunnel.DirectIngress}    clients of this machine who need no kernel to get there:
 *                  DirectRules     whose packets
 *                  DirectBypass, DirectEntrance, DirectReturn    out of their interface, in, and back
 *                {@link skyawg.datapath.tunnel.EgressEdge}       what an exit service lets through, and whose answers are
 *                {@link skyawg.datapath.tunnel.TunnelEnd}        one end of a tunnel
 *                  PathSender      which path; sealed, with ACK blocks and heartbeats
 *                  Reorderer       packets of many paths in their order again, from HeldPackets
 *                  PathEnd         one LSP of it
 *                {@link skyawg.datapath.tunnel.TunnelEnds}       all of a node: which LSP belongs where, and whose clock is due
 *   mesh device  {@link skyawg.datapath.forward.MeshDevice}
 * </pre>
 *
 * <p>All of this but {@code DirectBypass} runs on the mesh device's packet thread, which the conductor tells what is to
 * be by tasks; what the packets show is reported to the conductor ({@link skyawg.datapath.tunnel.TunnelEndListener}).
 */
@NullMarked
package skyawg.datapath.tunnel;

import org.jspecify.annotations.NullMarked;
