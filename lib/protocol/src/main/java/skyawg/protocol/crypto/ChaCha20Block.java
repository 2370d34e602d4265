package skyawg.protocol.crypto;

import skyawg.protocol.wire.Memory;

/** The ChaCha20 block function and HChaCha20 (RFC 8439 §2.3, draft-irtf-cfrg-xchacha §2.2), for short streams. */
public final class ChaCha20Block {
    public static final int LENGTH = 64;
    public static final int NONCE_LENGTH = 12;

    static final int SIGMA0 = 0x61707865;
    static final int SIGMA1 = 0x3320646e;
    static final int SIGMA2 = 0x79622d32;
    static final int SIGMA3 = 0x6b206574;
    static final int DOUBLE_ROUNDS = 10;

    private ChaCha20Block() {}

    /**
     * Writes {@code 64 * blocks} bytes of key stream, from block 0 on.
     *
     * @param keyAddress 32 bytes
     * @param nonceAddress 12 bytes, read before anything is written
     */
    public static void keystream(long keyAddress, long nonceAddress, long out, int blocks) {
        int nonce0 = Memory.getIntLe(nonceAddress);
        int nonce1 = Memory.getIntLe(nonceAddress + 4);
        int nonce2 = Memory.getIntLe(nonceAddress + 8);
        for (int counter = 0; counter < blocks; counter++) {
            block(keyAddress, counter, nonce0, nonce1, nonce2, out + (long) counter * LENGTH, true);
        }
    }

    /** The first block of key stream, block number {@code counter}. */
    static void block(long key, int counter, int nonce0, int nonce1, int nonce2, long out) {
        block(key, counter, nonce0, nonce1, nonce2, out, true);
    }

    /** HChaCha20: a 32-byte subkey from a key and the first 16 bytes of a nonce. */
    static void subkey(long key, long nonce16, long out32) {
        block(
                key,
                Memory.getIntLe(nonce16),
                Memory.getIntLe(nonce16 + 4),
                Memory.getIntLe(nonce16 + 8),
                Memory.getIntLe(nonce16 + 12),
                out32,
                false);
    }

