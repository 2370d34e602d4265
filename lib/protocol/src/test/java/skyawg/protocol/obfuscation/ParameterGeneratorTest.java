package skyawg.protocol.obfuscation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import skyawg.protocol.campaign.Campaign;
import skyawg.protocol.crypto.SeededEntropy;
import skyawg.protocol.names.UintRange;
import skyawg.protocol.obfuscation.ParameterGenerator.Generated;
import skyawg.protocol.obfuscation.ParameterGenerator.Wishes;

final class ParameterGeneratorTest {
    private static final UintRange TYPE_WORDS = new UintRange(5, Integer.MAX_VALUE);

    @ParameterizedTest
    @EnumSource(ObfuscationLevel.class)
    void keepsTheRulesForEverySeed(ObfuscationLevel level) {
        Campaign.run("level " + level.word() + " sets", 100_000, seed -> {
            SeededEntropy entropy = new SeededEntropy(seed);
            boolean isOverIpv6 = entropy.uniform(0, 1) == 1;
            OptionalInt pathMtu = entropy.uniform(0, 1) == 1
                    ? OptionalInt.of((int) entropy.uniform(1280, 1500))
                    : OptionalInt.empty();
            Wishes wishes = new Wishes(Map.of(), pathMtu, isOverIpv6, entropy.uniform(0, 1) == 1);
            Generated generated = generate(level, wishes, seed);
            assertKeepsTheRules(level, generated.parameters());
            assertFits(generated, wishes);
            assertThat(generated.warnings()).isEmpty();
            generated.parameters().headerProtectionKey().close();
        });
    }

    /** G1 to G6 and the level's table, in words of this test's own. */
    private static void assertKeepsTheRules(ObfuscationLevel level, ParameterSet set) {
        switch (level) {
            case PLAIN -> {
                for (Parameter parameter : Parameter.values()) {
                    assertThat(set.isDefault(parameter)).isTrue();
                }
            }
            case V1 -> {
                assertNumber(set, Parameter.JC, 4, 8);
                assertJunk(set, 40, 90, 50, 250);
                assertNumber(set, Parameter.S1, 15, 150);
                assertNumber(set, Parameter.S2, 15, 150);
                assertDefault(set, Parameter.S3, Parameter.S4, Parameter.I1, Parameter.HEADER_PROTECTION_KEY);
                assertTypeWords(set, 1, 1);
                assertSizes(set, 2);
            }
            case V2 -> {
                assertNumber(set, Parameter.JC, 3, 6);
                assertJunk(set, 40, 90, 50, 250);
                assertNumber(set, Parameter.S1, 15, 64);
                assertNumber(set, Parameter.S2, 15, 64);
                assertNumber(set, Parameter.S3, 8, 55);
                assertNumber(set, Parameter.S4, 4, 27);
                assertDefault(set, Parameter.I2, Parameter.HEADER_PROTECTION_KEY, Parameter.RANDOM_TRAILERS);
                assertTypeWords(set, 1 << 10, 1 << 17);
                assertSizes(set, 3);
                assertThat(set.tags(Parameter.I1)).isNotEmpty();
            }
            case V3 -> {
                assertNumber(set, Parameter.JC, 2, 5);
                assertJunk(set, 64, 200, 100, 600);
                assertNumber(set, Parameter.S1, 20, 40);
                assertThat(set.range(Parameter.S2)).isEqualTo(set.range(Parameter.S1));
                assertThat(set.range(Parameter.S3)).isEqualTo(set.range(Parameter.S1));
                assertThat(set.range(Parameter.S4)).isEqualTo(set.range(Parameter.S1));
                assertDefault(set, Parameter.H1, Parameter.H2, Parameter.H3, Parameter.H4);
                assertDefault(set, Parameter.I1, Parameter.CONTENT_PADDING_ADDITION);
                assertThat(set.headerProtectionKey().isZero()).isFalse();
                assertThat(set.isOn(Parameter.RANDOM_TRAILERS)).isTrue();
                assertThat(set.isOn(Parameter.DISABLE_COOKIES)).isTrue();
                assertWithin(set, Parameter.REKEY_AFTER_TIME, 90, 160);
                assertWithin(set, Parameter.REKEY_TIMEOUT, 4, 9);
                assertWithin(set, Parameter.KEEPALIVE_TIMEOUT, 8, 16);
                assertWithin(set, Parameter.REJECT_AFTER_TIME, 200, 260);
            }
        }
    }

    private static void assertNumber(ParameterSet set, Parameter parameter, int low, int high) {
        assertThat(set.range(parameter).isSingle()).isTrue();
        assertThat(set.number(parameter)).as(parameter.configKey()).isBetween(low, high);
    }

    private static void assertWithin(ParameterSet set, Parameter parameter, int low, int high) {
        UintRange range = set.range(parameter);
        assertThat(range.low()).isGreaterThanOrEqualTo(low);
        assertThat(range.high()).isLessThanOrEqualTo(high);
        assertThat(range.isSingle()).isFalse();
    }

