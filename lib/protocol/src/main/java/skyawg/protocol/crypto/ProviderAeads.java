package skyawg.protocol.crypto;

/** libcrypto's cipher straight from its provider's table: the fastest. Needs OpenSSL 3. */
final class ProviderAeads implements Aeads {
    @Override
    public String name() {
        return "provider";
    }

    @Override
    public Rfc8439Aead create(long keyAddress) {
        return new ProviderAead(keyAddress);
    }
}
