package skyawg.mesh.lsp;

import java.util.EnumMap;
import java.util.Map;
import skyawg.protocol.setup.SetupDrop;

/** How often messages were dropped, by reason. One thread. */
public final class SignalCounters {
    private final Map<SignalDrop, Long> signals = new EnumMap<>(SignalDrop.class);
    private final Map<SetupDrop, Long> setups = new EnumMap<>(SetupDrop.class);

    void count(SignalDrop reason) {
        signals.merge(reason, 1L, Long::sum);
    }

    void count(SetupDrop reason) {
        setups.merge(reason, 1L, Long::sum);
    }

    public long get(SignalDrop reason) {
        return signals.getOrDefault(reason, 0L);
    }

    public long get(SetupDrop reason) {
        return setups.getOrDefault(reason, 0L);
    }
}
