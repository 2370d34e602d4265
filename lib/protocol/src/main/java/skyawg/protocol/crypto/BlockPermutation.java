package skyawg.protocol.crypto;

/**
 * AES-128 (FIPS 197) on single blocks under one key and in one direction: a bijection of 16 bytes, for values that
 * never come twice. It is no cipher for texts.
 *
 * <p>One thread at a time. No call allocates.
 */
public interface BlockPermutation extends AutoCloseable {
    int BLOCK_LENGTH = 16;
    int KEY_LENGTH = 16;

    /** Permutes the 16 bytes at {@code block}, in place. */
    void apply(long block);

    /** Gives the context back; the key copy in it is zeroed. Later calls throw, but for another close. */
    @Override
    void close();
}
