package skyawg.protocol.obfuscation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import skyawg.protocol.crypto.OffHeap;
import skyawg.protocol.crypto.SeededEntropy;

final class SignaturePacketTest {
    private final SeededEntropy entropy = new SeededEntropy(11);
    private final OffHeap memory = new OffHeap();

    @AfterEach
    void freeMemory() {
        memory.close();
    }

    @Test
    void reportsEveryFaultAtOnce() {
        assertThatThrownBy(() -> SignaturePacket.parse("<b 0xabc><r><R 5><t><b zz><rd -1"))
                .isInstanceOf(SignatureSyntaxException.class)
                .hasMessage("<b 0xabc>: odd number of hex digits; <r>: a number of bytes is missing;"
                        + " <R 5>: unknown tag; there are b, r, rc, rd, t, c, d, ds and dz;"
                        + " <b zz>: not a hex digit: z; <rd -1: the closing > is missing");
    }

    @Test
    void cutsALongListOfFaultsAndALongQuote() {
        assertThatThrownBy(() -> SignaturePacket.parse("<>".repeat(20_000)))
                .hasMessageEndingWith("; and 19992 more")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400));
        assertThatThrownBy(() -> SignaturePacket.parse("<\u001b[31m" + "x".repeat(1000) + ">"))
                .satisfies(
                        e -> assertThat(e.getMessage()).doesNotContain("\u001b").hasSizeLessThan(200));
    }

    @Test
    void refusesNegativeLengthsButTakesZeroOfEitherSign() throws SignatureSyntaxException {
        for (String tag : new String[] {"r", "rc", "rd", "dz"}) {
            assertThatThrownBy(() -> SignaturePacket.parse("<" + tag + " -1>"))
                    .hasMessageContaining("a length cannot be negative");
            assertThat(SignaturePacket.parse("<" + tag + " -0>").length()).isZero();
            assertThat(SignaturePacket.parse("<" + tag + " +3>").length()).isEqualTo(3);
        }
    }

    @Test
    void refusesWhatNoDatagramTakes() throws SignatureSyntaxException {
        assertThat(SignaturePacket.parse("<r 65507>").length()).isEqualTo(65507);
        for (String text : new String[] {
            "<r 65508>", "<r 65507><t>", "<r 99999999999999999999>", "<r 2147483647><r 2147483647>", "<dz 4294967296>"
        }) {
            assertThatThrownBy(() -> SignaturePacket.parse(text))
                    .as(text)
                    .hasMessageContaining("a datagram takes 65507");
        }
    }

    @Test
    void tellsUnsetFromEmpty() throws SignatureSyntaxException {
        assertThat(SignaturePacket.parse("no tag > at all").isAbsent()).isTrue();
        assertThat(SignaturePacket.parse("<r 0>").isAbsent()).isFalse();
        assertThat(SignaturePacket.parse("<d>").length()).isZero();
    }

    @Test
    void fillsFieldsFromTheirAlphabets() throws SignatureSyntaxException {
        SignaturePacket packet = SignaturePacket.parse("<b 0x00ff><rc 2000><rd 2000><t><c><r 3>");
        long to = memory.allocate(packet.length());
        assertThat(packet.write(to, 0x1122_3344_5566_7788L, 0x99aa_bbcc, entropy))
                .isEqualTo(2 + 4000 + 8 + 3);
        assertThat(OffHeap.hex(to, 2)).isEqualTo("00ff");
        String letters = new String(OffHeap.get(to + 2, 2000), StandardCharsets.ISO_8859_1);
        assertThat(letters).matches("[a-zA-Z]+");
        assertThat(letters.chars().distinct().count()).isEqualTo(52);
        String digits = new String(OffHeap.get(to + 2002, 2000), StandardCharsets.ISO_8859_1);
        assertThat(digits).matches("[0-9]+");
        assertThat(digits.chars().distinct().count()).isEqualTo(10);
        assertThat(OffHeap.hex(to + 4002, 8)).isEqualTo("55667788" + "99aabbcc");
    }

    @Test
    void saysWhatIsFixed() throws SignatureSyntaxException {
        SignaturePacket packet = SignaturePacket.parse("<b 0x0aff><r 1><dz 1><t>");
        int[] expected = {0x0a, 0xff, -1, 0, -1, -1, -1, -1};
        for (int i = 0; i < expected.length; i++) {
            assertThat(packet.fixedByte(i)).isEqualTo(expected[i]);
        }
        assertThat(packet.isStatic()).isFalse();
        assertThat(SignaturePacket.parse("<b 01><dz 3>").isStatic()).isTrue();
    }
}
