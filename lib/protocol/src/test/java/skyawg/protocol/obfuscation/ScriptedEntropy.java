package skyawg.protocol.obfuscation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.wire.Memory;

/** Hands out what a recording says was drawn, in order, and fails on a draw that the recording does not have. */
final class ScriptedEntropy implements Entropy {
    private final Deque<byte[]> fills = new ArrayDeque<>();
    private final Deque<Long> draws = new ArrayDeque<>();

    void nextFill(byte[] bytes) {
        fills.add(bytes);
    }

    void nextDraw(long value) {
        draws.add(value);
    }

    void assertUsedUp() {
        assertThat(fills).isEmpty();
        assertThat(draws).isEmpty();
    }

    @Override
    public void fill(long address, int length) {
        byte[] bytes = fills.remove();
        assertThat(length).isEqualTo(bytes.length);
        Memory.copy(bytes, 0, address, length);
    }

    @Override
    public void fill(byte[] bytes) {
        throw new AssertionError("not recorded");
    }

    @Override
    public long nextLong() {
        throw new AssertionError("not recorded");
    }

    @Override
    public long uniform(long low, long high) {
        long value = draws.remove();
        assertThat(value).isBetween(low, high);
        return value;
    }
}
