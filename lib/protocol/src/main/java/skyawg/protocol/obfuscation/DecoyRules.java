package skyawg.protocol.obfuscation;

import java.util.ArrayList;
import java.util.List;
import skyawg.protocol.names.UintRange;
import skyawg.protocol.obfuscation.RuleViolation.Level;

/** Junk (Jc, Jmin, Jmax) and signature packets (I1 to I5). */
final class DecoyRules {
    /** Decoys and their initiation leave in one batch. */
    private static final int MAX_BATCH = 128;

    /** A decoy that reads as a message more often than once in 4096 is one too many: type words 2^20 wide. */
    private static final double MAX_MISREADING = 1.0 / 4096;

    private static final double ALL_WORDS = 0x1p32;
    private static final int WORD_LENGTH = 4;

    private DecoyRules() {}

    static void check(ParameterSet set, List<RuleViolation> violations) {
        List<Parameter> decoys = new ArrayList<>();
        int junkCount = set.number(Parameter.JC);
        if (junkCount > 0) {
            decoys.add(Parameter.JC);
            checkJunk(set, violations);
        }
        int signatureCount = 0;
        for (Parameter parameter : Decoys.SIGNATURES) {
            try {
                SignaturePacket packet = SignaturePacket.parse(set.tags(parameter));
                if (!packet.isAbsent()) {
                    signatureCount++;
                    decoys.add(parameter);
                    checkSignature(set, parameter, packet, violations);
                }
            } catch (SignatureSyntaxException e) {
                violations.add(new RuleViolation(
                        "signature", Level.REFUSED, List.of(parameter), parameter.configKey() + ": " + e.getMessage()));
            }
        }
        if (junkCount + signatureCount + 1 > MAX_BATCH) {
            violations.add(new RuleViolation(
                    "decoy-count",
                    Level.REFUSED,
                    decoys,
                    junkCount + signatureCount + " decoys ahead of each initiation: set Jc to "
                            + (MAX_BATCH - 1 - signatureCount) + " or less"));
        }
    }

    /** Length of one of I1 to I5; 0 when it is unset or cannot be read. */
    static int lengthOrZero(ParameterSet set, Parameter parameter) {
        try {
            return SignaturePacket.parse(set.tags(parameter)).length();
        } catch (SignatureSyntaxException e) {
            return 0;
        }
    }

    private static void checkJunk(ParameterSet set, List<RuleViolation> violations) {
        int min = set.number(Parameter.JMIN);
        int max = set.number(Parameter.JMAX);
        if (min > max) {
            violations.add(new RuleViolation(
                    "junk-sizes",
                    Level.REFUSED,
                    List.of(Parameter.JMIN, Parameter.JMAX),
                    "Jmin " + min + " is above Jmax " + max + ": exchange them"));
            return;
        }
        if (max > SignaturePacket.MAX_LENGTH) {
            violations.add(new RuleViolation(
                    "junk-sizes",
                    Level.REFUSED,
                    List.of(Parameter.JMAX),
                    "Jmax " + max + " is more than a datagram takes: set it to " + SignaturePacket.MAX_LENGTH
                            + " or less"));
            return;
        }
        int longest = Math.max(min, max - 1);
        for (MessageType type : MessageType.values()) {
            boolean fits = mayBeLonger(set, type)
                    ? longest >= SizeRules.paddedLength(set, type)
                    : new UintRange(min, longest).contains(SizeRules.paddedLength(set, type));
            if (fits && set.range(type.headerParameter()).width() / ALL_WORDS > MAX_MISREADING) {
                violations.add(misread("junk", Parameter.JC, type));
            }
        }
    }

    private static void checkSignature(
            ParameterSet set, Parameter parameter, SignaturePacket packet, List<RuleViolation> violations) {
        if (packet.hasCounter()) {
            violations.add(new RuleViolation(
                    "counter-tag",
                    Level.WARNING,
                    List.of(parameter),
                    parameter.configKey() + ": <c> is the kernel module's, amneziawg-go refuses it; write <r 4> for a"
                            + " file that both should read"));
        }
        if (packet.isStatic() && packet.length() > 0) {
            violations.add(new RuleViolation(
                    "static-signature",
                    Level.WARNING,
                    List.of(parameter),
                    parameter.configKey() + " is the same at every handshake, which is a mark of its own: make a part"
                            + " of it random with <r N>, <rc N> or <rd N>"));
        }
        for (MessageType type : MessageType.values()) {
            int needed = SizeRules.paddedLength(set, type);
            boolean fits = mayBeLonger(set, type) ? packet.length() >= needed : packet.length() == needed;
            if (fits && chanceOfMisreading(set, type, packet) > MAX_MISREADING) {
                violations.add(misread(parameter.configKey(), parameter, type));
            }
        }
    }

    private static RuleViolation misread(String decoy, Parameter parameter, MessageType type) {
        String header = type.headerParameter().configKey();
        return new RuleViolation(
                "G4",
                Level.WARNING,
                List.of(parameter, type.headerParameter()),
                decoy + " can be taken for a message of type " + header + ": choose another size for it, or a narrower "
                        + header);
    }

    private static boolean mayBeLonger(ParameterSet set, MessageType type) {
        return type == MessageType.TRANSPORT || set.isOn(Parameter.RANDOM_TRAILERS);
    }

    /** How often the packet's word at the type's place lies in the type's range. */
    private static double chanceOfMisreading(ParameterSet set, MessageType type, SignaturePacket packet) {
        UintRange range = set.range(type.headerParameter());
        if (!set.headerProtectionKey().isZero()) {
            // the mask makes any word of it
            return range.width() / ALL_WORDS;
        }
        int[] word = new int[WORD_LENGTH];
        for (int i = 0; i < WORD_LENGTH; i++) {
            word[i] = packet.fixedByte(set.number(type.paddingParameter()) + i);
        }
        return matches(word, WORD_LENGTH - 1, 0, 1, range);
    }

    /**
     * The share of words with these bytes, -1 for any, that lie in the range. Little-endian: the last byte counts most.
     *
     * @param base value of the bytes behind {@code position}, which are chosen already
     * @param share what part of all words has the bytes chosen so far
     */
    private static double matches(int[] word, int position, long base, double share, UintRange range) {
        long spread = (1L << (Byte.SIZE * (position + 1))) - 1;
        if (base + spread < range.low() || base > range.high()) {
            return 0;
        }
        boolean isWhole = base >= range.low() && base + spread <= range.high();
        if (isWhole || position < 0) {
            return share;
        }
        double sum = 0;
        for (int value = 0; value < 256; value++) {
            if (word[position] < 0 || word[position] == value) {
                long next = base + ((long) value << (Byte.SIZE * position));
                double nextShare = word[position] < 0 ? share / 256 : share;
                sum += matches(word, position - 1, next, nextShare, range);
            }
        }
        return sum;
    }
}
