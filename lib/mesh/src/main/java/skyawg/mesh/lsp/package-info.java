/**
 * Label-switched paths through this node: set up, kept, and taken down, by messages with neighbours (mesh specification
 * §4, §6).
 *
 * <pre>
 *               {@link skyawg.mesh.lsp.LspSignalling}: messages, time, neighbours
 *                  |                |                  |
 *       {@link skyawg.mesh.lsp.IngressSetups}     {@link skyawg.mesh.lsp.HopSetups}       {@link skyawg.mesh.lsp.LinkTests}
 *       paths of our own    paths of others    does a link carry full packets?
 *                  `----------------|
 *                     {@link skyawg.protocol.mpls.Lfib}: labels, states, bounds
 * </pre>
 *
 * <p>{@link skyawg.mesh.lsp.LinkWatch} tells which neighbour that paths lead over is silent; they end then.
 *
 * <p>It asks three things of others: to send a message and to reach a node ({@link skyawg.mesh.lsp.Links}), whether to
 * end a path here ({@link skyawg.mesh.lsp.Exits}), and to hear what became of its own paths
 * ({@link skyawg.mesh.lsp.PathListener}).
 *
 * <p>Terms: an <i>adjacency</i> ({@code A}) is a peer of the mesh device; a set-up goes <i>downstream</i>, away from
 * its ingress, and its reply <i>upstream</i>.
 *
 * <p>Pure: time is an argument, in nanoseconds of a monotonic clock and, where a request names it, in unix seconds. One
 * thread, the conductor of the mesh device, calls everything.
 */
@NullMarked
package skyawg.mesh.lsp;

import org.jspecify.annotations.NullMarked;
