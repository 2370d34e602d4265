/**
 * A mesh of thousands of nodes in one process, on a virtual clock and over virtual UDP (mesh.md §10). Everything
 * follows from a seed.
 *
 * <p>The nodes run the daemon's own classes: signalling with real set-ups (Noise, X25519), the tables of labels, BFD,
 * tunnels with their keys (ML-KEM), onion layers and AEADs of every packet, schedulers and ACK blocks, samples, guards,
 * path choice, blame, exchange of records. In the place of the AmneziaWG sessions between neighbours stand
 * {@link skyawg.sim.VirtualLinks}: a handshake is one round trip, packets are not encrypted on the link, and their
 * sizes are counted as they would be. Discovery is a {@link skyawg.sim.Directory}.
 *
 * <pre>
 *   Sim          command line
 *   Simulation   nodes, churn, trials of failover; runs {@link skyawg.sim.Timeline}
 *   SimNode      what {@code MeshNode} is in the daemon; {@link skyawg.sim.SimPort} its two threads, taking turns
 *   Ingress      a node with a tunnel: what {@code JoinedMesh} is
 *   Figures      what was counted; {@link skyawg.sim.ReportText} says it
 * </pre>
 *
 * <p>One thread.
 */
@NullMarked
package skyawg.sim;

import org.jspecify.annotations.NullMarked;
