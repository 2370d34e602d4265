package skyawg.protocol.crypto;

import static skyawg.protocol.crypto.Libcrypto.INT;
import static skyawg.protocol.crypto.Libcrypto.LONG;

import java.lang.invoke.MethodHandle;

/**
 * libcrypto's allocator, for memory that any thread may give back at once, without a collector or an arena's close. Any
 * thread may call it.
 */
final class LibcryptoMemory {
    private static final MethodHandle ZALLOC = Libcrypto.function("CRYPTO_zalloc", LONG, LONG, LONG, INT);
    private static final MethodHandle CLEAR_FREE = Libcrypto.procedure("CRYPTO_clear_free", LONG, LONG, LONG, INT);

    private LibcryptoMemory() {}

    /** Zeroed memory, aligned for any C type. */
    static long allocate(long lengthBytes) {
        long address;
        try {
            address = (long) ZALLOC.invokeExact(lengthBytes, 0L, 0);
        } catch (Throwable e) {
            throw Libcrypto.unexpected(e);
        }
        if (address == 0) {
            throw new OutOfMemoryError("libcrypto has no memory left for a cipher context");
        }
        return address;
    }

    /** Zeroes the memory and frees it. */
    static void free(long address, long lengthBytes) {
        try {
            CLEAR_FREE.invokeExact(address, lengthBytes, 0L, 0);
        } catch (Throwable e) {
            throw Libcrypto.unexpected(e);
        }
    }
}
