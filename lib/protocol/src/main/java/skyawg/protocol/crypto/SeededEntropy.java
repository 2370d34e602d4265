package skyawg.protocol.crypto;

import skyawg.protocol.wire.Memory;

/**
 * Repeatable numbers from a seed, for tests and simulations only: whoever knows the seed knows every number.
 * SplitMix64.
 */
public final class SeededEntropy implements Entropy {
    private long state;

    public SeededEntropy(long seed) {
        state = seed;
    }

    @Override
    public long nextLong() {
        state += 0x9e37_79b9_7f4a_7c15L;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d0_49bb_1331_11ebL;
        return z ^ (z >>> 31);
    }

    @Override
    public void fill(long address, int length) {
        for (int done = 0; done < length; done += Long.BYTES) {
            long word = nextLong();
            for (int i = done; i < Math.min(length, done + Long.BYTES); i++) {
                Memory.putByte(address + i, (int) word);
                word >>>= Byte.SIZE;
            }
        }
    }

    @Override
    public void fill(byte[] bytes) {
        for (int done = 0; done < bytes.length; done += Long.BYTES) {
            long word = nextLong();
            for (int i = done; i < Math.min(bytes.length, done + Long.BYTES); i++) {
                bytes[i] = (byte) word;
                word >>>= Byte.SIZE;
            }
        }
    }

    @Override
    public long uniform(long low, long high) {
        return UniformNumber.draw(this, low, high);
    }
}
