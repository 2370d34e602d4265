/**
 * What nodes of the mesh know of one another before they talk: the network and what derives from its name
 * ({@link skyawg.protocol.record.NetworkParameters}), a node's record ({@link skyawg.protocol.record.NodeRecord}), the
 * forms in which it travels, and what is wrong with one ({@link skyawg.protocol.record.RecordVerdict}).
 *
 * <table>
 * <caption>How a record travels</caption>
 * <tr><td>a line of a list, a name in a block chain</td><td>{@link skyawg.protocol.record.AddressedRecord}, as
 *     text</td></tr>
 * <tr><td>discovery</td><td>{@link skyawg.protocol.record.DiscoveryRecord}</td></tr>
 * <tr><td>from a neighbour</td><td>{@link skyawg.protocol.record.RecordMessage}</td></tr>
 * </table>
 *
 * <p>Terms: <i>S</i> is a node's static key, that of its mesh device; <i>M</i> its medium-term key, new every day,
 * which opens set-ups; a <i>long-lived entry</i> names S without a valid M. Nobody vouches for a record: a reply to a
 * set-up carries the {@link skyawg.protocol.record.RecordDigest} of the one that the node calls its own.
 *
 * <p>Values never change and are any thread's. Records are public: they are arrays and objects on the heap. The two
 * keys of a network are secret; they are wiped when its parameters are closed.
 */
@NullMarked
package skyawg.protocol.record;

import org.jspecify.annotations.NullMarked;
