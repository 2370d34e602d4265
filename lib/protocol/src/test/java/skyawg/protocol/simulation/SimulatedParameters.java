package skyawg.protocol.simulation;

import java.util.Map;
import skyawg.protocol.names.Secret;
import skyawg.protocol.names.UintRange;
import skyawg.protocol.obfuscation.Parameter;
import skyawg.protocol.obfuscation.ParameterSet;
import skyawg.protocol.obfuscation.ParameterValue;

/** Parameters of a simulated network: some of each generation, and timing that keeps recovery within its bound. */
final class SimulatedParameters {
    private SimulatedParameters() {}

    static ParameterSet draw(World world) {
        ParameterSet base = switch (world.pick(4)) {
            case 0 -> ParameterSet.DEFAULTS;
            case 1 -> secondGeneration();
            case 2 -> thirdGeneration(world);
            default -> trailers(world);
        };
        return world.chance(0.5) ? base : withShortSessions(base);
    }

    private static ParameterSet secondGeneration() {
        return ParameterSet.DEFAULTS.with(Map.ofEntries(
                range(Parameter.JC, 2, 2),
                range(Parameter.JMIN, 10, 10),
                range(Parameter.JMAX, 40, 40),
                range(Parameter.S1, 15, 15),
                range(Parameter.S2, 31, 31),
                range(Parameter.S3, 9, 9),
                range(Parameter.S4, 7, 7),
                range(Parameter.H1, 100_000, 900_000),
                range(Parameter.H2, 1_000_000, 9_000_000),
                range(Parameter.H3, 10_000_000, 90_000_000),
                range(Parameter.H4, 4_000_000_000L, UintRange.MAX)));
    }

    private static ParameterSet thirdGeneration(World world) {
        return secondGeneration()
                .with(Map.ofEntries(
                        key(world),
                        range(Parameter.S3, 19, 19),
                        range(Parameter.S4, 12, 12),
                        range(Parameter.CONTENT_PADDING_ADDITION, 0, 60)));
    }

    /** Unequal paddings, wide type words and trailers: data that looks like a handshake. */
    private static ParameterSet trailers(World world) {
        return ParameterSet.DEFAULTS.with(Map.ofEntries(
                key(world),
                range(Parameter.S1, 12, 12),
                range(Parameter.S2, 20, 20),
                range(Parameter.S3, 31, 31),
                range(Parameter.S4, 13, 13),
                range(Parameter.H1, 0x1000_0000L, 0x3fff_ffffL),
                range(Parameter.H2, 0x4000_0000L, 0x7fff_ffffL),
                range(Parameter.H3, 0x8000_0000L, 0xbfff_ffffL),
                range(Parameter.H4, 0xc000_0000L, 0xffff_ffffL),
                Map.entry(Parameter.RANDOM_TRAILERS, new ParameterValue.Switch(true))));
    }

    private static ParameterSet withShortSessions(ParameterSet base) {
        return base.with(Map.ofEntries(
                range(Parameter.REKEY_AFTER_TIME, 25, 60),
                range(Parameter.REJECT_AFTER_TIME, 70, 90),
                range(Parameter.REKEY_TIMEOUT, 3, 5),
                range(Parameter.KEEPALIVE_TIMEOUT, 7, 10),
                range(Parameter.MAX_HANDSHAKE_ATTEMPTS, 3, 18)));
    }

    private static Map.Entry<Parameter, ParameterValue> range(Parameter parameter, long low, long high) {
        return Map.entry(parameter, new ParameterValue.Range(new UintRange(low, high)));
    }

    private static Map.Entry<Parameter, ParameterValue> key(World world) {
        byte[] bytes = new byte[Secret.LENGTH];
        world.random().fill(bytes);
        return Map.entry(Parameter.HEADER_PROTECTION_KEY, new ParameterValue.Key(Secret.owning(bytes)));
    }
}
