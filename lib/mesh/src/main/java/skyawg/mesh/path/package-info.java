/**
 * Which nodes a tunnel's paths lead over.
 *
 * <p>{@link skyawg.mesh.path.PathPolicy} says what was asked for, {@link skyawg.mesh.path.PathChooser} draws paths that
 * keep to all of it, or fewer, or none, and says why. Nothing here ever gives way: not a path with fewer hops, not one
 * straight to the exit, not another exit service, not two paths that meet. The caller goes without.
 *
 * <p>The rules (mesh specification §5, §7):
 *
 * <ul>
 *   <li>as many transits as asked for, then the egress, which offers the service;
 *   <li>first hops are guards, or those that the policy pins; another one for each path of the tunnel;
 *   <li>nobody is twice in a tunnel's paths but the egress; no two nodes in one /16 or /32, of one family, or of one M;
 *   <li>both ends of each link list a common address family;
 *   <li>what is disputed comes last, what rests or was refuted not at all.
 * </ul>
 *
 * <p>Within the rules chance decides, in proportion to {@link skyawg.mesh.nodes.Weight}. The same seed, sample and
 * request give the same paths.
 *
 * <pre>
 *   Survey   each node for each place: a candidate, or a reason why not
 *   Draw     candidates in a random order, heavy ones sooner
 *   Search   fills all paths from that order, going back where rules collide
 *   Explanation   who was chosen as what, who was not and why
 * </pre>
 *
 * <p>Pure, and one thread's, as {@link skyawg.mesh.nodes} is.
 */
@NullMarked
package skyawg.mesh.path;

import org.jspecify.annotations.NullMarked;
