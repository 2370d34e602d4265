package skyawg.protocol.vectors;

import java.util.ArrayDeque;
import java.util.Arrays;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.wire.Memory;

/** Random bytes and numbers that a vector prescribes, in the order they are drawn; asking for others fails. */
public final class PrescribedEntropy implements Entropy {
    private final ArrayDeque<byte[]> fills = new ArrayDeque<>();
    private final ArrayDeque<Long> numbers = new ArrayDeque<>();

    public PrescribedEntropy thenBytes(byte[] bytes) {
        fills.add(bytes);
        return this;
    }

    public PrescribedEntropy thenNumber(long number) {
        numbers.add(number);
        return this;
    }

    public boolean isUsedUp() {
        return fills.isEmpty() && numbers.isEmpty();
    }

    @Override
    public void fill(long address, int length) {
        Memory.copy(next(length), 0, address, length);
    }

    @Override
    public void fill(byte[] bytes) {
        byte[] next = next(bytes.length);
        System.arraycopy(next, 0, bytes, 0, next.length);
    }

    @Override
    public long nextLong() {
        return numbers.remove();
    }

    @Override
    public long uniform(long low, long high) {
        long number = numbers.remove();
        if (number < low || number > high) {
            throw new IllegalStateException("a vector prescribes " + number + " for " + low + " to " + high);
        }
        return number;
    }

    private byte[] next(int length) {
        byte[] bytes = fills.remove();
        if (bytes.length != length) {
            throw new IllegalStateException("a vector prescribes " + bytes.length + " bytes where " + length
                    + " are drawn: " + Arrays.toString(bytes));
        }
        return bytes;
    }
}
