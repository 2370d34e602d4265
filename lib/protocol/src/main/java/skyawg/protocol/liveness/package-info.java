/**
 * Whether neighbours and paths still carry packets: BFD on an adjacency ({@link skyawg.protocol.liveness.BfdSession},
 * RFC 5880 and 5885), and how often the ends of an LSP must be heard ({@link skyawg.protocol.liveness.EndToEndPulse}).
 *
 * <p>Terms are the RFC's: a <i>session</i> is one adjacency's; a <i>discriminator</i> names it to its end; <i>detection
 * time</i> is how long the other end may be silent; a <i>poll sequence</i> makes a change of intervals known, ended by
 * <i>final</i>.
 *
 * <p>Everything here is one thread's, the conductor's or an end's; time is {@code long nowNanos} of a monotonic clock.
 */
@NullMarked
package skyawg.protocol.liveness;

import org.jspecify.annotations.NullMarked;
