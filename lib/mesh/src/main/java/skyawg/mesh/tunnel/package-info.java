/**
 * Tunnels: sets of label-switched paths from one ingress to one egress, used together (mesh specification §4, §6).
 *
 * <pre>
 *   {@link skyawg.mesh.tunnel.IngressTunnel}     opens paths, agrees on keys, probes each path, replaces what breaks
 *                     asks their hops who is there ({@link skyawg.mesh.tunnel.PathInquiry})
 *   {@link skyawg.mesh.tunnel.EgressTunnels}     grants prefixes, answers offers and echoes
 *          |                     |
 *   {@link skyawg.mesh.lsp.LspSignalling}      {@link skyawg.mesh.tunnel.TunnelPackets}: seals and opens, on the packet thread
 * </pre>
 *
 * <p>A path counts as up only when payload came back through it: the answer to the first offer of keys on the path that
 * created the tunnel, an echo on each other one. No user's packet goes before, none in epoch 0, and none when no path
 * is up: it is dropped.
 *
 * <p>Pure, and the conductor's, as {@link skyawg.mesh.lsp} is.
 */
@NullMarked
package skyawg.mesh.tunnel;

import org.jspecify.annotations.NullMarked;
