package skyawg.protocol.obfuscation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import skyawg.protocol.obfuscation.RuleViolation.Level;

final class ParameterRulesTest {
    private static final String KEY = "header_protection_key=" + "4b".repeat(32);
    private static final String[] GOOD_HEADERS = {"h1=1000", "h2=2000", "h3=3000", "h4=4000"};

    @Test
    void plainWireGuardIsFine() {
        assertThat(check()).isEmpty();
    }

    @Test
    void decoysAheadOfPlainWireGuardAreFine() {
        assertThat(check("jc=5", "jmin=8", "jmax=80", "i1=<b 0xdeadbeef><t>")).isEmpty();
    }

    @Test
    void overlappingTypeWordsAreRefused() {
        assertThat(check("h1=2"))
                .contains("REFUSED G1 H1, H2: H1 and H2 overlap (2, 2): give each message type values of its own");
        assertThat(refused("h1=100-200", "h2=200-300")).containsExactly("G1");
        assertThat(refused("h1=100-199", "h2=200-300")).isEmpty();
        assertThat(refused("h1=2", "h2=1")).isEmpty();
        assertThat(refused("h3=0-4294967295")).containsExactly("G1", "G1", "G1");
    }

    @Test
    void aTypeWordOfWireGuardIsNamedUnlessMasked() {
        assertThat(check("h1=1000", "h2=2000", "s1=20", "s2=33"))
                .containsExactly("WARNING G1 H3, H4: H3, H4 within 0 to 4: such a message keeps the type word of plain"
                        + " WireGuard; choose values from 5 to 2147483647, or set HeaderProtectionKey");
        assertThat(rules("s1=20", "s2=33")).containsExactly("G1");
        assertThat(rules("s1=20", "s2=21", "s3=22", "s4=23", KEY)).isEmpty();
        assertThat(rules("s1=20", "s2=21", "s3=22", "s4=23", "h1=1000", KEY)).isEmpty();
        assertThat(strict("s1=20", "s2=21", "s3=22", "s4=23", "h1=1000", KEY)).containsExactly("G1");
    }

    @Test
    void headerProtectionNeedsPaddings() {
        assertThat(check("s1=12", "s2=13", "s3=11", KEY))
                .contains("REFUSED header-protection S3, S4: S3, S4 below 12: HeaderProtectionKey takes its"
                        + " nonce from the first 12 bytes of the padding; set S1 to S4 to 12 or more, or leave the key"
                        + " out");
        assertThat(refused("s1=12", "s2=12", "s3=12", "s4=12", KEY)).isEmpty();
    }

    @Test
    void messagesOfOneSizeAreNamed() {
        assertThat(with(GOOD_HEADERS, "s1=20", "s2=76"))
                .containsExactly("WARNING G2 S1, S2: S1 + 148 = S2 + 92 = 168: two kinds of message get one size;"
                        + " change either");
        assertThat(with(GOOD_HEADERS, "s1=20", "s3=104", "s2=33", "s4=1"))
                .containsExactly("WARNING G2 S1, S3: S1 + 148 = S3 + 64 = 168: two kinds of message get one size;"
                        + " change either");
    }

    @Test
    void messagesOfADataSizeAreNamed() {
        assertThat(with(GOOD_HEADERS, "s1=28", "s2=33"))
                .containsExactly("WARNING G2 S1, S4: S1 + 148 = 176 is also a size of data packets (32 + S4 + 16 k):"
                        + " change S1 or S4");
        assertThat(with(GOOD_HEADERS, "s1=28", "s2=33", "content_padding_addition=0-256"))
                .isEmpty();
        assertThat(with(GOOD_HEADERS, "s1=30", "s2=33", "s3=1", "s4=1"))
                .singleElement()
                .asString()
                .contains("S3, S4");
    }

    @Test
    void randomTrailersMakeSizesIrrelevant() {
        assertThat(rules("s1=20", "s2=20", "s3=20", "s4=20", KEY, "random_trailers=1"))
                .isEmpty();
        assertThat(rules("s1=20", "s2=20", "s3=20", "s4=20", KEY)).containsExactly("G2");
    }

    @Test
    void sizesOfWireGuardAreNamed() {
        assertThat(with(GOOD_HEADERS, "s1=20")).singleElement().asString().startsWith("WARNING G3 S2: S2 + 92 = 92 is");
        assertThat(with(GOOD_HEADERS, "s1=21", "s2=56"))
                .singleElement()
                .asString()
                .startsWith("WARNING G3 S2: S2 + 92 = 148");
    }

