package skyawg.protocol.crypto;

/**
 * The key stream of ChaCha20 (RFC 8439 §2.4) from block 0 on, under one key and without authentication: what a layer of
 * the onion is made of. What it covers must be authenticated by other means.
 *
 * <p>One thread at a time. No call allocates.
 */
public interface StreamCipher extends AutoCloseable {
    int KEY_LENGTH = 32;

    /**
     * Combines {@code length} bytes with the key stream, in place; the same call again restores them.
     *
     * @param noncePrefix the nonce's first 4 bytes, little-endian
     * @param nonceRest the other 8, little-endian
     */
    void xor(int noncePrefix, long nonceRest, long at, int length);

    /** Gives the context back; the key copy in it is zeroed. Later calls throw, but for another close. */
    @Override
    void close();
}
