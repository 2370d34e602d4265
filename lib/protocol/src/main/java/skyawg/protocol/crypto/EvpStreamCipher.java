package skyawg.protocol.crypto;

import static skyawg.protocol.crypto.Libcrypto.LONG;

import java.lang.invoke.MethodHandle;
import skyawg.protocol.wire.Memory;

/**
 * A context of EVP_chacha20 (EVP_chacha20(3)), the functions that OpenSSL 1.1 and 3 share. The key is set once; each
 * text sets the start, which is the number of the first block and the nonce.
 *
 * <pre>
 *   scratch: 0                 4       16       20
 *            | block number: 0 | nonce | length |
 * </pre>
 */
final class EvpStreamCipher implements StreamCipher {
    private static final MethodHandle CIPHER = Libcrypto.function("EVP_chacha20", LONG);

    private static final int ENCRYPT = 1;
    private static final int NONCE_OFFSET = 4;
    private static final int START_LENGTH = 16;
    private static final int SCRATCH_LENGTH = START_LENGTH + Long.BYTES;

    private final CipherContext context;
    private final long start;
    private final long written;

    EvpStreamCipher(long keyAddress) {
        context = CipherContext.evp(SCRATCH_LENGTH, (open, scratch) -> {
            long cipher = (long) CIPHER.invokeExact();
            return (int) EvpFunctions.INIT.invokeExact(open, cipher, 0L, keyAddress, scratch, ENCRYPT);
        });
        start = context.scratch();
        written = start + START_LENGTH;
    }

    @Override
    public void xor(int noncePrefix, long nonceRest, long at, int length) {
        long open = context.pointer();
        Memory.putIntLe(start + NONCE_OFFSET, noncePrefix);
        Memory.putLongLe(start + NONCE_OFFSET + Integer.BYTES, nonceRest);
        try {
            int done = (int) EvpFunctions.INIT.invokeExact(open, 0L, 0L, 0L, start, ENCRYPT);
            if (length > 0) {
                done &= (int) EvpFunctions.UPDATE.invokeExact(open, at, written, at, length);
            }
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
}
