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

    private final CipherContext context;

    private ProviderBlockPermutation(CipherContext.Keying keying) {
        context = CipherContext.provider(NEW_CONTEXT, FREE_CONTEXT, Long.BYTES, keying);
    }

    static ProviderBlockPermutation encrypting(long keyAddress) {
        return new ProviderBlockPermutation(
                (open, _) -> (int) ENCRYPT_INIT.invokeExact(open, keyAddress, (long) KEY_LENGTH, 0L, 0L, 0L));
    }

    static ProviderBlockPermutation decrypting(long keyAddress) {
        return new ProviderBlockPermutation(
                (open, _) -> (int) DECRYPT_INIT.invokeExact(open, keyAddress, (long) KEY_LENGTH, 0L, 0L, 0L));
    }

    @Override
    public void apply(long block) {
        long open = context.pointer();
        try {
            int done = (int)
                    CIPHER.invokeExact(open, block, context.scratch(), (long) BLOCK_LENGTH, block, (long) BLOCK_LENGTH);
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

    private static long find(int function) {
        return ProviderTable.function(ProviderTable.CIPHER, ALGORITHM, function);
    }
}
