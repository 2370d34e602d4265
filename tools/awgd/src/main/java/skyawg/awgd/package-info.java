/**
 * The daemon: main and wiring only. It joins the data path's tunnels to their UAPI sockets and to the control socket;
 * all that it knows itself is which interfaces there are and when the process ends.
 */
@NullMarked
package skyawg.awgd;

import org.jspecify.annotations.NullMarked;
