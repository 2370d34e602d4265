package skyawg.protocol.crypto;

/** The best, chosen when it is first needed. */
final class DeferredAeads implements Aeads {
    @Override
    public String name() {
        return AeadLadder.LADDER.best().name();
    }

    @Override
    public Rfc8439Aead create(long keyAddress) {
        return AeadLadder.LADDER.best().create(keyAddress);
    }
}
