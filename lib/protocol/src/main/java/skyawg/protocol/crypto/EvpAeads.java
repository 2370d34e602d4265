package skyawg.protocol.crypto;

/** libcrypto's cipher through its EVP layer: for OpenSSL 1.1, and where the provider's table fails its test. */
final class EvpAeads implements Aeads {
    @Override
    public String name() {
        return "evp";
    }

    @Override
    public Rfc8439Aead create(long keyAddress) {
        return new EvpAead(keyAddress);
    }
}
