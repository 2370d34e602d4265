/**
 * Records of nodes on their way from whoever finds them to the daemon: the request {@code record.offer} of the control
 * socket, as both ends write and read it.
 *
 * <p>Unlike {@code record.import}, by which the operator adds to his own list, an offer is a stranger's claim: each
 * line is taken or not by itself, nothing is written to a file, and nothing is said about single lines.
 */
@NullMarked
package skyawg.control.offer;

import org.jspecify.annotations.NullMarked;
