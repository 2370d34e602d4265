package skyawg.protocol.obfuscation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import skyawg.protocol.crypto.SeededEntropy;
import skyawg.protocol.vectors.Vectors;
import tools.jackson.databind.JsonNode;

final class ContentPaddingTest {
    private static final int MTU = 1420;

    private final SeededEntropy entropy = new SeededEntropy(13);

    @Test
    void padsToSixteenAsRecorded() {
        ContentPadding padding = new ContentPadding(ParameterSet.DEFAULTS);
        int ran = 0;
        for (JsonNode vector : Vectors.own("awg/padding.json").get("cases")) {
            int length = vector.get("length").asInt();
            int mtu = vector.get("mtu").asInt();
            assertThat(padding.lengthFor(length, mtu, 500, entropy))
                    .as("%d bytes at MTU %d", length, mtu)
                    .isEqualTo(vector.get("padding").asInt());
            ran++;
        }
        assertThat(ran).isEqualTo(126);
    }

    @Test
    void padsEveryLengthToSixteenAndNeverOverTheMtu() {
        ContentPadding padding = new ContentPadding(ParameterSet.DEFAULTS);
        for (int mtu : new int[] {576, 1280, 1412, MTU, 1500}) {
            for (int length = 0; length <= Math.min(1500, mtu); length++) {
                int padded = length + padding.lengthFor(length, mtu, 500, entropy);
                assertThat(padded).isBetween(length, mtu);
                assertThat(padded % 16 == 0 || padded == mtu)
                        .as("%d bytes at MTU %d", length, mtu)
                        .isTrue();
            }
        }
    }

    @Test
    void drawsEveryAdditionAndNeverOverTheMtu() {
        ContentPadding padding = new ContentPadding(ParameterTexts.parse("content_padding_addition=3-77"));
        for (int length = 0; length <= 1500; length++) {
            int zeros = padding.lengthFor(length, MTU, 500, entropy);
            if (length <= MTU) {
                assertThat(zeros).isBetween(Math.min(3, MTU - length), Math.min(77, MTU - length));
            } else {
                assertThat(zeros).isBetween(3, 77);
            }
        }
        assertThat(distinct(padding, 0, 500)).isEqualTo(75);
    }

    @Test
    void fillsUpToTheWindowAndNeverOverTheMtu() {
        ContentPadding padding = new ContentPadding(ParameterTexts.parse("s4=20", "random_trailers=1"));
        for (int window : new int[] {0, 500, 1472, 9000}) {
            for (int length = 0; length <= 1500; length++) {
                int datagram = 20 + 32 + length + padding.lengthFor(length, MTU, window, entropy);
                assertThat(datagram).isBetween(20 + 32 + length, Math.max(20 + 32 + length, window - 1));
                assertThat(datagram - 20 - 32).isLessThanOrEqualTo(Math.max(MTU, length));
            }
        }
        assertThat(distinct(padding, 0, 500)).isEqualTo(500 - 52);
        assertThat(padding.lengthFor(448, MTU, 500, entropy)).isZero();
    }

    @Test
    void prefersTheAdditionToTheWindow() {
        ContentPadding padding =
                new ContentPadding(ParameterTexts.parse("content_padding_addition=5", "random_trailers=1"));
        assertThat(distinct(padding, 0, 500)).isEqualTo(1);
        assertThat(padding.isRandom()).isTrue();
    }

    @Test
    void anAdditionFromZeroIsStillAnAddition() {
        ContentPadding padding = new ContentPadding(ParameterTexts.parse("content_padding_addition=0-5"));
        assertThat(distinct(padding, 0, 500)).isEqualTo(6);
    }

    private long distinct(ContentPadding padding, int length, int window) {
        boolean[] seen = new boolean[2000];
        int count = 0;
        for (int i = 0; i < 20_000; i++) {
            int zeros = padding.lengthFor(length, MTU, window, entropy);
            count += seen[zeros] ? 0 : 1;
            seen[zeros] = true;
        }
        return count;
    }
}
