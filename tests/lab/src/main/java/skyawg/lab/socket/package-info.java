/** UDP sockets that move many datagrams in a system call. */
@NullMarked
package skyawg.lab.socket;

import org.jspecify.annotations.NullMarked;