    @Test
    void decoysThatReadAsMessagesAreNamed() {
        // word 0x42a41221 little-endian at S4 = 4
        String[] set = {"s1=20", "s2=33", "s3=21", "s4=4", "h1=1000", "h2=2000", "h3=3000", "h4=1118048000-1118049000"};
        assertThat(with(set, "i1=<r 4><b 0x2112a442><r 40>"))
                .containsExactly("WARNING G4 H4, I1: I1 can be taken for a message of type H4: choose another size for"
                        + " it, or a narrower H4");
        assertThat(with(set, "i1=<r 4><b 0x2112a443><r 40>")).isEmpty();
        assertThat(with(set, "i1=<r 4><b 0x2112a442><r 24>")).isEmpty();
        assertThat(with(set, "i1=<r 48>")).isEmpty();
        // two fixed high bytes put one of 65 536 words' share into the range
        assertThat(with(set, "i1=<r 6><b 0xa442><r 40>")).hasSize(1);
        assertThat(with(set, "i1=<r 4><b 0x2112><r 42>")).isEmpty();
    }

    @Test
    void junkThatReadsAsAMessageIsNamed() {
        String[] set = {"s1=20", "s2=33", "h1=1000", "h2=10000000-90000000", "h3=3000", "h4=5000", "jc=3"};
        assertThat(with(set, "jmin=100", "jmax=126"))
                .containsExactly("WARNING G4 JC, H2: junk can be taken for a message of type H2: choose another size"
                        + " for it, or a narrower H2");
        assertThat(with(set, "jmin=100", "jmax=125")).isEmpty();
        assertThat(with(set, "jmin=126", "jmax=300")).isEmpty();
    }

    @Test
    void theTrailerTrapIsNamed() {
        assertThat(check("s1=20", "s2=21", "s3=20", "s4=20", KEY, "random_trailers=1"))
                .containsExactly("WARNING G5 S1, S2, S3, S4, RANDOM_TRAILERS: RandomTrailers with unequal S1 to S4:"
                        + " other receivers take data packets for handshakes and drop them; set all four to 20 at both"
                        + " ends");
        String[] equal = {"s1=20", "s2=20", "s3=20", "s4=20", KEY, "random_trailers=1"};
        assertThat(with(equal, "h1=10000000-20000000", "h2=5-1048580"))
                .singleElement()
                .asString()
                .startsWith("WARNING G6 H1: RandomTrailers with a wide H1:");
        assertThat(strict(append(equal, "h1=10-12", "h2=20", "h3=30", "h4=40"))).containsExactly("G6");
    }

    @Test
    void junkSizesMustMakeSense() {
        assertThat(check("jc=1", "jmin=100", "jmax=50"))
                .containsExactly("REFUSED junk-sizes JMIN, JMAX: Jmin 100 is above Jmax 50: exchange them");
        assertThat(refused("jc=0", "jmin=100", "jmax=50")).isEmpty();
        assertThat(refused("jc=1", "jmin=0", "jmax=65507")).isEmpty();
        assertThat(refused("jc=1", "jmin=0", "jmax=65508")).containsExactly("junk-sizes");
    }

    @Test
    void decoysAndInitiationFitOneBatch() {
        assertThat(refused("jc=127")).isEmpty();
        assertThat(refused("jc=128")).containsExactly("decoy-count");
        assertThat(refused("jc=125", "i1=<t>", "i5=<t>")).isEmpty();
        assertThat(check("jc=126", "i1=<t>", "i5=<t>"))
                .containsExactly("REFUSED decoy-count JC, I1, I5: 128 decoys ahead of each initiation: set Jc to 125 or"
                        + " less");
    }

    @Test
    void signaturePacketsMustBeReadable() {
        assertThat(check("i2=<x>"))
                .containsExactly(
                        "REFUSED signature I2: I2: <x>: unknown tag; there are b, r, rc, rd, t, c, d, ds and" + " dz");
        assertThat(rules("i1=<c>")).containsExactly("counter-tag");
        assertThat(rules("i1=<b 0xc0ffee>")).containsExactly("static-signature");
        assertThat(rules("i1=text")).isEmpty();
    }

