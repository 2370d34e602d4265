package skyawg.protocol.crypto;

import static skyawg.protocol.crypto.Libcrypto.INT;
import static skyawg.protocol.crypto.Libcrypto.LONG;

import java.lang.invoke.MethodHandle;
import skyawg.protocol.wire.Memory;

/**
 * A context of EVP_chacha20_poly1305 (EVP_EncryptInit(3)), the functions that OpenSSL 1.1 and 3 share. The key is set
 * once; each packet sets the nonce, which also starts a new message.
 *
 * <pre>
 *   scratch: 0       16       20
 *            | nonce | length |
 * </pre>
 */
final class EvpAead extends Rfc8439Aead {
    private static final MethodHandle CIPHER = Libcrypto.function("EVP_chacha20_poly1305", LONG);
    private static final MethodHandle FINAL = Libcrypto.function("EVP_CipherFinal_ex", INT, LONG, LONG, LONG);
    private static final MethodHandle CONTROL = Libcrypto.function("EVP_CIPHER_CTX_ctrl", INT, LONG, INT, INT, LONG);

    private static final int GET_TAG = 0x10;
    private static final int SET_TAG = 0x11;
    private static final int ENCRYPT = 1;
    private static final int DECRYPT = 0;

    private static final int LENGTH_OFFSET = 16;
    private static final int SCRATCH_LENGTH = 32;

    private final CipherContext context;
    private final long nonce;
    private final long written;

    EvpAead(long keyAddress) {
        context = CipherContext.evp(SCRATCH_LENGTH, (open, scratch) -> {
            long cipher = (long) CIPHER.invokeExact();
            return (int) EvpFunctions.INIT.invokeExact(open, cipher, 0L, keyAddress, scratch, ENCRYPT);
        });
        nonce = context.scratch();
        written = nonce + LENGTH_OFFSET;
    }

    @Override
    public void seal(
            int noncePrefix,
            long counter,
            long additional,
            int additionalLength,
            long from,
            int length,
            int zeroPadding,
            long to) {
        long open = context.pointer();
        Memory.putIntLe(nonce, noncePrefix);
        Memory.putLongLe(nonce + NONCE_COUNTER_OFFSET, counter);
        int tagOffset = length + zeroPadding;
        long text = padded(from, length, zeroPadding, to);
        try {
            int done = (int) EvpFunctions.INIT.invokeExact(open, 0L, 0L, 0L, nonce, ENCRYPT);
            if (additionalLength > 0) {
                done &= (int) EvpFunctions.UPDATE.invokeExact(open, 0L, written, additional, additionalLength);
            }
            if (tagOffset > 0) {
                done &= (int) EvpFunctions.UPDATE.invokeExact(open, to, written, text, tagOffset);
            }
            done &= (int) FINAL.invokeExact(open, written, written);
            done &= (int) CONTROL.invokeExact(open, GET_TAG, TAG_LENGTH, to + tagOffset);
            if (done != 1) {
                throw new IllegalStateException("libcrypto refused to seal");
            }
        } catch (IllegalStateException e) {
            throw e;
        } catch (Throwable e) {
            throw Libcrypto.unexpected(e);
        }
    }

    @Override
    public boolean open(
            int noncePrefix, long counter, long additional, int additionalLength, long from, int length, long to) {
        long open = context.pointer();
        int textLength = length - TAG_LENGTH;
        if (textLength < 0) {
            return false;
        }
        Memory.putIntLe(nonce, noncePrefix);
        Memory.putLongLe(nonce + NONCE_COUNTER_OFFSET, counter);
        try {
            int done = (int) EvpFunctions.INIT.invokeExact(open, 0L, 0L, 0L, nonce, DECRYPT);
            done &= (int) CONTROL.invokeExact(open, SET_TAG, TAG_LENGTH, from + textLength);
            if (additionalLength > 0) {
                done &= (int) EvpFunctions.UPDATE.invokeExact(open, 0L, written, additional, additionalLength);
            }
            if (textLength > 0) {
                done &= (int) EvpFunctions.UPDATE.invokeExact(open, to, written, from, textLength);
            }
            done &= (int) FINAL.invokeExact(open, written, written) > 0 ? 1 : 0;
            return done == 1;
        } catch (Throwable e) {
            throw Libcrypto.unexpected(e);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
