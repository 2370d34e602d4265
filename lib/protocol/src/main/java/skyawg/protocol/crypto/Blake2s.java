package skyawg.protocol.crypto;

import java.lang.foreign.Arena;
import skyawg.protocol.wire.Memory;

/**
 * BLAKE2s (RFC 7693) with 32 bytes of output, or with a key and 16 bytes of output: WireGuard's HASH and MAC. Begin,
 * update as often as wanted, finish:
 *
 * <pre>
 *   blake2s.begin();                       // H = HASH(H || x)
 *   blake2s.update(hash, 0, 32);
 *   blake2s.update(x, offset, length);
 *   blake2s.finish(hash, 0);
 * </pre>
 *
 * <p>The state lies off the heap, since a key goes through it, and is zeroed by {@code finish}. No call allocates. One
 * thread at a time.
 */
public final class Blake2s {
    public static final int HASH_LENGTH = 32;
    public static final int MAC_LENGTH = 16;

    /** Bytes of what {@link #absorbKey} writes. */
    public static final int KEYED_STATE_LENGTH = 32;

    static final int BLOCK_LENGTH = 64;

    private static final int[] IV = {
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19
    };
    private static final byte[] SIGMA = {
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, //
        14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3, //
        11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4, //
        7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8, //
        9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13, //
        2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9, //
        12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11, //
        13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10, //
        6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5, //
        10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0
    };

    private static final int STATE_LENGTH = KEYED_STATE_LENGTH;

    private final Arena arena = Arena.ofAuto();
    private final long state = Memory.allocate(arena, STATE_LENGTH + BLOCK_LENGTH);
    private final long block = state + STATE_LENGTH;
    private int buffered;
    private long total;
    private int outputLength;

    /** Begins a hash of 32 bytes. */
    public void begin() {
        start(HASH_LENGTH, 0);
    }

    /** Begins a MAC of 16 bytes with a key of 1 to 32 bytes. */
    public void beginMac(byte[] key, int offset, int length) {
        beginKeyed(MAC_LENGTH, key, offset, length);
    }

    /** Begins a MAC of 16 bytes with a key of 1 to 32 bytes. */
    public void beginMac(long key, int length) {
        start(MAC_LENGTH, length);
        Memory.copyShort(key, block, length);
    }

    /** Begins a keyed hash of 1 to 32 bytes. */
    void beginKeyed(int outputBytes, byte[] key, int offset, int length) {
        start(outputBytes, length);
        Memory.copy(key, offset, block, length);
    }

    public void update(byte[] input, int offset, int length) {
        int done = 0;
        while (done < length) {
            compressFullBlock();
            int part = Math.min(length - done, BLOCK_LENGTH - buffered);
            Memory.copy(input, offset + done, block + buffered, part);
            buffered += part;
            done += part;
        }
    }

    public void update(long input, int length) {
        int done = 0;
        while (done < length) {
            compressFullBlock();
            int part = Math.min(length - done, BLOCK_LENGTH - buffered);
            Memory.copyShort(input + done, block + buffered, part);
            buffered += part;
            done += part;
        }
    }

    /** Writes the 32 or 16 bytes of the result and wipes the state. */
    public void finish(byte[] out, int offset) {
        complete();
        Memory.copy(state, out, offset, outputLength);
        wipe();
    }

    /** Writes the 32 or 16 bytes of the result and wipes the state. */
    public void finish(long out) {
        complete();
        Memory.copyShort(state, out, outputLength);
        wipe();
    }

    /**
     * Takes in the key of a MAC just begun and copies the {@link #KEYED_STATE_LENGTH} bytes of state behind it, for
     * {@link #resumeMac}.
     */
    public void absorbKey(long savedState) {
        compressFullBlock();
        Memory.copyShort(state, savedState, STATE_LENGTH);
    }

    /** Begins a MAC behind the key that {@link #absorbKey} took in. At least one byte of input must follow. */
    public void resumeMac(long savedState) {
        resume(MAC_LENGTH, savedState);
    }

    /** Takes a whole block of a hash just begun and copies the 32 bytes of state after it, for {@link #resume}. */
    void absorb(long wholeBlock, long savedState) {
        compress(state, wholeBlock, BLOCK_LENGTH, 0);
        Memory.copyShort(state, savedState, STATE_LENGTH);
    }

    /** Begins a hash behind the block that {@link #absorb} took. */
    void resume(long savedState) {
        resume(HASH_LENGTH, savedState);
    }

    private void resume(int outputBytes, long savedState) {
        start(outputBytes, 0);
        Memory.copyShort(savedState, state, STATE_LENGTH);
        total = BLOCK_LENGTH;
    }

    private void start(int outputBytes, int keyBytes) {
        if (keyBytes < 0 || keyBytes > HASH_LENGTH) {
            throw new IllegalArgumentException("a BLAKE2s key has at most 32 bytes, not " + keyBytes);
        }
        for (int i = 0; i < IV.length; i++) {
            Memory.putIntLe(state + 4L * i, IV[i]);
        }
        Memory.putIntLe(state, IV[0] ^ 0x0101_0000 ^ (keyBytes << 8) ^ outputBytes);
        Memory.clearShort(block, BLOCK_LENGTH);
        buffered = keyBytes == 0 ? 0 : BLOCK_LENGTH;
        total = 0;
        outputLength = outputBytes;
    }

