package skyawg.protocol.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys as text, secret and public. */
final class KeyTextTest {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final String GOOD = "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=";

    @Property(tries = 500)
    void base64AndHexComeBackAsTheyWent(@ForAll @Size(32) byte[] bytes) {
        String base64 = Base64.getEncoder().encodeToString(bytes);
        String hex = HexFormat.of().formatHex(bytes);
        assertThat(PublicKey.parseBase64(base64).toBytes()).isEqualTo(bytes);
        assertThat(PublicKey.parseBase64(base64).toBase64()).isEqualTo(base64);
        assertThat(PublicKey.parseHex(hex).toHex()).isEqualTo(hex);
        assertThat(PublicKey.parseHex(hex.toUpperCase(Locale.ROOT))).isEqualTo(PublicKey.of(bytes));
        try (Secret secret = Secret.parseBase64(base64);
                Secret same = Secret.parseHex(hex.toUpperCase(Locale.ROOT))) {
            assertThat(secret).isEqualTo(same);
            assertThat(secret.revealBase64()).isEqualTo(base64);
            assertThat(secret.revealHex()).isEqualTo(hex);
        }
    }

    /** One character anywhere: exactly the alphabet is taken, and in the last place only what leaves no spare bits. */
    @Test
    void takesExactlyTheAlphabetAndTheCanonicalEnd() {
        for (int position = 0; position < 43; position++) {
            for (char c = 0; c < 0x180; c++) {
                String text = GOOD.substring(0, position) + c + GOOD.substring(position + 1);
                int digit = ALPHABET.indexOf(c);
                boolean isGood = digit >= 0 && (position < 42 || digit % 4 == 0);
                if (isGood) {
                    assertThat(PublicKey.parseBase64(text).toBase64()).isEqualTo(text);
                } else {
                    assertRefused(text);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "=",
                "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg",
                "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg==",
                " xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg",
                "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg\n",
                "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8D==",
                "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8DgA"
            })
    void refusesAnotherLengthOrEnd(String text) {
        assertRefused(text);
    }

    private static void assertRefused(String text) {
        assertThatIllegalArgumentException()
                .as(text)
                .isThrownBy(() -> Secret.parseBase64(text))
                .withMessage("key is not the correct length or format")
                .withNoCause();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "g", "-1"})
    void refusesHexThatIsNone(String unit) {
        String tooShort = unit.repeat(Math.max(0, 62 / Math.max(1, unit.length())));
        assertThatIllegalArgumentException().isThrownBy(() -> Secret.parseHex(tooShort));
        assertThatIllegalArgumentException().isThrownBy(() -> PublicKey.parseHex(tooShort));
        String sixtyFour = "0".repeat(63) + (unit.isEmpty() ? "\uff11" : "g");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Secret.parseHex(sixtyFour))
                .withMessageNotContaining("000");
        assertThatIllegalArgumentException().isThrownBy(() -> PublicKey.parseHex(sixtyFour));
    }

    @Test
    void aSecretNeverPrintsItself() {
        try (Secret secret = Secret.parseBase64(GOOD)) {
            assertThat(secret).hasToString("(hidden)");
            assertThat(String.valueOf(new Holder(secret)))
                    .contains("(hidden)")
                    .doesNotContain("xTIB")
                    .doesNotContain("c532");
            assertThat(secret.hashCode()).isEqualTo(Secret.zero().hashCode());
        }
    }

    private record Holder(Secret secret) {}

    @Test
    void aClosedSecretIsZero() {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) 7);
        Secret secret = Secret.owning(bytes);
        Secret copy = secret.copy();
        assertThat(secret.isZero()).isFalse();
        secret.close();
        assertThat(secret.isZero()).isTrue();
        assertThat(bytes).as("the array it took over").isEqualTo(new byte[32]);
        assertThat(copy.isZero()).as("a copy lives on").isFalse();
        assertThat(copy).isNotEqualTo(secret);
        copy.close();
    }

    @Test
    void aPublicKeyKeepsItsBytesToItself() {
        byte[] bytes = new byte[32];
        PublicKey key = PublicKey.of(bytes);
        bytes[0] = 1;
        key.toBytes()[1] = 1;
        assertThat(key).isEqualTo(PublicKey.of(new byte[32])).isNotEqualTo(PublicKey.of(bytes));
        assertThat(key.hashCode()).isEqualTo(PublicKey.of(new byte[32]).hashCode());
        byte[] message = new byte[40];
        message[7] = 1;
        assertThat(key.matches(message, 8)).isTrue();
        assertThat(key.matches(message, 7)).isFalse();
    }

    @Test
    void refusesAnotherNumberOfBytes() {
        for (int length : new int[] {0, 31, 33, 64}) {
            assertThatIllegalArgumentException().isThrownBy(() -> PublicKey.of(new byte[length]));
            assertThatIllegalArgumentException().isThrownBy(() -> Secret.owning(new byte[length]));
        }
    }
}