    @Test
    void paddedMessagesMustFitADatagram() {
        for (MessageType type : MessageType.values()) {
            int most = 65507 - type.length();
            String key = type.paddingParameter().uapiKey() + "=";
            assertThat(refused(key + most)).isEmpty();
            assertThat(refused(key + (most + 1))).containsExactly("message-size");
        }
    }

    @Test
    void sessionsMustOutliveTheirRenewal() {
        assertThat(check("rekey_after_time=200"))
                .containsExactly("ERROR session-times REKEY_AFTER_TIME: RejectAfterTime 180 is not above"
                        + " RekeyAfterTime 200: sessions die before they are renewed; set it above 205");
        assertThat(check("reject_after_time=90-200", "rekey_after_time=60", "keepalive_timeout=80-90"))
                .singleElement()
                .asString()
                .startsWith("ERROR session-times REJECT_AFTER_TIME, KEEPALIVE_TIMEOUT: ");
        assertThat(check("reject_after_time=125"))
                .singleElement()
                .asString()
                .startsWith("WARNING session-times REJECT_AFTER_TIME: ");
        assertThat(check("reject_after_time=126")).isEmpty();
        assertThat(refused("rekey_after_time=65535")).isEmpty();
    }

    @Test
    void givingUpCookiesIsNamedUnlessTheHeaderIsProtected() {
        assertThat(check("disable_cookies=1"))
                .singleElement()
                .asString()
                .startsWith("WARNING cookies DISABLE_COOKIES: DisableCookies without HeaderProtectionKey");
        assertThat(rules("s1=20", "s2=21", "s3=22", "s4=23", "disable_cookies=1", KEY))
                .isEmpty();
    }

    @Test
    void fragmentsAreNamedWithTheLargestGoodValue() {
        ParameterSet set = ParameterTexts.parse("jc=3", "jmin=40", "jmax=1400", "i3=<r 1473>", "s4=20");
        assertThat(texts(ParameterRules.checkSizes(set, 1420, 1500, false)))
                .containsExactly("WARNING fragments I3: I3 has 1473 bytes and is cut in fragments on a path of MTU 1500"
                        + " over IPv4: make it 1472 or less");
        assertThat(texts(ParameterRules.checkSizes(set, 1420, 1500, true)))
                .hasSize(2)
                .last()
                .asString()
                .endsWith("the largest good MTU is 1400");
        assertThat(ParameterRules.checkSizes(set, 1200, 1427, false))
                .extracting(violation -> violation.parameters().getFirst())
                .containsExactly(Parameter.JMAX, Parameter.I3);
        assertThat(ParameterRules.checkSizes(ParameterSet.DEFAULTS, 1440, 1500, false))
                .isEmpty();
        assertThat(ParameterRules.checkSizes(ParameterSet.DEFAULTS, 1441, 1500, false))
                .hasSize(1);
    }

    @Test
    void theWorstComesFirst() {
        assertThat(ParameterRules.check(ParameterTexts.parse("s1=20", "i1=<x>", "rekey_after_time=200")))
                .extracting(RuleViolation::level)
                .isSorted()
                .contains(Level.REFUSED, Level.ERROR, Level.WARNING);
    }

    private static List<String> check(String... lines) {
        return texts(ParameterRules.check(ParameterTexts.parse(lines)));
    }

    private static List<String> with(String[] base, String... more) {
        return check(append(base, more));
    }

    private static List<String> rules(String... lines) {
        return names(ParameterRules.check(ParameterTexts.parse(lines)));
    }

    private static List<String> refused(String... lines) {
        return names(ParameterRules.refusals(ParameterTexts.parse(lines)));
    }

    private static List<String> strict(String... lines) {
        return names(ParameterRules.checkStrictly(ParameterTexts.parse(lines)));
    }

    private static List<String> names(List<RuleViolation> violations) {
        return violations.stream().map(RuleViolation::rule).toList();
    }

    private static List<String> texts(List<RuleViolation> violations) {
        return violations.stream()
                .map(v -> v.level() + " " + v.rule() + " "
                        + String.join(
                                ", ", v.parameters().stream().map(Enum::name).toList()) + ": " + v.message())
                .toList();
    }

    private static String[] append(String[] base, String... more) {
        String[] all = new String[base.length + more.length];
        System.arraycopy(base, 0, all, 0, base.length);
        System.arraycopy(more, 0, all, base.length, more.length);
        return all;
    }
}