    private static void assertJunk(ParameterSet set, int minFrom, int minTo, int addFrom, int addTo) {
        assertNumber(set, Parameter.JMIN, minFrom, minTo);
        int add = set.number(Parameter.JMAX) - set.number(Parameter.JMIN);
        assertThat(add).isBetween(addFrom, addTo);
    }

    private static void assertDefault(ParameterSet set, Parameter... parameters) {
        for (Parameter parameter : parameters) {
            assertThat(set.isDefault(parameter)).as(parameter.configKey()).isTrue();
        }
    }

    /** G1; ranges each in a quarter of its own. */
    private static void assertTypeWords(ParameterSet set, long least, long most) {
        Set<Long> quarters = new HashSet<>();
        for (MessageType type : MessageType.values()) {
            UintRange range = set.range(type.headerParameter());
            assertThat(range.width()).isBetween(least, most);
            assertThat(TYPE_WORDS.contains(range.low()) && TYPE_WORDS.contains(range.high()))
                    .isTrue();
            long quarter = (range.low() - 5) / (TYPE_WORDS.width() / 4);
            if (most > 1) {
                assertThat((range.high() - 5) / (TYPE_WORDS.width() / 4)).isEqualTo(quarter);
            }
            quarters.add(most > 1 ? quarter : range.low());
        }
        assertThat(quarters).hasSize(4);
    }

    /** G2 and G3 for the first {@code padded} message types. */
    private static void assertSizes(ParameterSet set, int padded) {
        int[] sizes = {148 + set.number(Parameter.S1), 92 + set.number(Parameter.S2), 64 + set.number(Parameter.S3)};
        assertThat(Set.of(sizes[0], sizes[1], sizes[2])).hasSize(3);
        for (int i = 0; i < padded; i++) {
            int beyond = sizes[i] - 32 - set.number(Parameter.S4);
            assertThat(beyond < 0 || beyond % 16 != 0).isTrue();
        }
        for (int i = 0; i < 2; i++) {
            assertThat(sizes[i]).isNotIn(148, 92, 64);
        }
    }

    private static void assertFits(Generated generated, Wishes wishes) {
        int headers = wishes.isOverIpv6() ? 48 : 28;
        int path = wishes.pathMtu().orElse(1500);
        ParameterSet set = generated.parameters();
        assertThat(generated.mtu() + 32 + set.number(Parameter.S4) + headers).isLessThanOrEqualTo(path);
        assertThat(generated.mtu()).isBetween(1280 - 48 - 32 - 40, 1420);
        assertThat(set.number(Parameter.JMAX) + headers).isLessThanOrEqualTo(path);
        assertThat(set.number(Parameter.JMAX))
                .isLessThanOrEqualTo(wishes.pathMtu().isPresent() ? 1472 : 1232);
        assertThat(generated.port()).isBetween(1024, 65535).isNotEqualTo(51820);
        assertThat(generated.persistentKeepalive().isZero()).isNotEqualTo(wishes.isBehindNat());
    }

    @Test
    void everyValueIsDrawnAfresh() {
        for (ObfuscationLevel level : List.of(ObfuscationLevel.V1, ObfuscationLevel.V2, ObfuscationLevel.V3)) {
            Map<Parameter, Set<Object>> seen = new EnumMap<>(Parameter.class);
            Set<Integer> ports = new HashSet<>();
            for (int seed = 0; seed < 200; seed++) {
                Generated generated = generate(level, Wishes.NONE, seed);
                ports.add(generated.port());
                for (Parameter parameter : Parameter.values()) {
                    if (!generated.parameters().isDefault(parameter)) {
                        Object value = parameter.kind() == Parameter.Kind.KEY
                                ? generated.parameters().headerProtectionKey().revealHex()
                                : generated.parameters().get(parameter);
                        seen.computeIfAbsent(parameter, p -> new HashSet<>()).add(value);
                    }
                }
            }
            assertThat(ports).hasSizeGreaterThan(190);
            seen.forEach((parameter, values) -> {
                if (parameter.kind() != Parameter.Kind.SWITCH) {
                    assertThat(values).as(level + " " + parameter).hasSizeGreaterThan(3);
                }
            });
        }
    }

    @Test
    void keepsHandSetValues() {
        ParameterSet set = generate(ObfuscationLevel.V2, handSet("s1=40", "h2=77777", "jc=9", "i1=<rc 9>"), 1)
                .parameters();
        assertThat(set.number(Parameter.S1)).isEqualTo(40);
        assertThat(set.range(Parameter.H2)).isEqualTo(UintRange.of(77777));
        assertThat(set.number(Parameter.JC)).isEqualTo(9);
        assertThat(set.tags(Parameter.I1)).isEqualTo("<rc 9>");
    }

    @Test
    void oneHandSetPaddingSetsAllWhereTheyMustBeEqual() {
        ParameterSet set = generate(ObfuscationLevel.V3, handSet("s3=51"), 1).parameters();
        for (Parameter padding : List.of(Parameter.S1, Parameter.S2, Parameter.S3, Parameter.S4)) {
            assertThat(set.number(padding)).isEqualTo(51);
        }
    }