    private static void block(long key, int counter, int nonce0, int nonce1, int nonce2, long out, boolean whole) {
        int k0 = Memory.getIntLe(key);
        int k1 = Memory.getIntLe(key + 4);
        int k2 = Memory.getIntLe(key + 8);
        int k3 = Memory.getIntLe(key + 12);
        int k4 = Memory.getIntLe(key + 16);
        int k5 = Memory.getIntLe(key + 20);
        int k6 = Memory.getIntLe(key + 24);
        int k7 = Memory.getIntLe(key + 28);
        int x0 = SIGMA0;
        int x1 = SIGMA1;
        int x2 = SIGMA2;
        int x3 = SIGMA3;
        int x4 = k0;
        int x5 = k1;
        int x6 = k2;
        int x7 = k3;
        int x8 = k4;
        int x9 = k5;
        int x10 = k6;
        int x11 = k7;
        int x12 = counter;
        int x13 = nonce0;
        int x14 = nonce1;
        int x15 = nonce2;
        for (int round = 0; round < DOUBLE_ROUNDS; round++) {
            // columns
            x0 += x4;
            x12 = Integer.rotateLeft(x12 ^ x0, 16);
            x8 += x12;
            x4 = Integer.rotateLeft(x4 ^ x8, 12);
            x0 += x4;
            x12 = Integer.rotateLeft(x12 ^ x0, 8);
            x8 += x12;
            x4 = Integer.rotateLeft(x4 ^ x8, 7);

            x1 += x5;
            x13 = Integer.rotateLeft(x13 ^ x1, 16);
            x9 += x13;
            x5 = Integer.rotateLeft(x5 ^ x9, 12);
            x1 += x5;
            x13 = Integer.rotateLeft(x13 ^ x1, 8);
            x9 += x13;
            x5 = Integer.rotateLeft(x5 ^ x9, 7);

            x2 += x6;
            x14 = Integer.rotateLeft(x14 ^ x2, 16);
            x10 += x14;
            x6 = Integer.rotateLeft(x6 ^ x10, 12);
            x2 += x6;
            x14 = Integer.rotateLeft(x14 ^ x2, 8);
            x10 += x14;
            x6 = Integer.rotateLeft(x6 ^ x10, 7);

            x3 += x7;
            x15 = Integer.rotateLeft(x15 ^ x3, 16);
            x11 += x15;
            x7 = Integer.rotateLeft(x7 ^ x11, 12);
            x3 += x7;
            x15 = Integer.rotateLeft(x15 ^ x3, 8);
            x11 += x15;
            x7 = Integer.rotateLeft(x7 ^ x11, 7);

            // diagonals
            x0 += x5;
            x15 = Integer.rotateLeft(x15 ^ x0, 16);
            x10 += x15;
            x5 = Integer.rotateLeft(x5 ^ x10, 12);
            x0 += x5;
            x15 = Integer.rotateLeft(x15 ^ x0, 8);
            x10 += x15;
            x5 = Integer.rotateLeft(x5 ^ x10, 7);

            x1 += x6;
            x12 = Integer.rotateLeft(x12 ^ x1, 16);
            x11 += x12;
            x6 = Integer.rotateLeft(x6 ^ x11, 12);
            x1 += x6;
            x12 = Integer.rotateLeft(x12 ^ x1, 8);
            x11 += x12;
            x6 = Integer.rotateLeft(x6 ^ x11, 7);

            x2 += x7;
            x13 = Integer.rotateLeft(x13 ^ x2, 16);
            x8 += x13;
            x7 = Integer.rotateLeft(x7 ^ x8, 12);
            x2 += x7;
            x13 = Integer.rotateLeft(x13 ^ x2, 8);
            x8 += x13;
            x7 = Integer.rotateLeft(x7 ^ x8, 7);

            x3 += x4;
            x14 = Integer.rotateLeft(x14 ^ x3, 16);
            x9 += x14;
            x4 = Integer.rotateLeft(x4 ^ x9, 12);
            x3 += x4;
            x14 = Integer.rotateLeft(x14 ^ x3, 8);
            x9 += x14;
            x4 = Integer.rotateLeft(x4 ^ x9, 7);
        }
        if (!whole) {
            Memory.putIntLe(out, x0);
            Memory.putIntLe(out + 4, x1);
            Memory.putIntLe(out + 8, x2);
            Memory.putIntLe(out + 12, x3);
            Memory.putIntLe(out + 16, x12);
            Memory.putIntLe(out + 20, x13);
            Memory.putIntLe(out + 24, x14);
            Memory.putIntLe(out + 28, x15);
            return;
        }
        Memory.putIntLe(out, x0 + SIGMA0);
        Memory.putIntLe(out + 4, x1 + SIGMA1);
        Memory.putIntLe(out + 8, x2 + SIGMA2);
        Memory.putIntLe(out + 12, x3 + SIGMA3);
        Memory.putIntLe(out + 16, x4 + k0);
        Memory.putIntLe(out + 20, x5 + k1);
        Memory.putIntLe(out + 24, x6 + k2);
        Memory.putIntLe(out + 28, x7 + k3);
        Memory.putIntLe(out + 32, x8 + k4);
        Memory.putIntLe(out + 36, x9 + k5);
        Memory.putIntLe(out + 40, x10 + k6);
        Memory.putIntLe(out + 44, x11 + k7);
        Memory.putIntLe(out + 48, x12 + counter);
        Memory.putIntLe(out + 52, x13 + nonce0);
        Memory.putIntLe(out + 56, x14 + nonce1);
        Memory.putIntLe(out + 60, x15 + nonce2);
    }
}
