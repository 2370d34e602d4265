package skyawg.protocol.obfuscation;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.names.UintRange;

/**
 * Draws a fresh set of parameters for a tunnel, each value from the cryptographic source and none from a key, a port or
 * an example. One thread.
 */
@SuppressWarnings("DoNotCallSuggester") // bodies follow
public final class ParameterGenerator {
    private final Entropy entropy;

    public ParameterGenerator(Entropy entropy) {
        this.entropy = entropy;
    }

    /**
     * What the user has settled.
     *
     * @param handSet values to keep; refused when they break a rule, never repaired
     * @param pathMtu MTU of the way between the ends; empty when unknown
     * @param isOverIpv6 whether the ends meet over IPv6
     * @param isBehindNat whether a router forgets a silent client
     */
    public record Wishes(
            Map<Parameter, ParameterValue> handSet, OptionalInt pathMtu, boolean isOverIpv6, boolean isBehindNat) {
        public Wishes {
            handSet = Map.copyOf(handSet);
        }
    }

    /**
     * What was drawn.
     *
     * @param parameters for both ends; its header protection key is the caller's to close
     * @param persistentKeepalive of the client's peer, seconds; zero is off
     * @param mtu of the interface, for both ends
     * @param port for the server to listen on
     * @param warnings what hand-set values do that is allowed but unwise
     */
    public record Generated(
            ParameterSet parameters, UintRange persistentKeepalive, int mtu, int port, List<RuleViolation> warnings) {
        public Generated {
            warnings = List.copyOf(warnings);
        }
    }

    /** @throws RefusedParametersException when hand-set values break a rule */
    public Generated generate(ObfuscationLevel level, Wishes wishes) throws RefusedParametersException {
        throw new UnsupportedOperationException(entropy.toString());
    }
}
