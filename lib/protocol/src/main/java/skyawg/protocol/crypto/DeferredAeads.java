package skyawg.protocol.crypto;

/** The best, chosen when it is first needed. */
final class DeferredAeads implements Aeads {
    @Override
    public String name() {
        return AeadLadder.best().name();
    }

    @Override
    public Aead create(long keyAddress) {
        return AeadLadder.best().create(keyAddress);
    }
}
