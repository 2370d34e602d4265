package skyawg.protocol.crypto;

/**
 * ChaCha20-Poly1305 (RFC 8439) under one key, for one direction of a session, without additional data. The nonce is
 * four zero bytes and the counter, little-endian (WireGuard paper §5.4.6).
 *
 * <p>One thread at a time. No call allocates.
 */
public interface Aead extends AutoCloseable {
    int TAG_LENGTH = 16;

    /**
     * Encrypts {@code length} bytes followed by {@code zeroPadding} zero bytes, and appends the tag: {@code length +
     * zeroPadding + 16} bytes at {@code to}. The two places may be the same address and must not overlap otherwise;
     * what lies behind {@code length} at {@code from} is neither read nor, where the places differ, changed.
     */
    void seal(long counter, long from, int length, int zeroPadding, long to);

    /**
     * Checks the tag and decrypts {@code length} bytes including it: {@code length - 16} bytes at {@code to}, which may
     * be {@code from}.
     *
     * @return false when the tag is wrong; what lies at {@code to} is then undefined
     */
    boolean open(long counter, long from, int length, long to);

    /** Gives the context back; the key copy in it is zeroed. Later calls throw, but for another close. */
    @Override
    void close();
}
