package skyawg.protocol.onion;

import skyawg.protocol.mpls.LabelledPacket;
import skyawg.protocol.mpls.LinkPayload;

/**
 * Where packets of one LSP and direction end: unwraps and opens them. It looks at the LSP number, then for the epoch's
 * keys, then at the tag, then at what only a genuine packet can have wrong, last at the replay windows; one that fails
 * changes no state. After {@link Verdict#ACCEPTED} the origin IV and the plaintext lie in the packet's place
 * ({@link OriginIv}, {@link Plaintext}); after a drop its bytes are garbage.
 *
 * <p>One thread at a time. No call allocates.
 */
public abstract sealed class ReceivingEnd implements AutoCloseable permits EgressForward, IngressReverse {
    static final int PATH_WINDOW = 1024;

    private static final long UNSIGNED_INT = 0xffff_ffffL;

    final CipherContexts contexts = new CipherContexts();

    private final int lspNumber;
    private final SequenceWindow control = new SequenceWindow(PATH_WINDOW);
    private final SequenceWindow user = new SequenceWindow(PATH_WINDOW);

    ReceivingEnd(int lspNumber) {
        if (lspNumber < 1 || lspNumber > SendingEnd.MAX_LSP_NUMBER) {
            throw new IllegalArgumentException(
                    "an LSP number is 1 to " + SendingEnd.MAX_LSP_NUMBER + ", not " + lspNumber);
        }
        this.lspNumber = lspNumber;
    }

    /**
     * @param epochs of the LSP's tunnel
     * @param packet that {@link LinkPayload#classify} calls a label
     * @return {@link Verdict#ACCEPTED}, at the ingress also {@link Verdict#HOP_MESSAGE}, or why it is dropped
     */
    public final Verdict receive(ReceiveEpochs epochs, long packet) {
        Verdict unwrapped = unwrap(packet);
        return unwrapped == Verdict.PASSED ? open(epochs, packet) : unwrapped;
    }

    /** Turns what the last link carried into the sealed packet with its origin IV. */
    abstract Verdict unwrap(long packet);

    private Verdict open(ReceiveEpochs epochs, long packet) {
        long iv = packet + LabelledPacket.IV_OFFSET;
        if (OriginIv.lspNumber(iv) != lspNumber) {
            return Verdict.LSP_NUMBER;
        }
        ReceiveEpoch epoch = epochs.find(OriginIv.epoch(iv));
        if (epoch == null) {
            return Verdict.EPOCH;
        }
        if (!epoch.open(packet)) {
            return Verdict.AEAD;
        }
        boolean isUser = Plaintext.kind(packet + LabelledPacket.BODY_OFFSET) == Kind.IP_PACKET;
        long sequence = OriginIv.tunnelSequence(iv);
        if (isUser ? sequence < 0 : sequence != OriginIv.controlSequence(OriginIv.pathSequence(iv))) {
            return Verdict.SEQUENCE_SPACE;
        }
        if (isUser && epoch.number() == 0) {
            return Verdict.USER_DATA_IN_EPOCH_0;
        }
        if (Plaintext.contentLength(packet + LabelledPacket.BODY_OFFSET, LabelledPacket.plaintextLength(packet)) < 0) {
            return Verdict.CONTENT;
        }
        long pathSequence = OriginIv.pathSequence(iv) & UNSIGNED_INT;
        return isUser ? acceptUser(epoch, sequence, pathSequence) : acceptControl(pathSequence);
    }

    /** Whether the packet is new is the tunnel's matter; the LSP's window only tells a copy from a repeat. */
    private Verdict acceptUser(ReceiveEpoch epoch, long tunnelSequence, long pathSequence) {
        boolean isNewInTunnel = epoch.accept(tunnelSequence);
        boolean isNewOnPath = user.accept(pathSequence);
        if (isNewInTunnel) {
            return Verdict.ACCEPTED;
        }
        return isNewOnPath ? Verdict.DUPLICATE : Verdict.REPLAYED;
    }

    private Verdict acceptControl(long pathSequence) {
        return control.accept(pathSequence) ? Verdict.ACCEPTED : Verdict.REPLAYED;
    }

    /** Zeroes the keys. */
    @Override
    public final void close() {
        contexts.close();
    }
}
