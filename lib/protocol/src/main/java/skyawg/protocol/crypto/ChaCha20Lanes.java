package skyawg.protocol.crypto;

import java.lang.foreign.Arena;
import java.util.Arrays;
import skyawg.protocol.wire.Memory;

/**
 * Header protection for a batch: the first 16 bytes of ChaCha20 key stream (block 0) for many nonces under one key.
 * From 20 nonces on they are worked out side by side, which costs a third of one after the other. An instance belongs
 * to one thread; no call allocates.
 */
public final class ChaCha20Lanes {
    /** Bytes of key stream made for each nonce: a transport header's length. */
    public static final int STREAM_LENGTH = 16;

    private static final int LANES = ChaCha20Rounds.LANES;
    /** Fewer are faster one by one, since all lanes are worked out in any case. */
    private static final int WORTHWHILE = 20;

    private static final int KEY_WORDS = 8;
    private static final int KEY_ROW = 4;
    private static final int NONCE_ROW = 13;
    private static final int[] SIGMA = {
        ChaCha20Block.SIGMA0, ChaCha20Block.SIGMA1, ChaCha20Block.SIGMA2, ChaCha20Block.SIGMA3
    };

    private final Arena arena = Arena.ofAuto();
    private final long block = Memory.allocate(arena, ChaCha20Block.LENGTH);
    private final int[] state = new int[ChaCha20Rounds.STATE_LENGTH];

    /**
     * Writes 16 bytes of key stream to {@code out + 16 * i} for each nonce.
     *
     * @param keyAddress 32 bytes
     * @param nonces {@code count} nonces of 12 bytes, one behind the other
     */
    public void headers(long keyAddress, long nonces, int count, long out) {
        int done = 0;
        while (count - done >= WORTHWHILE) {
            int part = Math.min(count - done, LANES);
            sideBySide(
                    keyAddress,
                    nonces + (long) done * ChaCha20Block.NONCE_LENGTH,
                    part,
                    out + (long) done * STREAM_LENGTH);
            done += part;
        }
        for (; done < count; done++) {
            ChaCha20Block.keystream(keyAddress, nonces + (long) done * ChaCha20Block.NONCE_LENGTH, block, 1);
            Memory.copyShort(block, out + (long) done * STREAM_LENGTH, STREAM_LENGTH);
        }
    }

    private void sideBySide(long key, long nonces, int count, long out) {
        for (int i = 0; i < SIGMA.length; i++) {
            row(i, SIGMA[i]);
        }
        for (int i = 0; i < KEY_WORDS; i++) {
            row(KEY_ROW + i, Memory.getIntLe(key + 4L * i));
        }
        row(NONCE_ROW - 1, 0);
        for (int lane = 0; lane < count; lane++) {
            long nonce = nonces + (long) lane * ChaCha20Block.NONCE_LENGTH;
            state[NONCE_ROW * LANES + lane] = Memory.getIntLe(nonce);
            state[(NONCE_ROW + 1) * LANES + lane] = Memory.getIntLe(nonce + 4);
            state[(NONCE_ROW + 2) * LANES + lane] = Memory.getIntLe(nonce + 8);
        }
        ChaCha20Rounds.apply(state);
        for (int lane = 0; lane < count; lane++) {
            long at = out + (long) lane * STREAM_LENGTH;
            Memory.putIntLe(at, state[lane] + ChaCha20Block.SIGMA0);
            Memory.putIntLe(at + 4, state[LANES + lane] + ChaCha20Block.SIGMA1);
            Memory.putIntLe(at + 8, state[2 * LANES + lane] + ChaCha20Block.SIGMA2);
            Memory.putIntLe(at + 12, state[3 * LANES + lane] + ChaCha20Block.SIGMA3);
        }
        // The rounds can be undone: what is left would tell the key.
        Arrays.fill(state, 0);
    }

    private void row(int word, int value) {
        Arrays.fill(state, word * LANES, (word + 1) * LANES, value);
    }
}
