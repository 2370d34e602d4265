package skyawg.protocol.obfuscation;

import java.util.ArrayList;
import java.util.List;
import skyawg.protocol.crypto.Entropy;

/**
 * The datagrams that go ahead of an initiation and mean nothing: the signature packets I1 to I5, then Jc junk packets
 * of {@code Jmin} to {@code Jmax - 1} random bytes. A receiver drops them because they match no message.
 */
final class Decoys {
    static final List<Parameter> SIGNATURES =
            List.of(Parameter.I1, Parameter.I2, Parameter.I3, Parameter.I4, Parameter.I5);

    private final SignaturePacket[] signaturePackets;
    private final int junkCount;
    private final int junkMin;
    private final int junkMax;
    private final int maxBytes;

    /** @throws IllegalArgumentException when a signature packet cannot be read */
    Decoys(ParameterSet set) {
        List<SignaturePacket> present = new ArrayList<>();
        int signatureBytes = 0;
        for (Parameter parameter : SIGNATURES) {
            SignaturePacket packet = read(set, parameter);
            if (!packet.isAbsent()) {
                present.add(packet);
                signatureBytes += packet.length();
            }
        }
        signaturePackets = present.toArray(new SignaturePacket[0]);
        junkCount = set.number(Parameter.JC);
        junkMin = set.number(Parameter.JMIN);
        junkMax = Math.max(junkMin, set.number(Parameter.JMAX) - 1);
        maxBytes = signatureBytes + junkCount * junkMax;
    }

    static SignaturePacket read(ParameterSet set, Parameter parameter) {
        try {
            return SignaturePacket.parse(set.tags(parameter));
        } catch (SignatureSyntaxException e) {
            throw new IllegalArgumentException(parameter.configKey() + ": " + e.getMessage(), e);
        }
    }

    int count() {
        return signaturePackets.length + junkCount;
    }

    int maxBytes() {
        return maxBytes;
    }

    int write(long to, int[] lengths, long unixSeconds, Entropy entropy) {
        int written = 0;
        int counter = (int) entropy.nextLong();
        for (int i = 0; i < signaturePackets.length; i++) {
            lengths[i] = signaturePackets[i].write(to + written, unixSeconds, counter + i, entropy);
            written += lengths[i];
        }
        for (int i = signaturePackets.length; i < count(); i++) {
            lengths[i] = (int) entropy.uniform(junkMin, junkMax);
            entropy.fill(to + written, lengths[i]);
            written += lengths[i];
        }
        return written;
    }
}
