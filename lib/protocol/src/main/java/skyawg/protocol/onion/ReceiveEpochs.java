package skyawg.protocol.onion;

import org.jspecify.annotations.Nullable;

/**
 * The epochs in which one end of a tunnel accepts packets: the current one, the one before for some seconds, the next
 * one as soon as its keys are agreed on. All LSPs of the tunnel share them. One thread at a time.
 */
public final class ReceiveEpochs implements AutoCloseable {
    /** With one agreement at a time and ten seconds of grace there are no more. */
    public static final int MOST = 4;

    private final @Nullable ReceiveEpoch[] epochs = new ReceiveEpoch[MOST];

    /**
     * @param number 0 to {@link OriginIv#MAX_EPOCH}, not one that is there
     * @param keyAddress 32 bytes, of which a copy is taken
     */
    public void add(int number, long keyAddress) {
        if (number < 0 || number > OriginIv.MAX_EPOCH || find(number) != null) {
            throw new IllegalArgumentException("epoch " + number + " is there already or no epoch");
        }
        for (int i = 0; i < MOST; i++) {
            if (epochs[i] == null) {
                epochs[i] = new ReceiveEpoch(number, keyAddress);
                return;
            }
        }
        throw new IllegalStateException("a tunnel has at most " + MOST + " epochs: remove one first");
    }

    /** Zeroes the epoch's key. An epoch that is not there is no mistake. */
    public void remove(int number) {
        for (int i = 0; i < MOST; i++) {
            ReceiveEpoch epoch = epochs[i];
            if (epoch != null && epoch.number() == number) {
                epoch.close();
                epochs[i] = null;
            }
        }
    }

    @Nullable
    ReceiveEpoch find(int number) {
        for (ReceiveEpoch epoch : epochs) {
            if (epoch != null && epoch.number() == number) {
                return epoch;
            }
        }
        return null;
    }

    /** Zeroes all keys. */
    @Override
    public void close() {
        for (int i = 0; i < MOST; i++) {
            ReceiveEpoch epoch = epochs[i];
            if (epoch != null) {
                epoch.close();
                epochs[i] = null;
            }
        }
    }
}
