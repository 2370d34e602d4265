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

    private final CipherContext context;

    /** @param direction {@link #ENCRYPT} or {@link #DECRYPT} */
    EvpBlockPermutation(long keyAddress, int direction) {
        context = CipherContext.evp(Long.BYTES, (open, _) -> {
            long cipher = (long) CIPHER.invokeExact();
            int ready = (int) EvpFunctions.INIT.invokeExact(open, cipher, 0L, keyAddress, 0L, direction);
            ready &= (int) SET_PADDING.invokeExact(open, NO_PADDING);
            return ready;
        });
    }

    @Override
    public void apply(long block) {
        long open = context.pointer();
        try {
            int done = (int) EvpFunctions.UPDATE.invokeExact(open, block, context.scratch(), block, BLOCK_LENGTH);
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
        context.close();
    }
}
