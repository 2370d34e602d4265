package skyawg.protocol.obfuscation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import skyawg.protocol.crypto.OffHeap;
import skyawg.protocol.crypto.SeededEntropy;

final class DecoysTest {
    private final SeededEntropy entropy = new SeededEntropy(5);
    private final OffHeap memory = new OffHeap();

    @AfterEach
    void freeMemory() {
        memory.close();
    }

    @Test
    void sendsSignaturePacketsInOrderThenJunk() {
        Decoys decoys = new Decoys(ParameterTexts.parse(
                "jc=2", "jmin=30", "jmax=40", "i1=<b 0x11>", "i2=ignored text", "i3=<b 0x3333>", "i5=<b 0x55><t>"));
        int[] lengths = new int[decoys.count()];
        long to = memory.allocate(decoys.maxBytes());
        int written = decoys.write(to, lengths, 0x6b03e0adL, entropy);
        assertThat(lengths).hasSize(5).startsWith(1, 2, 5);
        assertThat(OffHeap.hex(to, 8)).isEqualTo("11" + "3333" + "556b03e0ad");
        assertThat(lengths[3]).isBetween(30, 39);
        assertThat(lengths[4]).isBetween(30, 39);
        assertThat(written).isEqualTo(8 + lengths[3] + lengths[4]);
    }

    @Test
    void junkIsFromJminToBelowJmax() {
        Decoys decoys = new Decoys(ParameterTexts.parse("jc=10", "jmin=30", "jmax=40"));
        int[] lengths = new int[10];
        long to = memory.allocate(decoys.maxBytes());
        boolean[] seen = new boolean[50];
        for (int i = 0; i < 1000; i++) {
            decoys.write(to, lengths, 0, entropy);
            for (int length : lengths) {
                seen[length] = true;
            }
        }
        for (int length = 0; length < seen.length; length++) {
            assertThat(seen[length]).as("length %d", length).isEqualTo(length >= 30 && length < 40);
        }
    }

    @Test
    void equalBoundsGiveThatSize() {
        assertThat(junkLengths("jc=3", "jmin=64", "jmax=64")).containsExactly(64, 64, 64);
        assertThat(junkLengths("jc=3", "jmin=0", "jmax=0")).containsExactly(0, 0, 0);
    }

    @Test
    void anEmptySignaturePacketIsSent() {
        assertThat(junkLengths("i1=<r 0>", "i2=<d>")).containsExactly(0, 0);
    }

    @Test
    void countsUpWithEachSignaturePacketSent() {
        Decoys decoys = new Decoys(ParameterTexts.parse("i1=<c>", "i2=<r 4>", "i4=<c>"));
        int[] lengths = new int[3];
        long to = memory.allocate(decoys.maxBytes());
        decoys.write(to, lengths, 0, entropy);
        int first = HexFormat.fromHexDigits(OffHeap.hex(to, 4));
        assertThat(HexFormat.fromHexDigits(OffHeap.hex(to + 8, 4))).isEqualTo(first + 2);
        decoys.write(to, lengths, 0, entropy);
        assertThat(HexFormat.fromHexDigits(OffHeap.hex(to, 4))).isNotEqualTo(first);
    }

    private int[] junkLengths(String... lines) {
        Decoys decoys = new Decoys(ParameterTexts.parse(lines));
        int[] lengths = new int[decoys.count()];
        decoys.write(memory.allocate(decoys.maxBytes()), lengths, 0, entropy);
        return lengths;
    }
}
