package skyawg.protocol.crypto;

import static skyawg.protocol.crypto.Libcrypto.INT;
import static skyawg.protocol.crypto.Libcrypto.LONG;

import java.lang.invoke.MethodHandle;
import skyawg.protocol.wire.Memory;

/**
 * A context of the provider's ChaCha20-Poly1305 (OSSL_FUNC_cipher_*, provider-cipher(7)). The key is set once; each
 * packet sets the nonce, which also starts a new message. A packet is four calls to seal and three to open.
 *
 * <pre>
 *   scratch: 0       16       24                 104
 *            | nonce | length | tag parameter, end |
 * </pre>
 */
final class ProviderAead extends Rfc8439Aead {
    private static final String ALGORITHM = "ChaCha20-Poly1305";

    private static final MethodHandle NEW_CONTEXT = Libcrypto.functionAt(find(1), LONG, LONG);
    private static final MethodHandle ENCRYPT_INIT =
            Libcrypto.functionAt(find(2), INT, LONG, LONG, LONG, LONG, LONG, LONG);
    private static final MethodHandle DECRYPT_INIT =
            Libcrypto.functionAt(find(3), INT, LONG, LONG, LONG, LONG, LONG, LONG);
    private static final MethodHandle UPDATE = Libcrypto.functionAt(find(4), INT, LONG, LONG, LONG, LONG, LONG, LONG);
    private static final MethodHandle FINAL = Libcrypto.functionAt(find(5), INT, LONG, LONG, LONG, LONG);
    private static final MethodHandle FREE_CONTEXT = Libcrypto.procedureAt(find(7), LONG);
    private static final MethodHandle GET_PARAMETERS = Libcrypto.functionAt(find(10), INT, LONG, LONG);

    private static final long TAG_NAME = Libcrypto.constant("tag");

    private static final int LENGTH_OFFSET = 16;
    private static final int PARAMETERS_OFFSET = 24;
    private static final int SCRATCH_LENGTH = PARAMETERS_OFFSET + 2 * NativeParameters.ENTRY_LENGTH;

    private final CipherContext context;
    private final long nonce;
    private final long written;
    private final long parameters;

    ProviderAead(long keyAddress) {
        context = CipherContext.provider(NEW_CONTEXT, FREE_CONTEXT, SCRATCH_LENGTH, (open, _) ->
                (int) ENCRYPT_INIT.invokeExact(open, keyAddress, (long) KeyVault.KEY_LENGTH, 0L, 0L, 0L));
        nonce = context.scratch();
        written = nonce + LENGTH_OFFSET;
        parameters = nonce + PARAMETERS_OFFSET;
        NativeParameters.octets(parameters, 0, TAG_NAME, 0, TAG_LENGTH);
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
        NativeParameters.point(parameters, 0, to + tagOffset);
        try {
            int done = (int) ENCRYPT_INIT.invokeExact(open, 0L, 0L, nonce, (long) NONCE_LENGTH, 0L);
            if (additionalLength > 0) {
                done &= additional(open, additional, additionalLength);
            }
            done &= (int) UPDATE.invokeExact(open, to, written, (long) tagOffset, text, (long) tagOffset);
            done &= (int) FINAL.invokeExact(open, written, written, 0L);
            done &= (int) GET_PARAMETERS.invokeExact(open, parameters);
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
        NativeParameters.point(parameters, 0, from + textLength);
        try {
            int done = (int) DECRYPT_INIT.invokeExact(open, 0L, 0L, nonce, (long) NONCE_LENGTH, parameters);
            if (additionalLength > 0) {
                done &= additional(open, additional, additionalLength);
            }
            done &= (int) UPDATE.invokeExact(open, to, written, (long) textLength, from, (long) textLength);
            done &= (int) FINAL.invokeExact(open, written, written, 0L);
            return done == 1;
        } catch (Throwable e) {
            throw Libcrypto.unexpected(e);
        }
    }

    @Override
    public void close() {
        context.close();
    }

    private int additional(long open, long additional, int length) throws Throwable {
        return (int) UPDATE.invokeExact(open, 0L, written, (long) length, additional, (long) length);
    }

    private static long find(int function) {
        return ProviderTable.function(ProviderTable.CIPHER, ALGORITHM, function);
    }
}
