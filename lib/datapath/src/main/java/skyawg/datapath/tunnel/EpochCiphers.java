package skyawg.datapath.tunnel;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.onion.ReceiveEpochs;
import skyawg.protocol.onion.SendEpoch;

/** What a tunnel's end seals and opens with, by epoch. The packet thread's. */
final class EpochCiphers implements AutoCloseable {
    private final Map<Integer, SendEpoch> senders = new HashMap<>();
    private final ReceiveEpochs receivers = new ReceiveEpochs();
    private @Nullable SendEpoch agreed;
    private @Nullable SendEpoch sealing;

    /** @param openingKey 32 bytes, of which a copy is taken */
    void add(SendEpoch sender, long openingKey) {
        senders.put(sender.number(), sender);
        receivers.add(sender.number(), openingKey);
    }

    void remove(int epoch) {
        SendEpoch sender = senders.remove(epoch);
        if (sender != null) {
            if (sender.equals(agreed)) {
                agreed = null;
            }
            if (sender.equals(sealing)) {
                sealing = agreed;
            }
            sender.close();
        }
        receivers.remove(epoch);
    }

    /** The conductor's word, which may come late: it does not undo a {@link #follow}. */
    void sealIn(int epoch) {
        agreed = senders.get(epoch);
        if (agreed != null) {
            goOverTo(agreed);
        }
    }

    /** The other end, which goes first, has sealed in this epoch: seals in it too. */
    void follow(int epoch) {
        SendEpoch answering = senders.get(epoch);
        if (answering != null) {
            goOverTo(answering);
        }
    }

    private void goOverTo(SendEpoch sender) {
        SendEpoch present = sealing;
        if (present == null || sender.number() > present.number()) {
            sealing = sender;
        }
    }

    /** Null: nothing can be sent. */
    @Nullable
    SendEpoch sealing() {
        return sealing;
    }

    ReceiveEpochs receivers() {
        return receivers;
    }

    @Override
    public void close() {
        agreed = null;
        sealing = null;
        senders.values().forEach(SendEpoch::close);
        senders.clear();
        receivers.close();
    }
}
