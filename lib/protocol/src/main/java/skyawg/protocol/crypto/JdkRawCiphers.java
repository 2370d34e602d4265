package skyawg.protocol.crypto;

/** Without libcrypto: the JDK's AES, and the ChaCha20 of this package, which unlike the JDK's allocates nothing. */
final class JdkRawCiphers implements RawCiphers {
    @Override
    public String name() {
        return "jdk";
    }

    @Override
    public StreamCipher stream(long keyAddress) {
        return new BlockwiseStreamCipher(keyAddress);
    }

    @Override
    public BlockPermutation permutation(long keyAddress) {
        return JdkBlockPermutation.encrypting(keyAddress);
    }

    @Override
    public BlockPermutation inversePermutation(long keyAddress) {
        return JdkBlockPermutation.decrypting(keyAddress);
    }
}
