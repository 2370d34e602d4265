/**
 * Links with a rate, a delay and faults, for kernels without netem: Ethernet between two network namespaces, carried
 * frame by frame from one TAP device to another by one process that serves many links.
 *
 * <pre>
 *   namespace a                one process, one thread                     namespace b
 *   +---------+     +------------------------------------------+     +---------+
 *   | v (TAP) | --> | Direction towards b: queue, rate, delay  | --> | v (TAP) |
 *   |         | &lt;-- | Direction towards a                      | &lt;-- |         |
 *   +---------+     +------------------------------------------+     +---------+
 * </pre>
 *
 * <p>{@link skyawg.lab.shaper.Direction} decides what becomes of each frame, on a clock that it is told, so that tests
 * can run it on a virtual one. {@link skyawg.lab.shaper.Conditions} is what it holds frames to, and
 * {@link skyawg.lab.shaper.Orders} the lines by which a script changes that while traffic flows.
 * {@link skyawg.lab.shaper.ShaperLoop} is the one thread that carries frames, and owns the directions; orders are read
 * on another, and hand it what they change. Nothing is allocated for a frame.
 */
@NullMarked
package skyawg.lab.shaper;

import org.jspecify.annotations.NullMarked;
