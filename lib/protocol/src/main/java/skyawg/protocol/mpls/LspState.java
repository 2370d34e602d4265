package skyawg.protocol.mpls;

/**
 * Where an LSP stands at this node.
 *
 * <table>
 *   <caption>what leads out of a state</caption>
 *   <tr><td>PENDING</td><td>reply accepted -> INSTALLED; refused, or 5 s (ingress: 3 s) -> GONE</td></tr>
 *   <tr><td>INSTALLED</td><td>first packet from upstream (ingress: from downstream) -> CONFIRMED; 10 s -> GONE</td></tr>
 *   <tr><td>CONFIRMED</td><td>60 s without a packet -> GONE</td></tr>
 *   <tr><td>any but PENDING</td><td>lifetime over, 2 s after a broken link was reported -> GONE</td></tr>
 *   <tr><td>any</td><td>release, adjacency gone, evicted -> GONE</td></tr>
 * </table>
 */
public enum LspState {
    /** The set-up is passed on. The neighbour behind has a label for packets towards us, which are not accepted yet. */
    PENDING,
    /** Both directions are open. */
    INSTALLED,
    /** Packets have come: the ingress had the reply (at the ingress: payload came back). */
    CONFIRMED,
    /** Labels are given back, entries are closed. */
    GONE
}
