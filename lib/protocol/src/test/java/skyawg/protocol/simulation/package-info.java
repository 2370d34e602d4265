/**
 * Whole tunnels without a machine: nodes made of the daemon's own protocol classes, on a virtual clock, joined by a
 * network that loses, repeats, delays and reorders as a seed says. One thread; the same seed gives the same run.
 *
 * <p>A {@link skyawg.protocol.simulation.Node} is one end, a {@link skyawg.protocol.simulation.World} holds the clock
 * and what is still to happen, a {@link skyawg.protocol.simulation.Network} carries datagrams, a
 * {@link skyawg.protocol.simulation.SimulatedHour} breaks things and checks what must hold.
 */
@NullMarked
package skyawg.protocol.simulation;

import org.jspecify.annotations.NullMarked;
