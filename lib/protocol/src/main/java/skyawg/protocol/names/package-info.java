/**
 * The values everything else is named by: keys, addresses, prefixes and sets of them, endpoints, ranges.
 *
 * <p>Each is immutable, checked when it is made (a value that exists is valid) and prints as the tools print it. Only
 * {@link skyawg.protocol.names.Secret} has an end: it is wiped when closed. All may be shared between threads.
 */
@NullMarked
package skyawg.protocol.names;

import org.jspecify.annotations.NullMarked;
