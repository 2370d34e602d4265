package skyawg.protocol.obfuscation;

import skyawg.protocol.crypto.Entropy;

/**
 * One of I1 to I5, compiled: a datagram sent ahead of an initiation that looks like the start of something else. Made
 * of parts, each fixed, random, or the time.
 *
 * <p>Immutable, any thread. {@link #write} allocates nothing.
 */
@SuppressWarnings("DoNotCallSuggester") // bodies follow
public final class SignaturePacket {
    /** The largest UDP payload over IPv4. */
    public static final int MAX_LENGTH = 65507;

    private SignaturePacket() {}

    /**
     * Reads the tags of one I parameter.
     *
     * @throws SignatureSyntaxException naming everything that is wrong with it
     */
    public static SignaturePacket parse(String text) throws SignatureSyntaxException {
        throw new UnsupportedOperationException();
    }

    /** True when the text holds no tag at all: nothing is sent then. A packet of zero bytes is not absent. */
    public boolean isAbsent() {
        throw new UnsupportedOperationException();
    }

    /** Length of the datagram: the same each time. */
    public int length() {
        throw new UnsupportedOperationException();
    }

    /** True when it has the kernel module's {@code <c>}, which amneziawg-go refuses. */
    public boolean hasCounter() {
        throw new UnsupportedOperationException();
    }

    /**
     * Writes {@link #length} bytes.
     *
     * @param unixSeconds for {@code <t>}
     * @param counter for {@code <c>}
     * @return the length
     */
    public int write(long to, long unixSeconds, int counter, Entropy entropy) {
        throw new UnsupportedOperationException();
    }
}