    @Test
    void drawsUnequalPaddingsWithoutTrailers() {
        for (int seed = 0; seed < 200; seed++) {
            ParameterSet set = generate(ObfuscationLevel.V3, handSet("random_trailers=0"), seed)
                    .parameters();
            assertThat(set.isOn(Parameter.RANDOM_TRAILERS)).isFalse();
            assertThat(set.range(Parameter.CONTENT_PADDING_ADDITION).high()).isBetween(200L, 256L);
            assertThat(ParameterRules.check(set)).isEmpty();
        }
    }

    @Test
    void takesAKeylessV3WithTypeWordsOfItsOwn() {
        String noKey = "header_protection_key=" + "00".repeat(32);
        ParameterSet set = generate(ObfuscationLevel.V3, handSet(noKey), 1).parameters();
        assertThat(set.headerProtectionKey().isZero()).isTrue();
        assertTypeWords(set, 1, 1);
    }

    @Test
    void refusesByRuleName() {
        assertRefused(ObfuscationLevel.V1, "G1", "h1=9", "h2=9");
        assertRefused(ObfuscationLevel.V1, "G1", "h1=3");
        assertRefused(ObfuscationLevel.V2, "G1", "h4=100-200", "h3=200");
        assertRefused(ObfuscationLevel.V3, "G1", "h1=2");
        assertRefused(ObfuscationLevel.V1, "G2", "s1=20", "s2=76");
        assertRefused(ObfuscationLevel.V1, "G2", "s1=28");
        assertRefused(ObfuscationLevel.V2, "G3", "s1=0");
        assertRefused(ObfuscationLevel.V2, "G3", "s2=56");
        assertRefused(ObfuscationLevel.V2, "G4", "h4=10000000-90000000");
        assertRefused(ObfuscationLevel.V3, "G5", "s1=20", "s2=30");
        assertRefused(ObfuscationLevel.V3, "G6", "h1=5", "h2=6", "h3=7", "h4=8-9");
        assertRefused(ObfuscationLevel.V3, "header-protection", "s1=5");
        assertRefused(ObfuscationLevel.V1, "junk-sizes", "jmin=100", "jmax=50");
        assertRefused(ObfuscationLevel.V1, "decoy-count", "jc=128");
        assertRefused(ObfuscationLevel.V2, "signature", "i1=<x>");
        assertRefused(ObfuscationLevel.V3, "session-times", "reject_after_time=90");
        assertRefused(ObfuscationLevel.PLAIN, "G1", "h1=2");
    }

    private static void assertRefused(ObfuscationLevel level, String rule, String... lines) {
        Wishes wishes = handSet(lines);
        RefusedParametersException refusal = catchThrowableOfType(
                RefusedParametersException.class,
                () -> new ParameterGenerator(new SeededEntropy(1)).generate(level, wishes));
        assertThat(refusal).as(level + " " + String.join(" ", lines)).isNotNull();
        assertThat(refusal.violations()).extracting(RuleViolation::rule).contains(rule);
        assertThat(refusal).hasMessageContaining(rule + ": ");
    }

    @Test
    void warnsOfWhatOlderPeersDoNotKnow() {
        assertThat(generate(ObfuscationLevel.V1, handSet("i1=<rc 9><t>"), 1).warnings())
                .extracting(RuleViolation::message)
                .containsExactly("I1 as given needs AmneziaWG 2.0 at the other end, level v1 promises AmneziaWG 1.0:"
                        + " leave it out or take level v2");
        assertThat(generate(ObfuscationLevel.PLAIN, handSet("jc=3", "jmin=10", "jmax=20"), 1)
                        .warnings())
                .extracting(RuleViolation::rule)
                .containsExactly("level", "level", "level");
    }

    @Test
    void warnsOfFragmentsOnAKnownPath() {
        Map<Parameter, ParameterValue> handSet = Map.of(Parameter.JMAX, ParameterTexts.value(Parameter.JMAX, "1400"));
        Wishes wishes = new Wishes(handSet, OptionalInt.of(1400), false, false);
        assertThat(generate(ObfuscationLevel.V1, wishes, 1).warnings())
                .extracting(RuleViolation::rule)
                .containsExactly("fragments");
    }

    @Test
    void refusesAPathThatCarriesNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Wishes(Map.of(), OptionalInt.of(575), false, false))
                .withMessageContaining("576 or more");
    }

    private static Wishes handSet(String... lines) {
        ParameterSet set = ParameterTexts.parse(lines);
        Map<Parameter, ParameterValue> values = new EnumMap<>(Parameter.class);
        for (String line : lines) {
            for (Parameter parameter : Parameter.values()) {
                if (line.startsWith(parameter.uapiKey() + "=")) {
                    values.put(parameter, set.get(parameter));
                }
            }
        }
        return new Wishes(values, OptionalInt.empty(), false, true);
    }

    private static Generated generate(ObfuscationLevel level, Wishes wishes, long seed) {
        try {
            return new ParameterGenerator(new SeededEntropy(seed)).generate(level, wishes);
        } catch (RefusedParametersException e) {
            throw new AssertionError(e);
        }
    }
}
