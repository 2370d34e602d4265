package skyawg.protocol.obfuscation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.names.Secret;
import skyawg.protocol.names.UintRange;

/** Settings of every protocol version, good ones but not wise ones: unequal paddings, wide ranges, equal sizes. */
final class GeneratedSettings {
    enum Version {
        WIREGUARD,
        V1_0,
        V1_5,
        V2_0,
        V3_0,
        V3_1
    }

    private static final List<Version> VERSIONS = List.of(Version.values());

    private static final String[] SIGNATURES = {
        "", "<b 0xc0ffee><r 20><t>", "<rc 16>", "<rd 10>", "<b 0x00><t>", "<r 1200>", "<r 0>", "<c><r 3>", "<dz 4><d>"
    };

    private final Entropy entropy;
    private final Map<Parameter, ParameterValue> values = new EnumMap<>(Parameter.class);

    private GeneratedSettings(Entropy entropy) {
        this.entropy = entropy;
    }

    static ParameterSet draw(Entropy entropy) {
        return draw(VERSIONS.get((int) entropy.uniform(0, VERSIONS.size() - 1)), entropy);
    }

    static ParameterSet draw(Version version, Entropy entropy) {
        GeneratedSettings settings = new GeneratedSettings(entropy);
        settings.drawAll(version);
        return ParameterSet.DEFAULTS.with(settings.values);
    }

    private void drawAll(Version version) {
        if (version == Version.WIREGUARD) {
            return;
        }
        long jmin = entropy.uniform(0, 200);
        put(Parameter.JC, entropy.uniform(0, 10));
        put(Parameter.JMIN, jmin);
        put(Parameter.JMAX, jmin + entropy.uniform(0, 1000));
        boolean isProtected = version.compareTo(Version.V3_0) >= 0 && coin();
        long least = isProtected ? 12 : 0;
        put(Parameter.S1, entropy.uniform(least, 200));
        put(Parameter.S2, entropy.uniform(least, 200));
        drawTypeWords(version.compareTo(Version.V2_0) >= 0);
        if (version.compareTo(Version.V1_5) >= 0) {
            for (Parameter parameter : Decoys.SIGNATURES) {
                int which = (int) entropy.uniform(0, SIGNATURES.length - 1);
                values.put(parameter, new ParameterValue.Tags(SIGNATURES[which]));
            }
        }
        if (version.compareTo(Version.V2_0) >= 0) {
            put(Parameter.S3, entropy.uniform(least, 200));
            put(Parameter.S4, entropy.uniform(least, 60));
        }
        if (version.compareTo(Version.V3_0) >= 0) {
            if (isProtected) {
                byte[] key = new byte[Secret.LENGTH];
                entropy.fill(key);
                values.put(Parameter.HEADER_PROTECTION_KEY, new ParameterValue.Key(Secret.owning(key)));
            }
            if (coin()) {
                long low = entropy.uniform(0, 100);
                putRange(Parameter.CONTENT_PADDING_ADDITION, new UintRange(low, low + entropy.uniform(1, 300)));
            }
        }
        if (version == Version.V3_1) {
            values.put(Parameter.RANDOM_TRAILERS, new ParameterValue.Switch(coin()));
            values.put(Parameter.DISABLE_COOKIES, new ParameterValue.Switch(coin()));
        }
    }

    /** Cuts all 2^32 words at eight places and deals out the pieces, or single words of them. */
    private void drawTypeWords(boolean areRanges) {
        List<Long> cuts = new ArrayList<>();
        while (cuts.size() < 8) {
            long cut = entropy.uniform(0, UintRange.MAX);
            if (!cuts.contains(cut)) {
                cuts.add(cut);
            }
        }
        cuts.sort(null);
        int first = (int) entropy.uniform(0, 3);
        MessageType[] types = MessageType.values();
        for (int i = 0; i < types.length; i++) {
            int piece = (i + first) % types.length;
            long low = cuts.get(2 * piece);
            long high = cuts.get(2 * piece + 1);
            UintRange range = areRanges && coin() ? new UintRange(low, high) : UintRange.of(low);
            putRange(types[i].headerParameter(), range);
        }
    }

    private boolean coin() {
        return entropy.uniform(0, 1) == 1;
    }

    private void put(Parameter parameter, long value) {
        putRange(parameter, UintRange.of(value));
    }

    private void putRange(Parameter parameter, UintRange range) {
        values.put(parameter, new ParameterValue.Range(range));
    }
}
