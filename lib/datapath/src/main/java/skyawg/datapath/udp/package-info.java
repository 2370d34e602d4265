/**
 * The tunnel's UDP sockets: many datagrams a system call, and with GSO and GRO many datagrams a trip through the
 * kernel's stack.
 *
 * <p>A run is a row of datagrams of one size to one peer, back to back in memory, the last one possibly shorter: the
 * kernel cuts it ({@code UDP_SEGMENT}), or puts it together ({@code UDP_GRO}). A run costs little more than one
 * datagram.
 */
@NullMarked
package skyawg.datapath.udp;

import org.jspecify.annotations.NullMarked;
