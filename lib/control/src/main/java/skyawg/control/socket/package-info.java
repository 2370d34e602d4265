/**
 * The Unix sockets of the daemon and the tools: made private from the first moment, open to root and their owner only,
 * bounded in clients, in line length and in time.
 *
 * <p>{@link skyawg.control.socket.SocketFile} is a listening socket's place in the file system,
 * {@link skyawg.control.socket.LocalServer} accepts on it, and each {@link skyawg.control.socket.LocalConnection} is
 * served on a virtual thread of its own. What is said on the socket is the business of {@code uapi} and
 * {@code control}.
 *
 * <p>Text that passes here may hold keys: buffers are off the heap or wiped as soon as a line is done with.
 */
@NullMarked
package skyawg.control.socket;

import org.jspecify.annotations.NullMarked;
