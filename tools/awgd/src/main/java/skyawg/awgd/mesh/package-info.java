/**
 * The mesh's part of the daemon: fits the mesh device of {@code lib/datapath} to signalling and tunnels of
 * {@code lib/mesh}, which do not know each other; and keeps in it what {@code mesh.conf} says.
 *
 * <pre>
 *   {@link skyawg.awgd.mesh.MeshService}     in a mesh or not, as the file and the control socket say
 *   {@link skyawg.awgd.mesh.JoinedMesh}      a mesh that we are in: the node, the sample of others, guards, tunnels
 *   {@link skyawg.awgd.mesh.ChosenPaths}     a tunnel's paths, chosen by policy, and what became of them
 *   {@link skyawg.awgd.mesh.MeshActions}     what the control socket offers
 *
 *   {@link skyawg.awgd.mesh.MeshNode}        one node: its device, its keys, its record, its time
 *   {@link skyawg.awgd.mesh.DeviceLinks}     adjacencies and messages, as signalling asks for them
 *   {@link skyawg.awgd.mesh.OpenTunnel}      a tunnel that is wanted here, as long as it is
 *   {@link skyawg.awgd.mesh.NodeInterfaces}  sky0, skyx0, and what the kernel is told ({@link skyawg.awgd.mesh.KernelRoutes})
 *   {@link skyawg.awgd.mesh.Edges}           the network interfaces that users' packets enter and leave by
 *   {@link skyawg.awgd.mesh.DevicePackets}   a tunnel's packets, as tunnels ask for them
 * </pre>
 *
 * <p>Everything here is the mesh device's conductor's, but for what says otherwise.
 */
@NullMarked
package skyawg.awgd.mesh;

import org.jspecify.annotations.NullMarked;
