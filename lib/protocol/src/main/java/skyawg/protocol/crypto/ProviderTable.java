package skyawg.protocol.crypto;

import static skyawg.protocol.crypto.Libcrypto.INT;
import static skyawg.protocol.crypto.Libcrypto.LONG;

import java.lang.foreign.Arena;
import java.lang.invoke.MethodHandle;
import skyawg.protocol.wire.Memory;

/**
 * The functions of OpenSSL 3's default provider, taken from its own table (provider(7), openssl-core_dispatch.h)
 * instead of through the EVP layer, which costs more than a short packet's cipher:
 *
 * <pre>
 *   OSSL_ALGORITHM  { char *names; char *properties; OSSL_DISPATCH *functions; char *description }  ends with names = 0
 *   OSSL_DISPATCH   { int function; void *address }                                                 ends with function = 0
 * </pre>
 *
 * <p>The provider lives in a library context of our own, so the host's OpenSSL configuration does not reach it.
 */
final class ProviderTable {
    static final int CIPHER = 2;
    static final int KEY_MANAGEMENT = 10;
    static final int KEY_EXCHANGE = 11;

    private static final int ALGORITHM_LENGTH = 32;
    private static final int ALGORITHM_FUNCTIONS_OFFSET = 16;
    private static final int DISPATCH_LENGTH = 16;
    private static final int DISPATCH_ADDRESS_OFFSET = 8;

    private static final MethodHandle QUERY =
            Libcrypto.function("OSSL_PROVIDER_query_operation", LONG, LONG, INT, LONG);

    private static final long LIBRARY_CONTEXT = libraryContext();
    private static final long PROVIDER = provider();
    private static final long CONTEXT = providerContext();

    private ProviderTable() {}

    /** A library context without the host's configuration, for EVP calls. */
    static long context() {
        return LIBRARY_CONTEXT;
    }

    /** What the provider's own functions that make something take as their first argument. */
    static long providerOwnContext() {
        return CONTEXT;
    }

    /**
     * The address of an algorithm's function.
     *
     * @param operation {@link #CIPHER} and the like
     * @param algorithm the first of its names
     * @throws IllegalStateException when the provider has no such thing
     */
    static long function(int operation, String algorithm, int function) {
        long algorithms;
        try (Arena arena = Arena.ofConfined()) {
            long mayNotCache = Memory.allocate(arena, Integer.BYTES);
            algorithms = (long) QUERY.invokeExact(PROVIDER, operation, mayNotCache);
        } catch (Throwable e) {
            throw Libcrypto.unexpected(e);
        }
        for (long at = algorithms; at != 0 && Memory.getLongLe(at) != 0; at += ALGORITHM_LENGTH) {
            String names = Libcrypto.string(Memory.getLongLe(at));
            if (names.equals(algorithm) || names.startsWith(algorithm + ":")) {
                return find(Memory.getLongLe(at + ALGORITHM_FUNCTIONS_OFFSET), algorithm, function);
            }
        }
        throw new IllegalStateException("libcrypto's default provider has no " + algorithm);
    }

    private static long find(long functions, String algorithm, int function) {
        for (long at = functions; Memory.getIntLe(at) != 0; at += DISPATCH_LENGTH) {
            if (Memory.getIntLe(at) == function) {
                return Memory.getLongLe(at + DISPATCH_ADDRESS_OFFSET);
            }
        }
        throw new IllegalStateException("libcrypto's " + algorithm + " has no function " + function);
    }

    private static long libraryContext() {
        try {
            return present((long) Libcrypto.function("OSSL_LIB_CTX_new", LONG).invokeExact());
        } catch (IllegalStateException e) {
            throw e;
        } catch (Throwable e) {
            throw Libcrypto.unexpected(e);
        }
    }

    private static long provider() {
        MethodHandle load = Libcrypto.function("OSSL_PROVIDER_load", LONG, LONG, LONG);
        try {
            return present((long) load.invokeExact(LIBRARY_CONTEXT, Libcrypto.constant("default")));
        } catch (IllegalStateException e) {
            throw e;
        } catch (Throwable e) {
            throw Libcrypto.unexpected(e);
        }
    }

    private static long providerContext() {
        MethodHandle get = Libcrypto.function("OSSL_PROVIDER_get0_provider_ctx", LONG, LONG);
        try {
            return present((long) get.invokeExact(PROVIDER));
        } catch (IllegalStateException e) {
            throw e;
        } catch (Throwable e) {
            throw Libcrypto.unexpected(e);
        }
    }

    private static long present(long pointer) {
        if (pointer == 0) {
            throw new IllegalStateException("libcrypto did not give its default provider");
        }
        return pointer;
    }
}
