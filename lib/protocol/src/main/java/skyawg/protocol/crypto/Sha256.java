package skyawg.protocol.crypto;

import java.lang.foreign.Arena;
import skyawg.protocol.wire.Memory;

/**
 * SHA-256 (FIPS 180-4). Begin, update as often as wanted, finish:
 *
 * <pre>
 *   sha256.begin();                        // h = SHA-256(h | x)
 *   sha256.update(hash, 0, 32);
 *   sha256.update(x, offset, length);
 *   sha256.finish(hash, 0);
 * </pre>
 *
 * <p>The state lies off the heap, since keys go through it, and is zeroed by {@code finish}. No call allocates. One
 * thread at a time.
 */
public final class Sha256 {
    public static final int HASH_LENGTH = 32;
    static final int BLOCK_LENGTH = 64;

    private static final int[] INITIAL = {
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19
    };

    /** FIPS 180-4 §4.2.2: the cube roots of the first 64 primes. */
    private static final int[] ROUND_CONSTANTS = {
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, //
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, //
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, //
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, //
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, //
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, //
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, //
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2
    };

    private static final int ROUNDS = 64;
    private static final int STATE_LENGTH = HASH_LENGTH;
    private static final int BIT_COUNT_OFFSET = BLOCK_LENGTH - Long.BYTES;

    private final Arena arena = Arena.ofAuto();
    /** State in the machine's own words, block, message schedule. */
    private final long state = Memory.allocate(arena, STATE_LENGTH + 5 * BLOCK_LENGTH);

    private final long block = state + STATE_LENGTH;
    private final long schedule = block + BLOCK_LENGTH;
    private int buffered;
    private long total;

    /** Begins a hash. */
    public void begin() {
        for (int i = 0; i < INITIAL.length; i++) {
            Memory.putIntLe(state + 4L * i, INITIAL[i]);
        }
        buffered = 0;
        total = 0;
    }

    public void update(byte[] input, int offset, int length) {
        int done = 0;
        while (done < length) {
            int part = Math.min(length - done, BLOCK_LENGTH - buffered);
            Memory.copy(input, offset + done, block + buffered, part);
            done += part;
            take(part);
        }
    }

    public void update(long input, int length) {
        int done = 0;
        while (done < length) {
            int part = Math.min(length - done, BLOCK_LENGTH - buffered);
            Memory.copyShort(input + done, block + buffered, part);
            done += part;
            take(part);
        }
    }

    /** Writes the 32 bytes of the result and wipes the state. */
    public void finish(byte[] out, int offset) {
        complete();
        Memory.copy(state, out, offset, HASH_LENGTH);
        wipe();
    }

    /** Writes the 32 bytes of the result and wipes the state. */
    public void finish(long out) {
        complete();
        Memory.copyShort(state, out, HASH_LENGTH);
        wipe();
    }

    /** Copies the state behind whole blocks, {@link #HASH_LENGTH} bytes, for {@link #resume}. */
    void save(long savedState) {
        Memory.copyShort(state, savedState, STATE_LENGTH);
        wipe();
    }

    /** Begins a hash behind the {@code blocks} whole blocks that {@link #save} was called after. */
    void resume(long savedState, int blocks) {
        Memory.copyShort(savedState, state, STATE_LENGTH);
        buffered = 0;
        total = (long) blocks * BLOCK_LENGTH;
    }

    private void take(int part) {
        buffered += part;
        total += part;
        if (buffered == BLOCK_LENGTH) {
            compress(state, block, schedule);
            buffered = 0;
        }
    }

    /** FIPS 180-4 §5.1.1: a one bit, zeros, the length in bits. The result takes the state's place. */
    private void complete() {
        Memory.clearShort(block + buffered, BLOCK_LENGTH - buffered);
        Memory.putByte(block + buffered, 0x80);
        if (buffered >= BIT_COUNT_OFFSET) {
            compress(state, block, schedule);
            Memory.clearShort(block, BLOCK_LENGTH);
        }
        Memory.putLongBe(block + BIT_COUNT_OFFSET, total * Byte.SIZE);
        compress(state, block, schedule);
        for (int i = 0; i < STATE_LENGTH; i += Integer.BYTES) {
            Memory.putIntBe(state + i, Memory.getIntLe(state + i));
        }
    }

    private void wipe() {
        KeyVault.wipe(state, STATE_LENGTH + 5 * BLOCK_LENGTH);
        buffered = 0;
    }

    private static void compress(long state, long block, long schedule) {
        expandSchedule(block, schedule);
        int a = Memory.getIntLe(state);
        int b = Memory.getIntLe(state + 4);
        int c = Memory.getIntLe(state + 8);
        int d = Memory.getIntLe(state + 12);
        int e = Memory.getIntLe(state + 16);
        int f = Memory.getIntLe(state + 20);
        int g = Memory.getIntLe(state + 24);
        int h = Memory.getIntLe(state + 28);
        for (int round = 0; round < ROUNDS; round++) {
            int sum1 = Integer.rotateRight(e, 6) ^ Integer.rotateRight(e, 11) ^ Integer.rotateRight(e, 25);
            int chosen = g ^ (e & (f ^ g));
            int first = h + sum1 + chosen + ROUND_CONSTANTS[round] + Memory.getIntLe(schedule + 4L * round);
            int sum0 = Integer.rotateRight(a, 2) ^ Integer.rotateRight(a, 13) ^ Integer.rotateRight(a, 22);
            int majority = (a & b) | (c & (a | b));
            h = g;
            g = f;
            f = e;
            e = d + first;
            d = c;
            c = b;
            b = a;
            a = first + sum0 + majority;
        }
        add(state, a);
        add(state + 4, b);
        add(state + 8, c);
        add(state + 12, d);
        add(state + 16, e);
        add(state + 20, f);
        add(state + 24, g);
        add(state + 28, h);
    }

    private static void expandSchedule(long block, long schedule) {
        for (int i = 0; i < BLOCK_LENGTH; i += Integer.BYTES) {
            Memory.putIntLe(schedule + i, Memory.getIntBe(block + i));
        }
        for (long at = schedule + BLOCK_LENGTH; at < schedule + 4L * ROUNDS; at += Integer.BYTES) {
            int w15 = Memory.getIntLe(at - 60);
            int w2 = Memory.getIntLe(at - 8);
            int sigma0 = Integer.rotateRight(w15, 7) ^ Integer.rotateRight(w15, 18) ^ (w15 >>> 3);
            int sigma1 = Integer.rotateRight(w2, 17) ^ Integer.rotateRight(w2, 19) ^ (w2 >>> 10);
            Memory.putIntLe(at, Memory.getIntLe(at - 64) + sigma0 + Memory.getIntLe(at - 28) + sigma1);
        }
    }

    private static void add(long at, int word) {
        Memory.putIntLe(at, Memory.getIntLe(at) + word);
    }
}
