package skyawg.protocol.crypto;

import java.lang.invoke.MethodHandle;

/**
 * A keyed cipher context of libcrypto and the scratch memory beside it, which are freed and zeroed together. One thread
 * at a time.
 *
 * <p>What is done with a context is each cipher's own: the functions for it must be constants there, or a call would
 * cost more than a short packet's cipher.
 */
final class CipherContext implements AutoCloseable {
    /** Gives a new context its key. */
    interface Keying {
        /**
         * @param scratch zeroed: a nonce where one is needed
         * @return 1 when libcrypto took it
         */
        int set(long context, long scratch) throws Throwable;
    }

    private final MethodHandle free;
    private final int scratchLength;
    private final long scratch;
    private long context;

    private CipherContext(long context, MethodHandle free, int scratchLength) {
        if (context == 0) {
            throw new OutOfMemoryError("libcrypto has no memory left for a cipher context");
        }
        this.context = context;
        this.free = free;
        this.scratchLength = scratchLength;
        this.scratch = LibcryptoMemory.allocate(scratchLength);
    }

    /** @throws IllegalStateException when libcrypto refuses the key */
    static CipherContext evp(int scratchLength, Keying keying) {
        try {
            long context = (long) EvpFunctions.NEW_CONTEXT.invokeExact();
            return new CipherContext(context, EvpFunctions.FREE_CONTEXT, scratchLength).keyed(keying);
        } catch (IllegalStateException | OutOfMemoryError e) {
            throw e;
        } catch (Throwable e) {
            throw Libcrypto.unexpected(e);
        }
    }

    /**
     * @param make the algorithm's function that makes a context
     * @param free the one that frees it
     * @throws IllegalStateException when libcrypto refuses the key
     */
    static CipherContext provider(MethodHandle make, MethodHandle free, int scratchLength, Keying keying) {
        try {
            long context = (long) make.invokeExact(ProviderTable.providerOwnContext());
            return new CipherContext(context, free, scratchLength).keyed(keying);
        } catch (IllegalStateException | OutOfMemoryError e) {
            throw e;
        } catch (Throwable e) {
            throw Libcrypto.unexpected(e);
        }
    }

    private CipherContext keyed(Keying keying) throws Throwable {
        if (keying.set(context, scratch) != 1) {
            close();
            throw new IllegalStateException("libcrypto refused a key");
        }
        return this;
    }

    /** Libcrypto's pointer. @throws IllegalStateException when closed */
    long pointer() {
        if (context == 0) {
            throw new IllegalStateException("cipher context is closed");
        }
        return context;
    }

    long scratch() {
        return scratch;
    }

    /** A second call does nothing. */
    @Override
    public void close() {
        if (context != 0) {
            try {
                free.invokeExact(context);
            } catch (Throwable e) {
                throw Libcrypto.unexpected(e);
            }
            context = 0;
            LibcryptoMemory.free(scratch, scratchLength);
        }
    }
}
