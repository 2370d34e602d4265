package skyawg.protocol.crypto;

import java.util.List;

/**
 * A library's ciphers without authentication, as a maker of contexts. {@link #best} is the one to use; the others are
 * its fallbacks. Any thread may call it; the contexts it makes belong to one thread each.
 */
public sealed interface RawCiphers permits ProviderRawCiphers, EvpRawCiphers, JdkRawCiphers {
    /** The fastest that is there and has passed its self-test. Chosen once. */
    static RawCiphers best() {
        return RawCipherLadder.LADDER.best();
    }

    /** Every one that works here, fastest first. */
    static List<RawCiphers> all() {
        return RawCipherLadder.LADDER.all();
    }

    /** What a log line calls it. */
    String name();

    /** ChaCha20 under a copy of the 32 bytes at {@code keyAddress}. */
    StreamCipher stream(long keyAddress);

    /** AES-128 encryption of single blocks under a copy of the 16 bytes at {@code keyAddress}. */
    BlockPermutation permutation(long keyAddress);

    /** The inverse of {@link #permutation}: AES-128 decryption. */
    BlockPermutation inversePermutation(long keyAddress);
}
