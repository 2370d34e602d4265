package skyawg.protocol.crypto;

import java.lang.foreign.Arena;
import skyawg.protocol.wire.Memory;

/**
 * HMAC-BLAKE2s (RFC 2104) and WireGuard's key derivation on it, HKDF with empty info (WireGuard paper §5.4):
 *
 * <pre>
 *   PRK = HMAC(key, input)   T1 = HMAC(PRK, 0x01)   T2 = HMAC(PRK, T1 || 0x02)   T3 = HMAC(PRK, T2 || 0x03)
 * </pre>
 *
 * <p>Keys and outputs are 32 bytes off the heap; an output may be the place of the key or of the input. No call
 * allocates, and nothing is left behind. One thread at a time.
 */
public final class Kdf {
    private static final int LENGTH = Blake2s.HASH_LENGTH;
    private static final int BLOCK = Blake2s.BLOCK_LENGTH;
    private static final long INNER_PAD = 0x3636_3636_3636_3636L;
    private static final long OUTER_PAD = 0x5c5c_5c5c_5c5c_5c5cL;

    private final Blake2s blake2s = new Blake2s();
    private final Arena arena = Arena.ofAuto();
    private final long pad = Memory.allocate(arena, BLOCK + 4 * LENGTH + Long.BYTES);
    private final long innerState = pad + BLOCK;
    private final long outerState = innerState + LENGTH;
    private final long digest = outerState + LENGTH;
    private final long previous = digest + LENGTH;
    private final long number = previous + LENGTH;

    /** HMAC of any key length; 32 bytes to {@code out}. */
    public void hmac(long key, int keyLength, byte[] input, int offset, int length, long out) {
        setKey(key, keyLength);
        beginInner(length);
        blake2s.update(input, offset, length);
        finishOuter(out);
        wipe();
    }

    /** HMAC of any key length; 32 bytes to {@code out}. */
    public void hmac(long key, int keyLength, long input, int length, long out) {
        setKey(key, keyLength);
        beginInner(length);
        blake2s.update(input, length);
        finishOuter(out);
        wipe();
    }

    public void kdf1(long key, byte[] input, int offset, int length, long out1) {
        extract(key, input, offset, length);
        expand(1, out1);
        wipe();
    }

    public void kdf1(long key, long input, int length, long out1) {
        extract(key, input, length);
        expand(1, out1);
        wipe();
    }

    public void kdf2(long key, byte[] input, int offset, int length, long out1, long out2) {
        extract(key, input, offset, length);
        expand(1, out1);
        expand(2, out2);
        wipe();
    }

    public void kdf2(long key, long input, int length, long out1, long out2) {
        extract(key, input, length);
        expand(1, out1);
        expand(2, out2);
        wipe();
    }

    public void kdf3(long key, byte[] input, int offset, int length, long out1, long out2, long out3) {
        extract(key, input, offset, length);
        expand(1, out1);
        expand(2, out2);
        expand(3, out3);
        wipe();
    }

    public void kdf3(long key, long input, int length, long out1, long out2, long out3) {
        extract(key, input, length);
        expand(1, out1);
        expand(2, out2);
        expand(3, out3);
        wipe();
    }

    private void extract(long key, byte[] input, int offset, int length) {
        setKey(key, LENGTH);
        beginInner(length);
        blake2s.update(input, offset, length);
        finishOuter(digest);
        setKey(digest, LENGTH);
    }

    private void extract(long key, long input, int length) {
        setKey(key, LENGTH);
        beginInner(length);
        blake2s.update(input, length);
        finishOuter(digest);
        setKey(digest, LENGTH);
    }

    private void expand(int index, long out) {
        beginInner(1);
        if (index > 1) {
            blake2s.update(previous, LENGTH);
        }
        Memory.putByte(number, index);
        blake2s.update(number, 1);
        finishOuter(previous);
        Memory.copyShort(previous, out, LENGTH);
    }

    /** Both hashes of an HMAC begin with a block made of the key: their states behind it serve all its uses. */
    private void setKey(long key, int keyLength) {
        Memory.clearShort(pad, BLOCK);
        if (keyLength > BLOCK) {
            blake2s.begin();
            blake2s.update(key, keyLength);
            blake2s.finish(pad);
        } else {
            Memory.copyShort(key, pad, keyLength);
        }
        xorPad(OUTER_PAD);
        blake2s.begin();
        blake2s.absorb(pad, outerState);
        xorPad(OUTER_PAD ^ INNER_PAD);
        blake2s.begin();
        blake2s.absorb(pad, innerState);
    }

    private void xorPad(long word) {
        for (int i = 0; i < BLOCK; i += Long.BYTES) {
            Memory.putLongLe(pad + i, Memory.getLongLe(pad + i) ^ word);
        }
    }

    /** Without input the key's block is the last one, which a hash treats apart. */
    private void beginInner(int inputLength) {
        if (inputLength == 0) {
            blake2s.begin();
            blake2s.update(pad, BLOCK);
        } else {
            blake2s.resume(innerState);
        }
    }

    private void finishOuter(long out) {
        blake2s.finish(digest);
        blake2s.resume(outerState);
        blake2s.update(digest, LENGTH);
        blake2s.finish(out);
    }

    private void wipe() {
        KeyVault.wipe(pad, BLOCK + 4 * LENGTH);
    }
}
