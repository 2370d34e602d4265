package skyawg.protocol.crypto;

import static skyawg.protocol.crypto.Libcrypto.INT;
import static skyawg.protocol.crypto.Libcrypto.LONG;

import java.lang.invoke.MethodHandle;

/** A context of EVP_aes_128_ecb (EVP_aes_128_gcm(3)) without padding, so that a block goes in and a block comes out. */
final class EvpBlockPermutation implements BlockPermutation {
    private static final MethodHandle CIPHER = Libcrypto.function("EVP_aes_128_ecb", LONG);
    private static final MethodHandle SET_PADDING = Libcrypto.function("EVP_CIPHER_CTX_set_padding", INT, LONG, INT);

    static final int ENCRYPT = 1;
    static final int DECRYPT = 0;
    private static final int NO_PADDING = 0;

    private final long written = LibcryptoMemory.allocate(Long.BYTES);
    private long context;

    /** @param direction {@link #ENCRYPT} or {@link #DECRYPT} */
    EvpBlockPermutation(long keyAddress, int direction) {
        try {
            context = (long) EvpFunctions.NEW_CONTEXT.invokeExact();
            if (context == 0) {
                throw new OutOfMemoryError("libcrypto has no memory left for a cipher context");
            }
            long cipher = (long) CIPHER.invokeExact();
            int ready = (int) EvpFunctions.INIT.invokeExact(context, cipher, 0L, keyAddress, 0L, direction);
            ready &= (int) SET_PADDING.invokeExact(context, NO_PADDING);
            if (ready != 1) {
                throw new IllegalStateException("libcrypto refused a key");
            }
        } catch (IllegalStateException | OutOfMemoryError e) {
            close();
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
            int done = (int) EvpFunctions.UPDATE.invokeExact(context, block, written, block, BLOCK_LENGTH);
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
                EvpFunctions.FREE_CONTEXT.invokeExact(context);
            } catch (Throwable e) {
                throw Libcrypto.unexpected(e);
            }
            context = 0;
            LibcryptoMemory.free(written, Long.BYTES);
        }
    }
}
