package skyawg.protocol.crypto;

import java.lang.foreign.Arena;
import skyawg.protocol.wire.Memory;

/**
 * The AEAD of cookie replies (WireGuard paper §5.4.7, draft-irtf-cfrg-xchacha): ChaCha20-Poly1305 under a subkey that
 * HChaCha20 makes of the key and the first 16 bytes of a 24-byte nonce. One thread at a time; no call allocates.
 */
public final class XChaCha20Poly1305 {
    public static final int NONCE_LENGTH = 24;
    public static final int TAG_LENGTH = ChaCha20Poly1305.TAG_LENGTH;

    private final ChaCha20Poly1305 cipher = new ChaCha20Poly1305();
    private final Arena arena = Arena.ofAuto();
    private final long subkey = Memory.allocate(arena, KeyVault.KEY_LENGTH);
    private final long nonce = Memory.allocate(arena, NONCE_LENGTH);

    /**
     * Writes {@code length + 16} bytes to {@code out}, which may be the place of the plaintext.
     *
     * @param key address of 32 bytes
     * @param nonce24 24 bytes at {@code nonceOffset}
     * @param length 0 to 1024
     */
    public void seal(
            long key,
            byte[] nonce24,
            int nonceOffset,
            byte[] plaintext,
            int offset,
            int length,
            byte[] additional,
            int additionalOffset,
            int additionalLength,
            byte[] out,
            int outOffset) {
        deriveSubkey(key, nonce24, nonceOffset);
        long tail = Memory.getLongLe(nonce + 16);
        cipher.seal(
                subkey,
                0,
                tail,
                plaintext,
                offset,
                length,
                additional,
                additionalOffset,
                additionalLength,
                out,
                outOffset);
        KeyVault.wipe(subkey, KeyVault.KEY_LENGTH);
    }

    /**
     * Writes {@code length - 16} bytes to {@code out}, which may be the place of the sealed text.
     *
     * @param key address of 32 bytes
     * @param nonce24 24 bytes at {@code nonceOffset}
     * @param length of the sealed text with its tag
     * @return false when the tag is wrong; {@code out} is then untouched
     */
    public boolean open(
            long key,
            byte[] nonce24,
            int nonceOffset,
            byte[] sealed,
            int offset,
            int length,
            byte[] additional,
            int additionalOffset,
            int additionalLength,
            byte[] out,
            int outOffset) {
        deriveSubkey(key, nonce24, nonceOffset);
        long tail = Memory.getLongLe(nonce + 16);
        boolean genuine = cipher.open(
                subkey,
                0,
                tail,
                sealed,
                offset,
                length,
                additional,
                additionalOffset,
                additionalLength,
                out,
                outOffset);
        KeyVault.wipe(subkey, KeyVault.KEY_LENGTH);
        return genuine;
    }

    private void deriveSubkey(long key, byte[] nonce24, int nonceOffset) {
        Memory.copy(nonce24, nonceOffset, nonce, NONCE_LENGTH);
        ChaCha20Block.subkey(key, nonce, subkey);
    }
}
