/**
 * The command {@code sky-route}: what a node of the mesh is, whom it knows, which tunnels and labels it has; see
 * sky-route(8). People who know {@code skywire-cli} find its words again.
 *
 * <pre>
 *   SkyRoute      the words to a {@link skyawg.skyroute.Command}, its outcome to an exit status
 *   Command       one subcommand: its arguments, its usage, what it does
 *   Call          one run of it: the arguments as they were given, the daemon, the output
 *   ...Commands   the subcommands of one object: mesh, record, visor, tp, tunnel, rg and lfib, route, config
 * </pre>
 *
 * <p>The tool asks the daemon over its control socket and prints what it answers, as a table or as JSON. One thread.
 */
@NullMarked
package skyawg.skyroute;

import org.jspecify.annotations.NullMarked;
