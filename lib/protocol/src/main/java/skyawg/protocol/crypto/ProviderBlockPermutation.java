package skyawg.protocol.crypto;

import static skyawg.protocol.crypto.Libcrypto.INT;
import static skyawg.protocol.crypto.Libcrypto.LONG;

import java.lang.invoke.MethodHandle;

/**
 * A context of the provider's AES-128 in ECB mode (provider-cipher(7)). Its function for whole blocks knows nothing of
 * padding, so a block is one call. The processor's AES instructions do the work, or code without tables where it has
 * none.
 */
final class ProviderBlockPermutation implements BlockPermutation {
    private static final String ALGORITHM = "AES-128-ECB";

    private static final MethodHandle NEW_CONTEXT = Libcrypto.functionAt(find(1), LONG, LONG);
    private static final MethodHandle ENCRYPT_INIT =
            Libcrypto.functionAt(find(2), INT, LONG, LONG, LONG, LONG, LONG, LONG);
    private static final MethodHandle DECRYPT_INIT =
            Libcrypto.functionAt(find(3), INT, LONG, LONG, LONG, LONG, LONG, LONG);
    private static final MethodHandle CIPHER = Libcrypto.functionAt(find(6), INT, LONG, LONG, LONG, LONG, LONG, LONG);
    private static final MethodHandle FREE_CONTEXT = Libcrypto.procedureAt(find(7), LONG);

    private final long written = LibcryptoMemory.allocate(Long.BYTES);
    private long context;

    private ProviderBlockPermutation() {
        try {
            context = (long) NEW_CONTEXT.invokeExact(ProviderTable.providerOwnContext());
        } catch (Throwable e) {
            throw Libcrypto.unexpected(e);
        }
        if (context == 0) {
            throw new OutOfMemoryError("libcrypto has no memory left for a cipher context");
        }
    }

    static ProviderBlockPermutation encrypting(long keyAddress) {
        ProviderBlockPermutation made = new ProviderBlockPermutation();
        try {
            int ready = (int) ENCRYPT_INIT.invokeExact(made.context, keyAddress, (long) KEY_LENGTH, 0L, 0L, 0L);
            return made.checked(ready);
        } catch (IllegalStateException e) {
            throw e;
        } catch (Throwable e) {
            throw Libcrypto.unexpected(e);
        }
    }

    static ProviderBlockPermutation decrypting(long keyAddress) {
        ProviderBlockPermutation made = new ProviderBlockPermutation();
        try {
            int ready = (int) DECRYPT_INIT.invokeExact(made.context, keyAddress, (long) KEY_LENGTH, 0L, 0L, 0L);
            return made.checked(ready);
        } catch (IllegalStateException e) {
            throw e;
        } catch (Throwable e) {
            throw Libcrypto.unexpected(e);
        }
    }

    @Override
    public void apply(long block) {
        if (context == 0) {
            throw new IllegalStateException("cipher context is closed");
        }
        try {
            int done =
                    (int) CIPHER.invokeExact(context, block, written, (long) BLOCK_LENGTH, block, (long) BLOCK_LENGTH);
            if (done != 1) {
                throw new IllegalStateException("libcrypto refused to permute");
            }
        } catch (IllegalStateException e) {
            throw e;
        } catch (Throwable e) {
            throw Libcrypto.unexpected(e);
        }
    }

    @Override
    public void close() {
        if (context != 0) {
            try {
                FREE_CONTEXT.invokeExact(context);
            } catch (Throwable e) {
                throw Libcrypto.unexpected(e);
            }
            context = 0;
            LibcryptoMemory.free(written, Long.BYTES);
        }
    }

    private ProviderBlockPermutation checked(int ready) {
        if (ready != 1) {
            close();
            throw new IllegalStateException("libcrypto refused a key");
        }
        return this;
    }

    private static long find(int function) {
        return ProviderTable.function(ProviderTable.CIPHER, ALGORITHM, function);
    }
}
