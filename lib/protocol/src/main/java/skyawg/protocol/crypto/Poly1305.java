package skyawg.protocol.crypto;

import skyawg.protocol.wire.Memory;

/**
 * The authenticator of the AEAD construction (RFC 8439 §2.5, §2.8) for short messages. All state is in local variables;
 * limbs of 26 bits, so that sums of products stay below 2^63 and no branch depends on a secret.
 */
final class Poly1305 {
    private static final int BLOCK = 16;
    private static final long MASK = 0x3ff_ffff;

    private Poly1305() {}

    /**
     * Writes the tag over {@code pad16(additional) || pad16(text) || lengths}.
     *
     * @param oneTimeKey 32 bytes
     * @param scratch 16 bytes, overwritten
     */
    static void authenticate(
            long oneTimeKey, long additional, int additionalLength, long text, int textLength, long scratch, long tag) {
        long r0 = Memory.getIntLe(oneTimeKey) & 0x3ff_ffffL;
        long r1 = (Memory.getIntLe(oneTimeKey + 3) >>> 2) & 0x3ff_ff03L;
        long r2 = (Memory.getIntLe(oneTimeKey + 6) >>> 4) & 0x3ff_c0ffL;
        long r3 = (Memory.getIntLe(oneTimeKey + 9) >>> 6) & 0x3f0_3fffL;
        long r4 = (Memory.getIntLe(oneTimeKey + 12) >>> 8) & 0x00f_ffffL;
        long s1 = r1 * 5;
        long s2 = r2 * 5;
        long s3 = r3 * 5;
        long s4 = r4 * 5;
        long h0 = 0;
        long h1 = 0;
        long h2 = 0;
        long h3 = 0;
        long h4 = 0;
        int additionalBlocks = (additionalLength + BLOCK - 1) / BLOCK;
        int textBlocks = (textLength + BLOCK - 1) / BLOCK;
        int blocks = additionalBlocks + textBlocks + 1;
        for (int i = 0; i < blocks; i++) {
            long at;
            if (i < additionalBlocks) {
                at = padded(additional, i * BLOCK, additionalLength, scratch);
            } else if (i < blocks - 1) {
                at = padded(text, (i - additionalBlocks) * BLOCK, textLength, scratch);
            } else {
                Memory.putLongLe(scratch, additionalLength);
                Memory.putLongLe(scratch + 8, textLength);
                at = scratch;
            }
            h0 += Memory.getIntLe(at) & MASK;
            h1 += (Memory.getIntLe(at + 3) >>> 2) & MASK;
            h2 += (Memory.getIntLe(at + 6) >>> 4) & MASK;
            h3 += (Memory.getIntLe(at + 9) >>> 6) & MASK;
            h4 += ((Memory.getIntLe(at + 12) >>> 8) & MASK) | (1L << 24);
            long d0 = h0 * r0 + h1 * s4 + h2 * s3 + h3 * s2 + h4 * s1;
            long d1 = h0 * r1 + h1 * r0 + h2 * s4 + h3 * s3 + h4 * s2;
            long d2 = h0 * r2 + h1 * r1 + h2 * r0 + h3 * s4 + h4 * s3;
            long d3 = h0 * r3 + h1 * r2 + h2 * r1 + h3 * r0 + h4 * s4;
            long d4 = h0 * r4 + h1 * r3 + h2 * r2 + h3 * r1 + h4 * r0;
            d1 += d0 >>> 26;
            d2 += d1 >>> 26;
            d3 += d2 >>> 26;
            d4 += d3 >>> 26;
            h0 = (d0 & MASK) + (d4 >>> 26) * 5;
            h1 = (d1 & MASK) + (h0 >>> 26);
            h0 &= MASK;
            h2 = d2 & MASK;
            h3 = d3 & MASK;
            h4 = d4 & MASK;
        }
        h2 += h1 >>> 26;
        h1 &= MASK;
        h3 += h2 >>> 26;
        h2 &= MASK;
        h4 += h3 >>> 26;
        h3 &= MASK;
        h0 += (h4 >>> 26) * 5;
        h4 &= MASK;
        h1 += h0 >>> 26;
        h0 &= MASK;
        h2 += h1 >>> 26;
        h1 &= MASK;
        h3 += h2 >>> 26;
        h2 &= MASK;
        h4 += h3 >>> 26;
        h3 &= MASK;

        // h - p, taken instead of h when it does not go below zero
        long g0 = h0 + 5;
        long g1 = h1 + (g0 >>> 26);
        long g2 = h2 + (g1 >>> 26);
        long g3 = h3 + (g2 >>> 26);
        long g4 = h4 + (g3 >>> 26) - (1L << 26);
        long keep = g4 >> 63;
        h0 = (h0 & keep) | (g0 & MASK & ~keep);
        h1 = (h1 & keep) | (g1 & MASK & ~keep);
        h2 = (h2 & keep) | (g2 & MASK & ~keep);
        h3 = (h3 & keep) | (g3 & MASK & ~keep);
        h4 = (h4 & keep) | (g4 & MASK & ~keep);

        long word0 = (h0 | ((h1 << 26) & 0xffff_ffffL)) + (Memory.getIntLe(oneTimeKey + 16) & 0xffff_ffffL);
        long word1 = (((h1 >>> 6) | (h2 << 20)) & 0xffff_ffffL) + (Memory.getIntLe(oneTimeKey + 20) & 0xffff_ffffL);
        long word2 = (((h2 >>> 12) | (h3 << 14)) & 0xffff_ffffL) + (Memory.getIntLe(oneTimeKey + 24) & 0xffff_ffffL);
        long word3 = (((h3 >>> 18) | (h4 << 8)) & 0xffff_ffffL) + (Memory.getIntLe(oneTimeKey + 28) & 0xffff_ffffL);
        word1 += word0 >>> 32;
        word2 += word1 >>> 32;
        word3 += word2 >>> 32;
        Memory.putIntLe(tag, (int) word0);
        Memory.putIntLe(tag + 4, (int) word1);
        Memory.putIntLe(tag + 8, (int) word2);
        Memory.putIntLe(tag + 12, (int) word3);
    }

    /** The address of a whole block: the input's own, or {@code scratch} with the rest of the input and zeros. */
    private static long padded(long input, int offset, int length, long scratch) {
        int left = length - offset;
        if (left >= BLOCK) {
            return input + offset;
        }
        Memory.fill(scratch, BLOCK, 0);
        Memory.copy(input + offset, scratch, left);
        return scratch;
    }
}
