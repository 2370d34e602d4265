package skyawg.datapath.forward;

import skyawg.protocol.names.Secret;
import skyawg.protocol.noise.DynamicPeerBounds;

/**
 * Which neighbours a mesh device has that nobody configured.
 *
 * @param presharedKey the network's; stays the caller's to close, when the device is open
 * @param acceptsStrangers whether unknown keys are let in at first, as a node that offers something does
 */
public record AdjacencyPolicy(
        Secret presharedKey, boolean acceptsStrangers, DynamicPeerBounds bounds, AdjacencyListener listener) {}
