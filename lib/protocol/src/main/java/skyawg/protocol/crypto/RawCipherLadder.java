package skyawg.protocol.crypto;

import java.util.List;

/** Which ciphers without authentication there are. */
final class RawCipherLadder {
    static final CipherLadder<RawCiphers> LADDER = new CipherLadder<>(
            "ChaCha20 and AES-128",
            List.of(new ProviderRawCiphers(), new EvpRawCiphers(), new JdkRawCiphers()),
            RawCiphers::name,
            RawCipherSelfTest::passes);

    private RawCipherLadder() {}
}
