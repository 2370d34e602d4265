package skyawg.protocol.obfuscation;

import java.util.Locale;

/** How much the generator hides, named after the oldest stock peer that still understands it. */
public enum ObfuscationLevel {
    /** WireGuard as it is. */
    PLAIN("WireGuard"),
    /** AmneziaWG 1.0: junk, two paddings, single type words. */
    V1("AmneziaWG 1.0"),
    /** AmneziaWG 2.0: four paddings, ranges of type words, a signature packet. */
    V2("AmneziaWG 2.0"),
    /** AmneziaWG 3.1: header protection, random trailers, timing ranges. */
    V3("AmneziaWG 3.1");

    private final String stockPeer;

    ObfuscationLevel(String stockPeer) {
        this.stockPeer = stockPeer;
    }

    /** The oldest stock peer that understands this level. */
    public String stockPeer() {
        return stockPeer;
    }

    /** The level's word on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The lowest level whose stock peer can read this value. */
    static ObfuscationLevel needed(ParameterSet set, Parameter parameter) {
        if (set.isDefault(parameter)) {
            return PLAIN;
        }
        return switch (parameter) {
            case JC, JMIN, JMAX, S1, S2 -> V1;
            case H1, H2, H3, H4 -> set.range(parameter).isSingle() ? V1 : V2;
            case S3, S4, I1, I2, I3, I4, I5 -> V2;
            case HEADER_PROTECTION_KEY,
                    CONTENT_PADDING_ADDITION,
                    REKEY_AFTER_TIME,
                    REKEY_TIMEOUT,
                    REJECT_AFTER_TIME,
                    KEEPALIVE_TIMEOUT,
                    MAX_HANDSHAKE_ATTEMPTS,
                    RANDOM_TRAILERS,
                    DISABLE_COOKIES -> V3;
        };
    }
}
