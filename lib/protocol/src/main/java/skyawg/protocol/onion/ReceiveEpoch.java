package skyawg.protocol.onion;

import skyawg.protocol.crypto.Aeads;
import skyawg.protocol.crypto.Rfc8439Aead;

/** What one end of a tunnel opens with in one epoch: the key of the other's direction, and the window of user data. */
final class ReceiveEpoch implements AutoCloseable {
    /** A slow path may lag 0.3 s at 200 000 packets a second. */
    static final int WINDOW = 1 << 16;

    private final int number;
    private final Rfc8439Aead opener;
    private final SequenceWindow window = new SequenceWindow(WINDOW);

    ReceiveEpoch(int number, long keyAddress) {
        this.number = number;
        this.opener = Aeads.best().create(keyAddress);
    }

    int number() {
        return number;
    }

    boolean open(long packet) {
        return EndToEnd.open(opener, packet);
    }

    /** Marks a tunnel sequence of user data. @return false when it is not new */
    boolean accept(long tunnelSequence) {
        return window.accept(tunnelSequence);
    }

    @Override
    public void close() {
        opener.close();
    }
}
