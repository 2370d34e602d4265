/**
 * Bytes as they lie in memory and on the wire: raw off-heap memory, the buffers packets live in, and flyweights (static
 * getters and setters over an address) for each header.
 *
 * <p>Packet memory is never on the heap: the kernel and libcrypto write to it, and the collector must not copy it. An
 * address is a plain {@code long}; nothing here checks bounds, so every caller checks a length before it reads.
 * WireGuard's integers are little-endian, those of IP, UDP and TCP big-endian; each accessor's name says which.
 */
@NullMarked
package skyawg.protocol.wire;

import org.jspecify.annotations.NullMarked;
