/**
 * {@code mesh.conf}: what a node of the mesh is told by its operator. Lines are as in an interface's file: {@code Key =
 * value}, {@code [Section]}, {@code #} for comments, keys and sections in any case.
 *
 * <pre>
 *   [Mesh]     the network's name and secret, the node's key, what it offers and where, records of other nodes
 *   [Tunnel]   one for each tunnel: where it leads and how
 * </pre>
 *
 * <p>A {@link skyawg.control.mesh.MeshConfig} that exists is valid. {@link skyawg.control.mesh.MeshConfigReader} makes
 * it from text, or a {@link skyawg.control.mesh.MeshConfigException} that names file and line;
 * {@link skyawg.control.mesh.MeshConfigWriter} makes text of it, which reads as the same configuration again;
 * {@link skyawg.control.mesh.MeshConfigFile} is the file itself. mesh.conf(5) is the page about it.
 *
 * <p>One thread at a time.
 */
@NullMarked
package skyawg.control.mesh;

import org.jspecify.annotations.NullMarked;