    /** The last block is compressed by {@link #complete}, so a full one waits until more input follows. */
    private void compressFullBlock() {
        if (buffered == BLOCK_LENGTH) {
            total += BLOCK_LENGTH;
            compress(state, block, total, 0);
            buffered = 0;
        }
    }

    private void complete() {
        total += buffered;
        Memory.clearShort(block + buffered, BLOCK_LENGTH - buffered);
        compress(state, block, total, -1);
    }

    private void wipe() {
        KeyVault.wipe(state, STATE_LENGTH + BLOCK_LENGTH);
        buffered = 0;
    }

    private static void compress(long state, long block, long total, int lastBlock) {
        int v0 = Memory.getIntLe(state);
        int v1 = Memory.getIntLe(state + 4);
        int v2 = Memory.getIntLe(state + 8);
        int v3 = Memory.getIntLe(state + 12);
        int v4 = Memory.getIntLe(state + 16);
        int v5 = Memory.getIntLe(state + 20);
        int v6 = Memory.getIntLe(state + 24);
        int v7 = Memory.getIntLe(state + 28);
        int v8 = IV[0];
        int v9 = IV[1];
        int v10 = IV[2];
        int v11 = IV[3];
        int v12 = IV[4] ^ (int) total;
        int v13 = IV[5] ^ (int) (total >>> 32);
        int v14 = IV[6] ^ lastBlock;
        int v15 = IV[7];
        for (int s = 0; s < SIGMA.length; s += 16) {
            v0 += v4 + word(block, s);
            v12 = Integer.rotateRight(v12 ^ v0, 16);
            v8 += v12;
            v4 = Integer.rotateRight(v4 ^ v8, 12);
            v0 += v4 + word(block, s + 1);
            v12 = Integer.rotateRight(v12 ^ v0, 8);
            v8 += v12;
            v4 = Integer.rotateRight(v4 ^ v8, 7);

            v1 += v5 + word(block, s + 2);
            v13 = Integer.rotateRight(v13 ^ v1, 16);
            v9 += v13;
            v5 = Integer.rotateRight(v5 ^ v9, 12);
            v1 += v5 + word(block, s + 3);
            v13 = Integer.rotateRight(v13 ^ v1, 8);
            v9 += v13;
            v5 = Integer.rotateRight(v5 ^ v9, 7);

            v2 += v6 + word(block, s + 4);
            v14 = Integer.rotateRight(v14 ^ v2, 16);
            v10 += v14;
            v6 = Integer.rotateRight(v6 ^ v10, 12);
            v2 += v6 + word(block, s + 5);
            v14 = Integer.rotateRight(v14 ^ v2, 8);
            v10 += v14;
            v6 = Integer.rotateRight(v6 ^ v10, 7);

            v3 += v7 + word(block, s + 6);
            v15 = Integer.rotateRight(v15 ^ v3, 16);
            v11 += v15;
            v7 = Integer.rotateRight(v7 ^ v11, 12);
            v3 += v7 + word(block, s + 7);
            v15 = Integer.rotateRight(v15 ^ v3, 8);
            v11 += v15;
            v7 = Integer.rotateRight(v7 ^ v11, 7);

            v0 += v5 + word(block, s + 8);
            v15 = Integer.rotateRight(v15 ^ v0, 16);
            v10 += v15;
            v5 = Integer.rotateRight(v5 ^ v10, 12);
            v0 += v5 + word(block, s + 9);
            v15 = Integer.rotateRight(v15 ^ v0, 8);
            v10 += v15;
            v5 = Integer.rotateRight(v5 ^ v10, 7);

            v1 += v6 + word(block, s + 10);
            v12 = Integer.rotateRight(v12 ^ v1, 16);
            v11 += v12;
            v6 = Integer.rotateRight(v6 ^ v11, 12);
            v1 += v6 + word(block, s + 11);
            v12 = Integer.rotateRight(v12 ^ v1, 8);
            v11 += v12;
            v6 = Integer.rotateRight(v6 ^ v11, 7);

            v2 += v7 + word(block, s + 12);
            v13 = Integer.rotateRight(v13 ^ v2, 16);
            v8 += v13;
            v7 = Integer.rotateRight(v7 ^ v8, 12);
            v2 += v7 + word(block, s + 13);
            v13 = Integer.rotateRight(v13 ^ v2, 8);
            v8 += v13;
            v7 = Integer.rotateRight(v7 ^ v8, 7);

            v3 += v4 + word(block, s + 14);
            v14 = Integer.rotateRight(v14 ^ v3, 16);
            v9 += v14;
            v4 = Integer.rotateRight(v4 ^ v9, 12);
            v3 += v4 + word(block, s + 15);
            v14 = Integer.rotateRight(v14 ^ v3, 8);
            v9 += v14;
            v4 = Integer.rotateRight(v4 ^ v9, 7);
        }
        mix(state, v0 ^ v8);
        mix(state + 4, v1 ^ v9);
        mix(state + 8, v2 ^ v10);
        mix(state + 12, v3 ^ v11);
        mix(state + 16, v4 ^ v12);
        mix(state + 20, v5 ^ v13);
        mix(state + 24, v6 ^ v14);
        mix(state + 28, v7 ^ v15);
    }

    private static int word(long block, int index) {
        return Memory.getIntLe(block + 4L * SIGMA[index]);
    }

    private static void mix(long address, int value) {
        Memory.putIntLe(address, Memory.getIntLe(address) ^ value);
    }
}
