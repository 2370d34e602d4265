/**
 * Discovery v5, by the library {@code io.consensys.protocols:discovery}, which stays inside this package.
 *
 * <pre>
 *   DiscoveryKey    the secp256k1 key that signs this node's ENR
 *   Enr             a node record of the network (EIP-778); field {@code sky} holds our 88 bytes
 *   Discovery       a running node: answers others, looks up random places, publishes
 *   Reach           which addresses it sends to
 * </pre>
 */
@NullMarked
package skyawg.skydiscover.discv5;

import org.jspecify.annotations.NullMarked;
