package skyawg.protocol.obfuscation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.names.Secret;
import skyawg.protocol.names.UintRange;

/**
 * Draws a fresh set of parameters for a tunnel, each value from the cryptographic source and none from a key, a port or
 * an example. One thread.
 */
public final class ParameterGenerator {
    private static final Set<String> BINDING_RULES = Set.of("G1", "G2", "G3", "G4", "G5", "G6");

    /** Free values that do not fit are drawn again; each of the rules fails in fewer than half of the tries. */
    private static final int MAX_TRIES = 200;

    private static final int MIN_PATH_MTU = 576;
    private static final int USUAL_PATH_MTU = 1500;
    private static final int WIREGUARD_MTU = 1420;
    private static final int DECOY_ON_UNKNOWN_PATH = 1232;
    private static final int IPV4_AND_UDP_HEADER = 28;
    private static final int IPV6_AND_UDP_HEADER = 48;

    private static final int LOWEST_PORT = 1024;
    private static final int HIGHEST_PORT = 65535;

    /** Ports that say "VPN" by themselves: OpenVPN's, L2TP's, PPTP's, IPsec's, WireGuard's. */
    private static final Set<Integer> TELLING_PORTS = Set.of(1194, 1701, 1723, 4500, 51820);

    private final Entropy entropy;

    public ParameterGenerator(Entropy entropy) {
        this.entropy = entropy;
    }

    /**
     * What the user has settled.
     *
     * @param handSet values to keep; refused when they break a rule, never repaired
     * @param pathMtu MTU of the way between the ends, 576 or more; empty when unknown
     * @param isOverIpv6 whether the ends meet over IPv6, or may do so
     * @param isBehindNat whether a router on the way forgets a silent client
     */
    public record Wishes(
            Map<Parameter, ParameterValue> handSet, OptionalInt pathMtu, boolean isOverIpv6, boolean isBehindNat) {
        /** Nothing settled, a client behind a router. */
        public static final Wishes NONE = new Wishes(Map.of(), OptionalInt.empty(), false, true);

        public Wishes {
            handSet = Map.copyOf(handSet);
            if (pathMtu.orElse(MIN_PATH_MTU) < MIN_PATH_MTU) {
                throw new IllegalArgumentException(
                        "path MTU is " + MIN_PATH_MTU + " or more, not " + pathMtu.getAsInt());
            }
        }

        private int headers() {
            return isOverIpv6 ? IPV6_AND_UDP_HEADER : IPV4_AND_UDP_HEADER;
        }
    }

    /**
     * What was drawn.
     *
     * @param parameters for both ends; its header protection key, unless hand-set, is the caller's to close
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
        Map<Parameter, ParameterValue> settled = new EnumMap<>(Parameter.class);
        settled.putAll(wishes.handSet);
        Secret key = Secret.zero();
        if (level == ObfuscationLevel.V3 && !settled.containsKey(Parameter.HEADER_PROTECTION_KEY)) {
            key = drawKey();
            settled.put(Parameter.HEADER_PROTECTION_KEY, new ParameterValue.Key(key));
        }
        try {
            return finish(level, wishes, draw(level, wishes, settled));
        } catch (RefusedParametersException e) {
            key.close();
            throw e;
        }
    }

    private ParameterSet draw(ObfuscationLevel level, Wishes wishes, Map<Parameter, ParameterValue> settled)
            throws RefusedParametersException {
        int maxDecoy =
                wishes.pathMtu.isPresent() ? wishes.pathMtu.getAsInt() - wishes.headers() : DECOY_ON_UNKNOWN_PATH;
        List<RuleViolation> broken = List.of();
        for (int i = 0; i < MAX_TRIES; i++) {
            ParameterSet set = new ParameterDraw(entropy, settled, maxDecoy).draw(level);
            broken = ParameterRules.checkStrictly(set).stream()
                    .filter(ParameterGenerator::isBinding)
                    .toList();
            if (broken.isEmpty()) {
                return set;
            }
        }
        throw new RefusedParametersException(broken);
    }

    private Generated finish(ObfuscationLevel level, Wishes wishes, ParameterSet set) {
        int fitting = wishes.pathMtu.orElse(USUAL_PATH_MTU)
                - wishes.headers()
                - SizeRules.paddedLength(set, MessageType.TRANSPORT);
        int usual = level == ObfuscationLevel.V2 ? WIREGUARD_MTU - set.number(Parameter.S4) : WIREGUARD_MTU;
        int mtu = Math.min(usual, fitting);
        List<RuleViolation> warnings = new ArrayList<>(ParameterRules.check(set));
        if (wishes.pathMtu.isPresent()) {
            int pathMtu = wishes.pathMtu.getAsInt();
            warnings.addAll(ParameterRules.checkSizes(set, mtu, pathMtu, wishes.isOverIpv6));
        }
        for (Parameter parameter : wishes.handSet.keySet()) {
            ObfuscationLevel needed = ObfuscationLevel.needed(set, parameter);
            if (needed.compareTo(level) > 0) {
                warnings.add(new RuleViolation(
                        "level",
                        RuleViolation.Level.WARNING,
                        List.of(parameter),
                        parameter.configKey() + " as given needs " + needed.stockPeer() + " at the other end, level "
                                + level.word() + " promises " + level.stockPeer() + ": leave it out or take level "
                                + needed.word()));
            }
        }
        return new Generated(set, drawKeepalive(level, wishes), mtu, drawPort(), warnings);
    }

    private static boolean isBinding(RuleViolation violation) {
        return violation.level() != RuleViolation.Level.WARNING || BINDING_RULES.contains(violation.rule());
    }

    private Secret drawKey() {
        byte[] bytes = new byte[Secret.LENGTH];
        entropy.fill(bytes);
        return Secret.owning(bytes);
    }

    /** Off unless a router would forget the client; a range only where the stock peer reads ranges. */
    private UintRange drawKeepalive(ObfuscationLevel level, Wishes wishes) {
        if (!wishes.isBehindNat) {
            return UintRange.ZERO;
        }
        return switch (level) {
            case PLAIN, V1, V2 -> UintRange.of(entropy.uniform(21, 34));
            case V3 -> new UintRange(entropy.uniform(17, 22), entropy.uniform(34, 41));
        };
    }

    private int drawPort() {
        int port;
        do {
            port = (int) entropy.uniform(LOWEST_PORT, HIGHEST_PORT);
        } while (TELLING_PORTS.contains(port));
        return port;
    }
}
