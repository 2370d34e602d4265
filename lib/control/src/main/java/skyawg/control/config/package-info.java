/**
 * The {@code .conf} file of an interface: read as {@code awg setconf} reads it, written as {@code awg showconf} writes
 * it, and turned into an {@link skyawg.protocol.tunnel.InterfaceUpdate} in the three ways that {@code setconf},
 * {@code addconf} and {@code syncconf} differ.
 *
 * <p>{@link skyawg.control.config.ConfigReader} takes lines, {@link skyawg.control.config.ConfigValue} reads single
 * values (the arguments of {@code awg set} are the same values), {@link skyawg.control.config.EndpointResolver} turns
 * host names into addresses. Errors are {@link skyawg.control.config.ConfigException}s in the words that scripts know.
 *
 * <p>Keys that only {@code awg-quick} knows (Address, DNS, PostUp...) are errors here, as in the reference. One thread
 * at a time.
 */
@NullMarked
package skyawg.control.config;

import org.jspecify.annotations.NullMarked;
