package skyawg.protocol.crypto;

import static skyawg.protocol.crypto.Libcrypto.INT;
import static skyawg.protocol.crypto.Libcrypto.LONG;

import java.lang.invoke.MethodHandle;

/** The functions of libcrypto's EVP layer that its ciphers share (EVP_EncryptInit(3)). */
final class EvpFunctions {
    static final MethodHandle NEW_CONTEXT = Libcrypto.function("EVP_CIPHER_CTX_new", LONG);
    static final MethodHandle FREE_CONTEXT = Libcrypto.procedure("EVP_CIPHER_CTX_free", LONG);
    static final MethodHandle INIT = Libcrypto.function("EVP_CipherInit_ex", INT, LONG, LONG, LONG, LONG, LONG, INT);
    static final MethodHandle UPDATE = Libcrypto.function("EVP_CipherUpdate", INT, LONG, LONG, LONG, LONG, INT);

    private EvpFunctions() {}
}
