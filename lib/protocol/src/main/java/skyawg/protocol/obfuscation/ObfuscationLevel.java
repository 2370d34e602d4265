package skyawg.protocol.obfuscation;

/** How much the generator hides, named after the oldest stock peer that still understands it. */
public enum ObfuscationLevel {
    /** WireGuard as it is. */
    PLAIN,
    /** AmneziaWG 1.0: junk, two paddings, single type words. */
    V1,
    /** AmneziaWG 2.0: four paddings, ranges of type words, a signature packet. */
    V2,
    /** AmneziaWG 3.1: header protection, random trailers, timing ranges. */
    V3
}
