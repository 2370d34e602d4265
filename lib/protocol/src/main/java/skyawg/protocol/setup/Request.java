package skyawg.protocol.setup;

/**
 * The request record, 96 bytes sealed in a set-up's slot, for one hop's eyes. Big-endian:
 *
 * <pre>
 *    0  version 1 | flags 1 | lifetime s 2 | bandwidth class 1 | exit service 1 | next key id 1 | prefix length 1
 *    8  unix time 4
 *   12  next hop: S 32, address 16, port 2
 *   62  tunnel id 16 | LSP number 2
 *   80  credit 8
 *   88  local name 8
 * </pre>
 *
 * <p>No value is common to two hops of a path, or they could compare notes: see {@link Blur}.
 */
public sealed interface Request permits TransitRequest, EgressRequest, UnreadableRequest {
    int LENGTH = 96;
    int VERSION = 1;

    /** Shortest and longest lifetime of an LSP, in seconds. */
    int SHORTEST_LIFETIME = 60;

    int LONGEST_LIFETIME = 3600;
}
