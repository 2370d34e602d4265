package skyawg.protocol.crypto;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import skyawg.protocol.wire.Memory;

/**
 * Cryptographically secure random numbers without a system call for each: a ChaCha20 generator with fast key erasure,
 * seeded from the kernel. Each refill takes its next key from its own output first, and what is handed out is zeroed
 * behind it, so a later look at memory tells nothing about earlier numbers. The kernel's generator is mixed in anew
 * after every megabyte. Belongs to one thread; only a refill's rounds pass through the heap, zeroed at once.
 */
public final class SystemEntropy implements Entropy {
    private static final int LANES = ChaCha20Rounds.LANES;
    private static final int BUFFER_LENGTH = ChaCha20Rounds.STATE_LENGTH * Integer.BYTES;
    private static final int REFILLS_PER_SEED = (1 << 20) / BUFFER_LENGTH;
    private static final int KEY_LENGTH = KeyVault.KEY_LENGTH;
    private static final int KEY_WORDS = KEY_LENGTH / Integer.BYTES;
    private static final int KEY_ROW = 4;
    private static final int COUNTER_ROW = 12;

    private final Arena arena = Arena.ofAuto();
    private final long buffer = Memory.allocate(arena, BUFFER_LENGTH);
    private final long key = Memory.allocate(arena, KEY_LENGTH);
    private final int[] state = new int[ChaCha20Rounds.STATE_LENGTH];
    private int position = BUFFER_LENGTH;
    private int refillsLeft;

    /** Eight bytes at a time, what is left of the last eight unused: as fast as copying, and nothing stays behind. */
    @Override
    public void fill(long address, int length) {
        int done = 0;
        for (; done <= length - Long.BYTES; done += Long.BYTES) {
            Memory.putLongLe(address + done, nextLong());
        }
        if (done < length) {
            long word = nextLong();
            for (; done < length; done++) {
                Memory.putByte(address + done, (int) word);
                word >>>= Byte.SIZE;
            }
        }
    }

    @Override
    public void fill(byte[] bytes) {
        long word = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (i % Long.BYTES == 0) {
                word = nextLong();
            }
            bytes[i] = (byte) word;
            word >>>= Byte.SIZE;
        }
    }

    @Override
    public long nextLong() {
        if (position == BUFFER_LENGTH) {
            refill();
        }
        long at = buffer + position;
        long value = Memory.getLongLe(at);
        Memory.putLongLe(at, 0);
        position += Long.BYTES;
        return value;
    }

    @Override
    public long uniform(long low, long high) {
        return UniformNumber.draw(this, low, high);
    }

    /** Blocks 0 to 71 under the key with a nonce of zero (RFC 8439 §2.3), in the order of the lanes. */
    private void refill() {
        if (refillsLeft == 0) {
            reseed();
            refillsLeft = REFILLS_PER_SEED;
        }
        refillsLeft--;
        setInput();
        ChaCha20Rounds.apply(state);
        addInput();
        MemorySegment.copy(state, 0, Memory.ALL, ValueLayout.JAVA_INT_UNALIGNED, buffer, state.length);
        Arrays.fill(state, 0);
        Memory.copy(buffer, key, KEY_LENGTH);
        KeyVault.wipe(buffer, KEY_LENGTH);
        position = KEY_LENGTH;
    }

    private void setInput() {
        row(0, ChaCha20Block.SIGMA0);
        row(1, ChaCha20Block.SIGMA1);
        row(2, ChaCha20Block.SIGMA2);
        row(3, ChaCha20Block.SIGMA3);
        for (int i = 0; i < KEY_WORDS; i++) {
            row(KEY_ROW + i, Memory.getIntLe(key + 4L * i));
        }
        for (int lane = 0; lane < LANES; lane++) {
            state[COUNTER_ROW * LANES + lane] = lane;
        }
        Arrays.fill(state, (COUNTER_ROW + 1) * LANES, state.length, 0);
    }

    private void addInput() {
        add(0, ChaCha20Block.SIGMA0);
        add(1, ChaCha20Block.SIGMA1);
        add(2, ChaCha20Block.SIGMA2);
        add(3, ChaCha20Block.SIGMA3);
        for (int i = 0; i < KEY_WORDS; i++) {
            add(KEY_ROW + i, Memory.getIntLe(key + 4L * i));
        }
        for (int lane = 0; lane < LANES; lane++) {
            state[COUNTER_ROW * LANES + lane] += lane;
        }
    }

    private void row(int word, int value) {
        Arrays.fill(state, word * LANES, (word + 1) * LANES, value);
    }

    private void add(int word, int value) {
        for (int i = word * LANES; i < (word + 1) * LANES; i++) {
            state[i] += value;
        }
    }

    private void reseed() {
        byte[] seed = KernelRandom.key();
        for (int i = 0; i < KEY_LENGTH; i++) {
            Memory.putByte(key + i, Memory.getByte(key + i) ^ seed[i]);
        }
        Arrays.fill(seed, (byte) 0);
    }
}
