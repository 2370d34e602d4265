package skyawg.protocol.crypto;

/**
 * The twenty rounds of ChaCha20 on many blocks side by side, in a shape that the JIT turns into vector code: word
 * {@code w} of lane {@code l} is at {@code w * LANES + l}, and each quarter round is one loop over the lanes at
 * constant offsets in one array.
 *
 * <p>A loop's vectors begin where the array is aligned for them, up to 8 lanes in, and go in steps of 64; hence 72
 * lanes. Measured with AVX2: 37 ns a block, against 140 ns for one at a time; with 64 lanes 54 ns.
 */
final class ChaCha20Rounds {
    static final int LANES = 72;
    static final int STATE_LENGTH = 16 * LANES;

    private static final int L = LANES;

    private ChaCha20Rounds() {}

    /** Ten double rounds, without the addition of the input that follows them. */
    static void apply(int[] state) {
        for (int round = 0; round < ChaCha20Block.DOUBLE_ROUNDS; round++) {
            quarterRound(state, 0, 4 * L, 8 * L, 12 * L);
            quarterRound(state, L, 5 * L, 9 * L, 13 * L);
            quarterRound(state, 2 * L, 6 * L, 10 * L, 14 * L);
            quarterRound(state, 3 * L, 7 * L, 11 * L, 15 * L);
            quarterRound(state, 0, 5 * L, 10 * L, 15 * L);
            quarterRound(state, L, 6 * L, 11 * L, 12 * L);
            quarterRound(state, 2 * L, 7 * L, 8 * L, 13 * L);
            quarterRound(state, 3 * L, 4 * L, 9 * L, 14 * L);
        }
    }

    private static void quarterRound(int[] state, int rowA, int rowB, int rowC, int rowD) {
        for (int lane = 0; lane < L; lane++) {
            int a = state[rowA + lane];
            int b = state[rowB + lane];
            int c = state[rowC + lane];
            int d = state[rowD + lane];
            a += b;
            d = Integer.rotateLeft(d ^ a, 16);
            c += d;
            b = Integer.rotateLeft(b ^ c, 12);
            a += b;
            d = Integer.rotateLeft(d ^ a, 8);
            c += d;
            b = Integer.rotateLeft(b ^ c, 7);
            state[rowA + lane] = a;
            state[rowB + lane] = b;
            state[rowC + lane] = c;
            state[rowD + lane] = d;
        }
    }
}
