package skyawg.protocol.crypto;

/**
 * The one source of random numbers. The daemon's is cryptographically secure; a test's is seeded. An instance belongs
 * to one thread.
 */
public interface Entropy {
    /** Writes {@code length} random bytes to off-heap memory. */
    void fill(long address, int length);

    /** Writes random bytes over the whole array. */
    void fill(byte[] bytes);

    /** A uniform 64-bit number. */
    long nextLong();

    /** A uniform number from {@code low} to {@code high}, both included. */
    long uniform(long low, long high);
}
