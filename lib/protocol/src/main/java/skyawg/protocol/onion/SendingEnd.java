package skyawg.protocol.onion;

import skyawg.protocol.mpls.LabelledPacket;

/**
 * Where packets of one LSP and direction begin: numbers them, seals them, and wraps them for the way. A plaintext lies
 * at the body's place ({@link LabelledPacket#BODY_OFFSET}) with 16 bytes of room behind it; afterwards the packet is
 * ready but for its label, and {@link LabelledPacket#lengthWithoutPadding} says how long it is.
 *
 * <p>One thread at a time. No call allocates.
 */
public abstract sealed class SendingEnd implements AutoCloseable permits IngressForward, EgressReverse {
    static final int MAX_LSP_NUMBER = 0xffff;

    private static final long PATH_SEQUENCES = 1L << 32;

    final CipherContexts contexts = new CipherContexts();

    private final int lspNumber;
    private long nextPathSequence;

    SendingEnd(int lspNumber, long firstPathSequence) {
        if (lspNumber < 1 || lspNumber > MAX_LSP_NUMBER) {
            throw new IllegalArgumentException("an LSP number is 1 to " + MAX_LSP_NUMBER + ", not " + lspNumber);
        }
        this.lspNumber = lspNumber;
        this.nextPathSequence = firstPathSequence;
    }

    /**
     * Sends user data ({@link Kind#IP_PACKET}).
     *
     * @param tunnelSequence of {@link SendEpoch#takeTunnelSequence}, of this epoch
     * @param plaintextLength head, ACK block, content and padding: at most {@link Plaintext#MAX_LENGTH}
     * @return false when this LSP has no path sequence left: it must be replaced
     * @throws IllegalArgumentException when it is not user data, or in epoch 0
     */
    public final boolean sendUser(SendEpoch epoch, long tunnelSequence, long packet, int plaintextLength) {
        if (Plaintext.kind(packet + LabelledPacket.BODY_OFFSET) != Kind.IP_PACKET
                || tunnelSequence < 0
                || epoch.number() == 0) {
            throw new IllegalArgumentException("only user data has a tunnel sequence, and none is sent in epoch 0");
        }
        return send(epoch, tunnelSequence, packet, plaintextLength);
    }

    /**
     * Sends any other kind.
     *
     * @param plaintextLength head, ACK block, content and padding: at most {@link Plaintext#MAX_LENGTH}
     * @return false when this LSP has no path sequence left: it must be replaced
     * @throws IllegalArgumentException when it is user data
     */
    public final boolean sendControl(SendEpoch epoch, long packet, int plaintextLength) {
        if (Plaintext.kind(packet + LabelledPacket.BODY_OFFSET) == Kind.IP_PACKET) {
            throw new IllegalArgumentException("user data needs a tunnel sequence");
        }
        return send(epoch, OriginIv.controlSequence((int) nextPathSequence), packet, plaintextLength);
    }

    public final int lspNumber() {
        return lspNumber;
    }

    /** The path sequence of the next packet, whatever its kind; 2^32 when there is none left. */
    public final long nextPathSequence() {
        return nextPathSequence;
    }

    private boolean send(SendEpoch epoch, long tunnelSequence, long packet, int plaintextLength) {
        if (plaintextLength < Plaintext.HEAD_LENGTH || plaintextLength > Plaintext.MAX_LENGTH) {
            throw new IllegalArgumentException("a plaintext of " + plaintextLength + " bytes does not fit in a packet");
        }
        if (nextPathSequence == PATH_SEQUENCES) {
            return false;
        }
        OriginIv.put(
                packet + LabelledPacket.IV_OFFSET, epoch.number(), lspNumber, tunnelSequence, (int) nextPathSequence);
        nextPathSequence++;
        epoch.seal(packet, plaintextLength);
        wrap(packet);
        return true;
    }

    /** Turns the sealed packet with its origin IV into what the first link carries. */
    abstract void wrap(long packet);

    /** Zeroes the keys. */
    @Override
    public final void close() {
        contexts.close();
    }
}
