package skyawg.protocol.onion;

import skyawg.protocol.crypto.Aeads;
import skyawg.protocol.crypto.Rfc8439Aead;

/**
 * What one end of a tunnel seals with in one epoch: the key of its direction, and the tunnel sequence. All LSPs of the
 * tunnel share it. One thread at a time.
 */
public final class SendEpoch implements AutoCloseable {
    private static final long RENEW_AFTER_PACKETS = 1L << 32;

    private final int number;
    private final Rfc8439Aead sealer;
    private long nextTunnelSequence;

    /**
     * @param number 0 to {@link OriginIv#MAX_EPOCH}; 0 carries no user data
     * @param keyAddress 32 bytes, of which a copy is taken
     */
    public SendEpoch(int number, long keyAddress) {
        if (number < 0 || number > OriginIv.MAX_EPOCH) {
            throw new IllegalArgumentException("an epoch is 0 to " + OriginIv.MAX_EPOCH + ", not " + number);
        }
        this.number = number;
        this.sealer = Aeads.best().create(keyAddress);
    }

    public int number() {
        return number;
    }

    /** The tunnel sequence of the next packet of user data. Copies of it on other LSPs carry the same. */
    public long takeTunnelSequence() {
        return nextTunnelSequence++;
    }

    /** Whether so many packets were numbered that the next epoch must be agreed on. */
    public boolean isRenewalDue() {
        return nextTunnelSequence >= RENEW_AFTER_PACKETS;
    }

    void seal(long packet, int plaintextLength) {
        EndToEnd.seal(sealer, packet, plaintextLength);
    }

    /** Zeroes the key. */
    @Override
    public void close() {
        sealer.close();
    }
}
