package skyawg.protocol.crypto;

import static skyawg.protocol.crypto.Libcrypto.INT;
import static skyawg.protocol.crypto.Libcrypto.LONG;

import java.lang.invoke.MethodHandle;
import skyawg.protocol.wire.Memory;

/**
 * A context of the provider's ChaCha20 (provider-cipher(7)). The key is set once; each text sets the start, which is
 * the number of the first block and the nonce, and is then one call.
 *
 * <pre>
 *   scratch: 0                 4       16       24
 *            | block number: 0 | nonce | length |
 * </pre>
 */
final class ProviderStreamCipher implements StreamCipher {
    private static final String ALGORITHM = "ChaCha20";

    private static final MethodHandle NEW_CONTEXT = Libcrypto.functionAt(find(1), LONG, LONG);
    private static final MethodHandle ENCRYPT_INIT =
            Libcrypto.functionAt(find(2), INT, LONG, LONG, LONG, LONG, LONG, LONG);
    private static final MethodHandle CIPHER = Libcrypto.functionAt(find(6), INT, LONG, LONG, LONG, LONG, LONG, LONG);
    private static final MethodHandle FREE_CONTEXT = Libcrypto.procedureAt(find(7), LONG);

    private static final int NONCE_OFFSET = 4;
    private static final int START_LENGTH = 16;
    private static final int SCRATCH_LENGTH = START_LENGTH + Long.BYTES;

    private final CipherContext context;
    private final long start;
    private final long written;

    ProviderStreamCipher(long keyAddress) {
        context = CipherContext.provider(NEW_CONTEXT, FREE_CONTEXT, SCRATCH_LENGTH, (open, scratch) ->
                (int) ENCRYPT_INIT.invokeExact(open, keyAddress, (long) KEY_LENGTH, scratch, (long) START_LENGTH, 0L));
        start = context.scratch();
        written = start + START_LENGTH;
    }

    @Override
    public void xor(int noncePrefix, long nonceRest, long at, int length) {
        long open = context.pointer();
        Memory.putIntLe(start + NONCE_OFFSET, noncePrefix);
        Memory.putLongLe(start + NONCE_OFFSET + Integer.BYTES, nonceRest);
        try {
            int done = (int) ENCRYPT_INIT.invokeExact(open, 0L, 0L, start, (long) START_LENGTH, 0L);
            done &= (int) CIPHER.invokeExact(open, at, written, (long) length, at, (long) length);
            if (done != 1) {
                throw new IllegalStateException("libcrypto refused to encrypt");
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
