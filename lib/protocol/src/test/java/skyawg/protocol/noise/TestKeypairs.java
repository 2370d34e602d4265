package skyawg.protocol.noise;

import skyawg.protocol.crypto.Aead;

/** Keypairs for tests that look at anything but the ciphers. */
final class TestKeypairs {
    static final SessionTimes LONG = new SessionTimes(120, 165, 180, 10);

    private static final Aead NO_CIPHER = new Aead() {
        @Override
        public void seal(long counter, long from, int length, int zeroPadding, long to) {
            throw new UnsupportedOperationException("this keypair has no keys");
        }

        @Override
        public boolean open(long counter, long from, int length, long to) {
            throw new UnsupportedOperationException("this keypair has no keys");
        }

        @Override
        public void close() {}
    };

    private TestKeypairs() {}

    static Keypair of(Peer peer, int localIndex) {
        return initiators(peer, localIndex, MessageLimits.PROTOCOL);
    }

    static Keypair initiators(Peer peer, int localIndex, MessageLimits limits) {
        return new Keypair(peer, true, localIndex, 7, 0, NO_CIPHER, NO_CIPHER, LONG, limits);
    }

    static Keypair responders(Peer peer, int localIndex, MessageLimits limits) {
        return new Keypair(peer, false, localIndex, 7, 0, NO_CIPHER, NO_CIPHER, LONG, limits);
    }
}
