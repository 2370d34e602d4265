package skyawg.protocol.tunnelkeys;

import java.util.ArrayList;
import java.util.List;

/** Watches which epochs' keys there are. */
final class KeptEpochs implements EpochWatcher {
    private final List<EpochKeys> kept = new ArrayList<>();

    @Override
    public void usable(EpochKeys keys) {
        kept.add(keys);
    }

    @Override
    public void erased(EpochKeys keys) {
        if (keys.isClosed() || !kept.remove(keys)) {
            throw new IllegalStateException("keys of " + keys + " go and were not there");
        }
    }

    List<Integer> epochs() {
        return kept.stream().map(EpochKeys::epoch).toList();
    }
}
