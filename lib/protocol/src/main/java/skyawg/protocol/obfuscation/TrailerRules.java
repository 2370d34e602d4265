package skyawg.protocol.obfuscation;

import java.util.ArrayList;
import java.util.List;
import skyawg.protocol.obfuscation.RuleViolation.Level;

/**
 * The trailer trap. With random trailers a receiver that looks for handshake messages first takes data packets for them
 * when four bytes at S1, S2 or S3 happen to lie in H1, H2 or H3, and drops them without a word: 3.5 to 50 per cent of
 * all packets at wide ranges. Ours does not, but the peer may be another's. With equal S all tests read the same word,
 * and nothing is lost.
 */
final class TrailerRules {
    /** Ranges up to this width lose no more than one packet in about 1 400. */
    private static final long HARMLESS_WIDTH = 1 << 20;

    private TrailerRules() {}

    static void check(ParameterSet set, boolean isStrict, List<RuleViolation> violations) {
        if (!set.isOn(Parameter.RANDOM_TRAILERS)) {
            return;
        }
        int s1 = set.number(Parameter.S1);
        if (set.number(Parameter.S2) != s1 || set.number(Parameter.S3) != s1 || set.number(Parameter.S4) != s1) {
            violations.add(new RuleViolation(
                    "G5",
                    Level.WARNING,
                    List.of(Parameter.S1, Parameter.S2, Parameter.S3, Parameter.S4, Parameter.RANDOM_TRAILERS),
                    "RandomTrailers with unequal S1 to S4: other receivers take data packets for handshakes and drop"
                            + " them; set all four to " + s1 + " at both ends"));
        }
        List<Parameter> wide = new ArrayList<>();
        for (MessageType type : MessageType.values()) {
            Parameter parameter = type.headerParameter();
            boolean isTransport = type == MessageType.TRANSPORT;
            long width = set.range(parameter).width();
            if (isStrict ? width > 1 : !isTransport && width > HARMLESS_WIDTH) {
                wide.add(parameter);
            }
        }
        if (!wide.isEmpty()) {
            violations.add(new RuleViolation(
                    "G6",
                    Level.WARNING,
                    wide,
                    "RandomTrailers with a wide " + HeaderRules.names(wide)
                            + ": other receivers take data packets for handshakes and drop them; give each a single"
                            + " value, with HeaderProtectionKey 1, 2, 3, 4"));
        }
    }
}
