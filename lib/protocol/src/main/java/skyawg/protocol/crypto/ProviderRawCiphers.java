package skyawg.protocol.crypto;

/** libcrypto's ciphers straight from its provider's table: the fastest. Needs OpenSSL 3. */
final class ProviderRawCiphers implements RawCiphers {
    @Override
    public String name() {
        return "provider";
    }

    @Override
    public StreamCipher stream(long keyAddress) {
        return new ProviderStreamCipher(keyAddress);
    }

    @Override
    public BlockPermutation permutation(long keyAddress) {
        return ProviderBlockPermutation.encrypting(keyAddress);
    }

    @Override
    public BlockPermutation inversePermutation(long keyAddress) {
        return ProviderBlockPermutation.decrypting(keyAddress);
    }
}
