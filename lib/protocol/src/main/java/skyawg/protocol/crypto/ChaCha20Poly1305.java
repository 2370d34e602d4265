package skyawg.protocol.crypto;

import java.lang.foreign.Arena;
import skyawg.protocol.wire.Memory;

/**
 * The AEAD construction (RFC 8439 §2.8) with additional data, for the short messages of a handshake: pure Java, inputs
 * and outputs on the heap, everything secret in off-heap scratch memory that is wiped before each call returns. One
 * thread at a time.
 */
final class ChaCha20Poly1305 {
    static final int TAG_LENGTH = 16;
    /** Longest additional data and longest text. */
    static final int LONGEST = 1024;

    private static final int BLOCK = ChaCha20Block.LENGTH;
    private static final int TAG_OFFSET = LONGEST;
    private static final int ADDITIONAL_OFFSET = TAG_OFFSET + TAG_LENGTH;
    private static final int STREAM_OFFSET = ADDITIONAL_OFFSET + LONGEST;
    private static final int PAD_OFFSET = STREAM_OFFSET + BLOCK;
    private static final int SCRATCH_LENGTH = PAD_OFFSET + TAG_LENGTH;

    private final Arena arena = Arena.ofAuto();
    private final long text = Memory.allocate(arena, SCRATCH_LENGTH);
    private final long tag = text + TAG_OFFSET;
    private final long additional = text + ADDITIONAL_OFFSET;
    private final long stream = text + STREAM_OFFSET;
    private final long pad = text + PAD_OFFSET;

    /**
     * The nonce is {@code nonce0} as 4 bytes and {@code nonce1} as 8, little-endian. Writes {@code length + 16} bytes.
     */
    void seal(
            long key,
            int nonce0,
            long nonce1,
            byte[] plaintext,
            int offset,
            int length,
            byte[] additionalData,
            int additionalOffset,
            int additionalLength,
            byte[] out,
            int outOffset) {
        check(length, additionalLength);
        Memory.copy(plaintext, offset, text, length);
        Memory.copy(additionalData, additionalOffset, additional, additionalLength);
        crypt(key, nonce0, nonce1, length);
        oneTimeKey(key, nonce0, nonce1);
        Poly1305.authenticate(stream, additional, additionalLength, text, length, pad, tag);
        Memory.copy(text, out, outOffset, length);
        Memory.copy(tag, out, outOffset + length, TAG_LENGTH);
        wipe(length);
    }

    /**
     * {@code length} includes the tag. Writes {@code length - 16} bytes, and nothing when the tag is wrong.
     *
     * @return false when the tag is wrong
     */
    boolean open(
            long key,
            int nonce0,
            long nonce1,
            byte[] sealed,
            int offset,
            int length,
            byte[] additionalData,
            int additionalOffset,
            int additionalLength,
            byte[] out,
            int outOffset) {
        int textLength = length - TAG_LENGTH;
        if (textLength < 0) {
            return false;
        }
        check(textLength, additionalLength);
        Memory.copy(sealed, offset, text, textLength);
        Memory.copy(additionalData, additionalOffset, additional, additionalLength);
        oneTimeKey(key, nonce0, nonce1);
        Poly1305.authenticate(stream, additional, additionalLength, text, textLength, pad, tag);
        Memory.copy(sealed, offset + textLength, pad, TAG_LENGTH);
        boolean genuine = ((Memory.getLongLe(tag) ^ Memory.getLongLe(pad))
                        | (Memory.getLongLe(tag + 8) ^ Memory.getLongLe(pad + 8)))
                == 0;
        if (genuine) {
            crypt(key, nonce0, nonce1, textLength);
            Memory.copy(text, out, outOffset, textLength);
        }
        wipe(textLength);
        return genuine;
    }

    private void oneTimeKey(long key, int nonce0, long nonce1) {
        ChaCha20Block.block(key, 0, nonce0, (int) nonce1, (int) (nonce1 >>> 32), stream);
    }

    private void crypt(long key, int nonce0, long nonce1, int length) {
        for (int done = 0, counter = 1; done < length; done += BLOCK, counter++) {
            ChaCha20Block.block(key, counter, nonce0, (int) nonce1, (int) (nonce1 >>> 32), stream);
            for (int i = 0; i < Math.min(BLOCK, length - done); i++) {
                long at = text + done + i;
                Memory.putByte(at, Memory.getByte(at) ^ Memory.getByte(stream + i));
            }
        }
    }

    private void wipe(int textLength) {
        Memory.fill(text, textLength, 0);
        KeyVault.wipe(stream, BLOCK);
    }

    private static void check(int textLength, int additionalLength) {
        if (textLength > LONGEST || additionalLength > LONGEST) {
            throw new IllegalArgumentException("the handshake's cipher takes at most " + LONGEST + " bytes");
        }
    }
}
