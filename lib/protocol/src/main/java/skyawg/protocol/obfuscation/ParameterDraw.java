package skyawg.protocol.obfuscation;

import java.util.EnumMap;
import java.util.Map;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.names.UintRange;

/**
 * One try at drawing a set: each parameter of the level that is not hand-set gets a fresh value from the level's
 * bounds. Whether the values fit together shows afterwards; if not, the next try draws all of them anew.
 */
final class ParameterDraw {
    private static final long LOWEST_TYPE_WORD = 5;
    private static final long HIGHEST_TYPE_WORD = Integer.MAX_VALUE;
    private static final long QUARTER = (HIGHEST_TYPE_WORD - LOWEST_TYPE_WORD + 1) / 4;

    private static final Parameter[] PADDINGS = {Parameter.S1, Parameter.S2, Parameter.S3, Parameter.S4};
    private static final Parameter[] HEADERS = {Parameter.H1, Parameter.H2, Parameter.H3, Parameter.H4};

    private final Entropy entropy;
    private final Map<Parameter, ParameterValue> handSet;
    private final EnumMap<Parameter, ParameterValue> values = new EnumMap<>(Parameter.class);
    private final int maxDecoy;

    /** @param maxDecoy bytes that a junk packet may have without being cut in fragments */
    ParameterDraw(Entropy entropy, Map<Parameter, ParameterValue> handSet, int maxDecoy) {
        this.entropy = entropy;
        this.handSet = handSet;
        this.maxDecoy = maxDecoy;
        values.putAll(handSet);
    }

    ParameterSet draw(ObfuscationLevel level) {
        switch (level) {
            case PLAIN -> {}
            case V1 -> drawV1();
            case V2 -> drawV2();
            case V3 -> drawV3();
        }
        return ParameterSet.DEFAULTS.with(values);
    }

    private void drawV1() {
        drawNumber(Parameter.JC, 4, 8);
        drawJunkSizes(40, 90, 50, 250);
        drawNumber(Parameter.S1, 15, 150);
        drawNumber(Parameter.S2, 15, 150);
        drawSingleTypeWords();
    }

    private void drawV2() {
        drawNumber(Parameter.JC, 3, 6);
        drawJunkSizes(40, 90, 50, 250);
        drawNumber(Parameter.S1, 15, 64);
        drawNumber(Parameter.S2, 15, 64);
        drawNumber(Parameter.S3, 8, 55);
        drawNumber(Parameter.S4, 4, 27);
        drawTypeWordRanges();
        values.putIfAbsent(Parameter.I1, new ParameterValue.Tags(StunTemplate.draw(entropy)));
    }

    /** The header protection key is drawn by the caller: a discarded try must not leave one behind. */
    private void drawV3() {
        drawNumber(Parameter.JC, 2, 5);
        drawJunkSizes(64, 200, 100, 600);
        values.putIfAbsent(Parameter.RANDOM_TRAILERS, new ParameterValue.Switch(true));
        values.putIfAbsent(Parameter.DISABLE_COOKIES, new ParameterValue.Switch(true));
        boolean hasTrailers = ParameterSet.DEFAULTS.with(values).isOn(Parameter.RANDOM_TRAILERS);
        if (hasTrailers) {
            drawEqualPaddings();
        } else {
            for (Parameter padding : PADDINGS) {
                drawNumber(padding, 20, 40);
            }
            drawRange(Parameter.CONTENT_PADDING_ADDITION, 0, 0, 200, 256);
        }
        if (ParameterSet.DEFAULTS.with(values).headerProtectionKey().isZero()) {
            // the key is hand-set to none, and bare type words would be WireGuard's own
            drawSingleTypeWords();
        }
        drawRange(Parameter.REKEY_AFTER_TIME, 90, 105, 145, 160);
        drawRange(Parameter.REKEY_TIMEOUT, 4, 5, 7, 9);
        drawRange(Parameter.REJECT_AFTER_TIME, 200, 215, 245, 260);
        drawRange(Parameter.KEEPALIVE_TIMEOUT, 8, 10, 13, 16);
    }

    private void drawNumber(Parameter parameter, long low, long high) {
        values.putIfAbsent(parameter, single(entropy.uniform(low, high)));
    }

    private void drawRange(Parameter parameter, long lowFrom, long lowTo, long highFrom, long highTo) {
        UintRange range = new UintRange(entropy.uniform(lowFrom, lowTo), entropy.uniform(highFrom, highTo));
        values.putIfAbsent(parameter, new ParameterValue.Range(range));
    }

    private void drawJunkSizes(int minFrom, int minTo, int addFrom, int addTo) {
        long min = entropy.uniform(minFrom, minTo);
        if (handSet.get(Parameter.JMAX) instanceof ParameterValue.Range(UintRange max)) {
            min = Math.min(min, max.low());
        }
        values.putIfAbsent(Parameter.JMIN, single(min));
        long base = ParameterSet.DEFAULTS.with(values).number(Parameter.JMIN);
        long max = Math.min(base + entropy.uniform(addFrom, addTo), Math.max(base, maxDecoy));
        values.putIfAbsent(Parameter.JMAX, single(max));
    }

    private void drawEqualPaddings() {
        ParameterValue padding = single(entropy.uniform(20, 40));
        for (Parameter parameter : PADDINGS) {
            padding = handSet.getOrDefault(parameter, padding);
        }
        for (Parameter parameter : PADDINGS) {
            values.putIfAbsent(parameter, padding);
        }
    }

    private void drawSingleTypeWords() {
        for (Parameter header : HEADERS) {
            drawNumber(header, LOWEST_TYPE_WORD, HIGHEST_TYPE_WORD);
        }
    }

    /** A range in each quarter of the type words, the quarters dealt out in random order. */
    private void drawTypeWordRanges() {
        Parameter[] dealt = HEADERS.clone();
        for (int i = dealt.length - 1; i > 0; i--) {
            int k = (int) entropy.uniform(0, i);
            Parameter swapped = dealt[i];
            dealt[i] = dealt[k];
            dealt[k] = swapped;
        }
        for (int quarter = 0; quarter < dealt.length; quarter++) {
            long width = entropy.uniform(1 << 10, 1 << 17);
            long first = LOWEST_TYPE_WORD + quarter * QUARTER;
            long low = entropy.uniform(first, first + QUARTER - width);
            values.putIfAbsent(dealt[quarter], new ParameterValue.Range(new UintRange(low, low + width - 1)));
        }
    }

    private static ParameterValue single(long value) {
        return new ParameterValue.Range(UintRange.of(value));
    }
}
