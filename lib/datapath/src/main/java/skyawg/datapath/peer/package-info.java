/**
 * What the data path keeps about a peer beyond the protocol's own state: packets that wait for a session, and what
 * packet threads and conductor tell each other about it.
 */
@NullMarked
package skyawg.datapath.peer;

import org.jspecify.annotations.NullMarked;
