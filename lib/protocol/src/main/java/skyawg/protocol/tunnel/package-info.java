/**
 * A tunnel interface as data: {@link skyawg.protocol.tunnel.InterfaceUpdate} says what to change,
 * {@link skyawg.protocol.tunnel.InterfaceSnapshot} says what is. The control protocol reads and writes them as text,
 * the data path applies and makes them; neither knows the other.
 */
@NullMarked
package skyawg.protocol.tunnel;

import org.jspecify.annotations.NullMarked;
