package skyawg.protocol.setup;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import skyawg.protocol.names.IpAddress;

/**
 * At most one new adjacency to a destination address in 10 s, whatever ports and keys the set-ups name: nodes of a mesh
 * are no amplifier. One thread at a time.
 */
public final class NewAdjacencies {
    public static final long REST_NANOS = 10 * 1_000_000_000L;
    /** As many as there are dynamic peers. Full: refused. */
    public static final int MAX_ADDRESSES = 4096;

    /** When each address was dialled; in order of time. */
    private final Map<IpAddress, Long> dialled = new LinkedHashMap<>();

    /** Asks to begin an adjacency. @return false when there was another one too recently */
    public boolean begin(IpAddress address, long nowNanos) {
        Iterator<Long> oldestFirst = dialled.values().iterator();
        while (oldestFirst.hasNext() && nowNanos - oldestFirst.next() >= REST_NANOS) {
            oldestFirst.remove();
        }
        return dialled.size() < MAX_ADDRESSES && dialled.putIfAbsent(address, nowNanos) == null;
    }
}
