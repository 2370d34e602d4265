/**
 * What an ingress knows of other nodes: a bounded sample of records, and what it measured itself.
 *
 * <p>There is no global topology and nobody vouches. A record is a <i>claim</i> that some source handed over; it is
 * <i>proved</i> when a reply to a set-up carries its digest, or when the node itself gave it over an adjacency, and
 * <i>held false</i> when a reply carries other digests. Two claims with one S or one M, from different publishers, are
 * <i>disputed</i>: the proved one wins; unproved ones rank last and never share a path (mesh specification §7).
 *
 * <p>Terms: <i>S</i> is a node's static key, <i>M</i> its medium-term key that opens set-ups; a <i>publisher</i> is who
 * handed a claim over, a discovery id or a name in a block chain; a <i>block</i> is a /24, /48, /16 or /32 of
 * addresses; a <i>guard</i> is one of the few nodes that first hops are taken from; a node <i>rests</i> when it failed
 * lately.
 *
 * <table>
 * <caption>Where to read on</caption>
 * <tr><td>the sample and its bounds</td><td>{@link skyawg.mesh.nodes.NodeSample}</td></tr>
 * <tr><td>which claim of a node counts</td><td>{@link skyawg.mesh.nodes.Node#current}</td></tr>
 * <tr><td>what was measured, and how it weighs</td><td>{@link skyawg.mesh.nodes.Measurements},
 *     {@link skyawg.mesh.nodes.Weight}</td></tr>
 * <tr><td>first hops</td><td>{@link skyawg.mesh.nodes.Guards}, {@link skyawg.mesh.nodes.Guard}</td></tr>
 * </table>
 *
 * <p>Pure: time is an argument, in unix seconds (records expire by them, guards outlive the process; a clock that is
 * set back ends rests early and does no more), random numbers come from an {@link skyawg.protocol.crypto.Entropy}. One
 * thread, the conductor of the mesh device, calls everything.
 */
@NullMarked
package skyawg.mesh.nodes;

import org.jspecify.annotations.NullMarked;
