package skyawg.protocol.noise;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import skyawg.protocol.crypto.DhKey;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.crypto.SeededEntropy;
import skyawg.protocol.names.UintRange;
import skyawg.protocol.wire.Memory;

/** Seeded numbers, but for the keys, indices and type words that a recording prescribes. */
final class ScriptedEntropy implements Entropy {
    private final SeededEntropy rest = new SeededEntropy(0x5c817);
    private final ArrayDeque<byte[]> keys = new ArrayDeque<>();
    private final ArrayDeque<Integer> indices = new ArrayDeque<>();
    private final Map<UintRange, Long> draws = new HashMap<>();

    void nextKey(byte[] key) {
        keys.add(key);
    }

    void nextIndex(int index) {
        indices.add(index);
    }

    void draw(UintRange range, long value) {
        draws.put(range, value);
    }

    boolean isUsedUp() {
        return keys.isEmpty() && indices.isEmpty();
    }

    @Override
    public void fill(long address, int length) {
        if (length == DhKey.LENGTH && !keys.isEmpty()) {
            Memory.copy(keys.remove(), 0, address, length);
        } else {
            rest.fill(address, length);
        }
    }

    @Override
    public void fill(byte[] bytes) {
        rest.fill(bytes);
    }

    @Override
    public long nextLong() {
        return indices.isEmpty() ? rest.nextLong() : indices.remove();
    }

    @Override
    public long uniform(long low, long high) {
        if (low >= 0 && high <= UintRange.MAX) {
            Long value = draws.get(new UintRange(low, high));
            if (value != null) {
                return value;
            }
        }
        return rest.uniform(low, high);
    }
}
