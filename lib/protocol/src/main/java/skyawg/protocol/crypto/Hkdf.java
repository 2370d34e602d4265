package skyawg.protocol.crypto;

import java.lang.foreign.Arena;
import skyawg.protocol.wire.Memory;

/**
 * HKDF-SHA256 (RFC 5869), the mesh's key derivation and that of its Noise slots:
 *
 * <pre>
 *   PRK = HMAC(salt, IKM)     T(0) = ""     T(i) = HMAC(PRK, T(i-1) | info | i)     OKM = T(1) | T(2) | ...
 * </pre>
 *
 * <p>Secrets are off the heap: IKM, PRK and OKM are addresses, PRK of 32 bytes. No call allocates, and nothing is left
 * behind. One thread at a time.
 */
public final class Hkdf {
    public static final int HASH_LENGTH = Sha256.HASH_LENGTH;
    /** RFC 5869 §2.3: 255 blocks of output. */
    public static final int LONGEST_OUTPUT = 255 * HASH_LENGTH;

    private static final byte[] NOTHING = {};
    private static final int BLOCK = Sha256.BLOCK_LENGTH;
    private static final long INNER_PAD = 0x3636_3636_3636_3636L;
    private static final long OUTER_PAD = 0x5c5c_5c5c_5c5c_5c5cL;

    private final Sha256 sha256 = new Sha256();
    private final Arena arena = Arena.ofAuto();
    private final long pad = Memory.allocate(arena, BLOCK + 4 * HASH_LENGTH + Long.BYTES);
    private final long innerState = pad + BLOCK;
    private final long outerState = innerState + HASH_LENGTH;
    private final long digest = outerState + HASH_LENGTH;
    private final long previous = digest + HASH_LENGTH;
    private final long number = previous + HASH_LENGTH;

    /** Writes PRK, 32 bytes, to {@code prk}, which may be the place of the input. The salt is public. */
    public void extract(byte[] salt, long inputKey, int inputKeyLength, long prk) {
        sha256.begin();
        if (salt.length > BLOCK) {
            sha256.update(salt, 0, salt.length);
            sha256.finish(digest);
            setKey(digest, HASH_LENGTH);
        } else {
            Memory.copy(salt, 0, pad, salt.length);
            padKey(salt.length);
        }
        finishExtract(inputKey, inputKeyLength, prk);
    }

    /** As the other, with a salt that is a secret too: a chaining key. It may be the place of {@code prk}. */
    public void extract(long salt, int saltLength, long inputKey, int inputKeyLength, long prk) {
        setKey(salt, saltLength);
        finishExtract(inputKey, inputKeyLength, prk);
    }

    /**
     * Noise's HKDF takes public keys as input as well (Noise specification §5.2, MixKey).
     *
     * @param inputKey public bytes
     */
    public void extract(long salt, int saltLength, byte[] inputKey, int offset, int inputKeyLength, long prk) {
        setKey(salt, saltLength);
        sha256.resume(innerState, 1);
        sha256.update(inputKey, offset, inputKeyLength);
        finishOuter(prk);
        wipe();
    }

    /**
     * Writes {@code length} bytes of output to {@code out}, which may be the place of PRK.
     *
     * @param length 1 to {@link #LONGEST_OUTPUT}
     */
    public void expand(long prk, byte[] info, long out, int length) {
        if (length < 1 || length > LONGEST_OUTPUT) {
            throw new IllegalArgumentException("HKDF gives 1 to " + LONGEST_OUTPUT + " bytes, not " + length);
        }
        setKey(prk, HASH_LENGTH);
        int index = 1;
        for (int done = 0; done < length; done += HASH_LENGTH) {
            sha256.resume(innerState, 1);
            if (index > 1) {
                sha256.update(previous, HASH_LENGTH);
            }
            sha256.update(info, 0, info.length);
            Memory.putByte(number, index);
            sha256.update(number, 1);
            finishOuter(previous);
            Memory.copyShort(previous, out + done, Math.min(HASH_LENGTH, length - done));
            index++;
        }
        wipe();
    }

    /** Without info. */
    public void expand(long prk, long out, int length) {
        expand(prk, NOTHING, out, length);
    }

    private void finishExtract(long inputKey, int inputKeyLength, long prk) {
        sha256.resume(innerState, 1);
        sha256.update(inputKey, inputKeyLength);
        finishOuter(prk);
        wipe();
    }

    private void setKey(long key, int keyLength) {
        if (keyLength > BLOCK) {
            sha256.begin();
            sha256.update(key, keyLength);
            sha256.finish(pad);
            padKey(HASH_LENGTH);
        } else {
            Memory.copyShort(key, pad, keyLength);
            padKey(keyLength);
        }
    }

    /** Both hashes of an HMAC (RFC 2104) begin with a block made of the key: their states behind it serve all uses. */
    private void padKey(int keyLength) {
        Memory.clearShort(pad + keyLength, BLOCK - keyLength);
        xorPad(OUTER_PAD);
        absorbPad(outerState);
        xorPad(OUTER_PAD ^ INNER_PAD);
        absorbPad(innerState);
    }

    private void absorbPad(long savedState) {
        sha256.begin();
        sha256.update(pad, BLOCK);
        sha256.save(savedState);
    }

    private void xorPad(long word) {
        for (int i = 0; i < BLOCK; i += Long.BYTES) {
            Memory.putLongLe(pad + i, Memory.getLongLe(pad + i) ^ word);
        }
    }

    private void finishOuter(long out) {
        sha256.finish(digest);
        sha256.resume(outerState, 1);
        sha256.update(digest, HASH_LENGTH);
        sha256.finish(out);
    }

    private void wipe() {
        KeyVault.wipe(pad, BLOCK + 4 * HASH_LENGTH);
    }
}
