package skyawg.protocol.obfuscation;

import java.util.ArrayList;
import java.util.List;
import skyawg.protocol.crypto.Entropy;

/**
 * A signature packet that reads as a STUN binding request of an ICE agent (RFC 8489 §5, RFC 8445 §7.1): its shape is
 * drawn once, for a config; transaction, user name, priority, tie-breaker and integrity are random each time it is
 * sent.
 *
 * <pre>
 *   0001 length | 2112a442 | transaction, 12 | USERNAME | PRIORITY, ICE role, USE-CANDIDATE in any order | INTEGRITY
 * </pre>
 *
 * FINGERPRINT is left out: it is a checksum over random fields, which tags cannot compute.
 */
final class StunTemplate {
    private static final int INTEGRITY_LENGTH = 24;

    private StunTemplate() {}

    /** The tags of a fresh template. */
    static String draw(Entropy entropy) {
        int ours = (int) entropy.uniform(4, 8);
        int theirs = (int) entropy.uniform(4, 8);
        int name = theirs + 1 + ours;
        int zeros = -name & 3;
        boolean isControlling = entropy.uniform(0, 1) == 1;
        List<String> attributes = new ArrayList<>();
        attributes.add("<b 0x002400046e><r 2><b 0xff>");
        attributes.add(isControlling ? "<b 0x802a0008><r 8>" : "<b 0x80290008><r 8>");
        int attributesLength = 8 + 12;
        if (isControlling && entropy.uniform(0, 1) == 1) {
            attributes.add("<b 0x00250000>");
            attributesLength += 4;
        }
        for (int i = attributes.size() - 1; i > 0; i--) {
            int k = (int) entropy.uniform(0, i);
            attributes.set(i, attributes.set(k, attributes.get(i)));
        }
        int length = 4 + name + zeros + attributesLength + INTEGRITY_LENGTH;
        return "<b 0x0001%04x2112a442><r 12>".formatted(length)
                + "<b 0x0006%04x><rc %d><b 0x3a><rc %d>".formatted(name, theirs, ours)
                + (zeros == 0 ? "" : "<b 0x" + "00".repeat(zeros) + ">")
                + String.join("", attributes)
                + "<b 0x00080014><r 20>";
    }
}
