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
    private final long scratch = Memory.allocate(arena, 2L * BLOCK + 3L * LENGTH + Long.BYTES);
    private final long inner = scratch;
    private final long outer = scratch + BLOCK;
    private final long digest = outer + BLOCK;
    private final long previous = digest + LENGTH;
    private final long number = previous + LENGTH;

    /** HMAC of any key length; 32 bytes to {@code out}. */
    public void hmac(long key, int keyLength, byte[] input, int offset, int length, long out) {
        setKey(key, keyLength);
        beginInner();
        blake2s.update(input, offset, length);
        finishOuter(out);
        wipe();
    }

    /** HMAC of any key length; 32 bytes to {@code out}. */
    public void hmac(long key, int keyLength, long input, int length, long out) {
        setKey(key, keyLength);
        beginInner();
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
        beginInner();
        blake2s.update(input, offset, length);
        finishOuter(digest);
        setKey(digest, LENGTH);
    }

    private void extract(long key, long input, int length) {
        setKey(key, LENGTH);
        beginInner();
        blake2s.update(input, length);
        finishOuter(digest);
        setKey(digest, LENGTH);
    }

    private void expand(int index, long out) {
        beginInner();
        if (index > 1) {
            blake2s.update(previous, LENGTH);
        }
        Memory.putByte(number, index);
        blake2s.update(number, 1);
        finishOuter(previous);
        Memory.copy(previous, out, LENGTH);
    }

    private void setKey(long key, int keyLength) {
        Memory.fill(inner, BLOCK, 0);
        if (keyLength > BLOCK) {
            blake2s.begin();
            blake2s.update(key, keyLength);
            blake2s.finish(inner);
        } else {
            Memory.copy(key, inner, keyLength);
        }
        for (int i = 0; i < BLOCK; i += Long.BYTES) {
            long word = Memory.getLongLe(inner + i);
            Memory.putLongLe(inner + i, word ^ INNER_PAD);
            Memory.putLongLe(outer + i, word ^ OUTER_PAD);
        }
    }

    private void beginInner() {
        blake2s.begin();
        blake2s.update(inner, BLOCK);
    }

    private void finishOuter(long out) {
        blake2s.finish(digest);
        blake2s.begin();
        blake2s.update(outer, BLOCK);
        blake2s.update(digest, LENGTH);
        blake2s.finish(out);
    }

    private void wipe() {
        KeyVault.wipe(scratch, 2L * BLOCK + 3L * LENGTH);
    }
}
