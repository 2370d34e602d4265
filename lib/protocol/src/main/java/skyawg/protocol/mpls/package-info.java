/**
 * Label switching (RFC 3031, 3032) over the sessions of the mesh device: what a link's payload is, which labels a node
 * gave to whom, what they lead to, and how long.
 *
 * <p>Terms: an <i>adjacency</i> is a peer of the mesh device. An <i>LSP</i> leads from its ingress over transits to its
 * egress and back. The <i>ILM</i> (incoming label map) of an adjacency leads from a label to an <i>NHLFE</i> (next hop
 * label forwarding entry), the <i>FTN</i> from an IP packet to a tunnel, and so to an LSP. All a node's ILMs and NHLFEs
 * together are its <i>LFIB</i>. The <i>associated channel</i> carries what adjacent nodes say to one another.
 *
 * <table>
 * <caption>Who does what</caption>
 * <tr><td>a payload's kind, its headers</td><td>{@link skyawg.protocol.mpls.LinkPayload},
 *     {@link skyawg.protocol.mpls.LabelledPacket}, {@link skyawg.protocol.mpls.LabelStackEntry},
 *     {@link skyawg.protocol.mpls.ChannelHeader}</td></tr>
 * <tr><td>forwarding of a packet</td><td>{@link skyawg.protocol.mpls.LabelSpace#lookup},
 *     {@link skyawg.protocol.mpls.Nhlfe}, {@link skyawg.protocol.mpls.Ftn}</td></tr>
 * <tr><td>life of an LSP, bounds</td><td>{@link skyawg.protocol.mpls.Lfib}, {@link skyawg.protocol.mpls.Lsp},
 *     {@link skyawg.protocol.mpls.FairShare}</td></tr>
 * <tr><td>messages</td><td>{@link skyawg.protocol.mpls.ReleaseMessage},
 *     {@link skyawg.protocol.mpls.LinkTestMessage} with {@link skyawg.protocol.mpls.PathMtuProbe}</td></tr>
 * </table>
 *
 * <p>Hop keys and adjacencies are somebody else's objects: this package hands back what it was given. Threads: one, the
 * <i>conductor</i>, calls the {@link skyawg.protocol.mpls.Lfib} and changes rules; packet threads classify, look up and
 * count, without locks and without allocating. Time is {@code long nowNanos} of a monotonic clock.
 */
@NullMarked
package skyawg.protocol.mpls;

import org.jspecify.annotations.NullMarked;
