package skyawg.mesh.nodes;

import skyawg.protocol.names.Endpoint;

/**
 * Where a set-up may make a hop send handshakes (specification §4): hops refuse all else, so a node elsewhere is of no
 * use. The daemon wires what its configuration says.
 */
@FunctionalInterface
public interface EndpointRule {
    boolean allows(Endpoint endpoint);
}
