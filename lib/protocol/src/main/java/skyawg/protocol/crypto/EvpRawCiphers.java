package skyawg.protocol.crypto;

/** libcrypto's ciphers through its EVP layer: for OpenSSL 1.1, and where the provider's table fails its test. */
final class EvpRawCiphers implements RawCiphers {
    @Override
    public String name() {
        return "evp";
    }

    @Override
    public StreamCipher stream(long keyAddress) {
        return new EvpStreamCipher(keyAddress);
    }

    @Override
    public BlockPermutation permutation(long keyAddress) {
        return new EvpBlockPermutation(keyAddress, EvpBlockPermutation.ENCRYPT);
    }

    @Override
    public BlockPermutation inversePermutation(long keyAddress) {
        return new EvpBlockPermutation(keyAddress, EvpBlockPermutation.DECRYPT);
    }
}
