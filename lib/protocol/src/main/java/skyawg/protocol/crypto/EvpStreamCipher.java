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

    private final long start = LibcryptoMemory.allocate(SCRATCH_LENGTH);
    private final long written = start + START_LENGTH;
    private long context;

    EvpStreamCipher(long keyAddress) {
        try {
            context = (long) EvpFunctions.NEW_CONTEXT.invokeExact();
            if (context == 0) {
                throw new OutOfMemoryError("libcrypto has no memory left for a cipher context");
            }
            long cipher = (long) CIPHER.invokeExact();
            int ready = (int) EvpFunctions.INIT.invokeExact(context, cipher, 0L, keyAddress, start, ENCRYPT);
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
    public void xor(int noncePrefix, long nonceRest, long at, int length) {
        if (context == 0) {
            throw new IllegalStateException("cipher context is closed");
        }
        Memory.putIntLe(start + NONCE_OFFSET, noncePrefix);
        Memory.putLongLe(start + NONCE_OFFSET + Integer.BYTES, nonceRest);
        try {
            int done = (int) EvpFunctions.INIT.invokeExact(context, 0L, 0L, 0L, start, ENCRYPT);
            if (length > 0) {
                done &= (int) EvpFunctions.UPDATE.invokeExact(context, at, written, at, length);
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
        if (context != 0) {
            try {
                EvpFunctions.FREE_CONTEXT.invokeExact(context);
            } catch (Throwable e) {
                throw Libcrypto.unexpected(e);
            }
            context = 0;
            LibcryptoMemory.free(start, SCRATCH_LENGTH);
        }
    }
}
