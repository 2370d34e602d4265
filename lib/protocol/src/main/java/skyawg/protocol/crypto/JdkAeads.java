package skyawg.protocol.crypto;

/** The JDK's own cipher: always there, and the slowest. */
final class JdkAeads implements Aeads {
    @Override
    public String name() {
        return "jdk";
    }

    @Override
    public Rfc8439Aead create(long keyAddress) {
        return new JdkAead(keyAddress);
    }
}
