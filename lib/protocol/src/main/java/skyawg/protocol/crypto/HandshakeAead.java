package skyawg.protocol.crypto;

/**
 * The AEAD of handshake messages (WireGuard paper §5.4.2, §5.4.3): ChaCha20-Poly1305 under a key that is used once, so
 * the nonce is zero, with the transcript hash as additional data. Nothing is left on the heap but what the caller gives
 * and gets. One thread at a time; no call allocates.
 */
public final class HandshakeAead {
    public static final int TAG_LENGTH = ChaCha20Poly1305.TAG_LENGTH;

    private final ChaCha20Poly1305 cipher = new ChaCha20Poly1305();

    /**
     * Writes {@code length + 16} bytes to {@code out}, which may be the place of the plaintext.
     *
     * @param key address of 32 bytes
     * @param length 0 to 1024
     * @param hash additional data, the whole array
     */
    public void seal(long key, byte[] plaintext, int offset, int length, byte[] hash, byte[] out, int outOffset) {
        cipher.seal(key, 0, 0, plaintext, offset, length, hash, 0, hash.length, out, outOffset);
    }

    /**
     * Writes {@code length - 16} bytes to {@code out}, which may be the place of the sealed text.
     *
     * @param key address of 32 bytes
     * @param length of the sealed text with its tag
     * @param hash additional data, the whole array
     * @return false when the tag is wrong; {@code out} is then untouched
     */
    public boolean open(long key, byte[] sealed, int offset, int length, byte[] hash, byte[] out, int outOffset) {
        return cipher.open(key, 0, 0, sealed, offset, length, hash, 0, hash.length, out, outOffset);
    }
}
