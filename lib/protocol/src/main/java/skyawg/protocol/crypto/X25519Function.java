package skyawg.protocol.crypto;

/** The function of RFC 7748 §5 on off-heap memory: 32 bytes at each address. Any thread may call it. */
sealed interface X25519Function permits ProviderX25519, BouncyX25519 {
    /** Multiplies a point by a clamped scalar. A low-order point gives 32 zero bytes. */
    void multiply(long scalar, long point, long out);

    /** The fastest that is there and has passed its self-test. Chosen once. */
    static X25519Function best() {
        return Best.FUNCTION;
    }

    /** Holds the choice, made at first use. */
    final class Best {
        private static final X25519Function FUNCTION = choose();

        private Best() {}

        private static X25519Function choose() {
            try {
                X25519Function provider = new ProviderX25519();
                if (X25519SelfTest.passes(provider)) {
                    return provider;
                }
            } catch (IllegalStateException | LinkageError absent) {
                return new BouncyX25519();
            }
            return new BouncyX25519();
        }
    }
}
