package skyawg.mesh.nodes;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import skyawg.protocol.record.RecordDigest;

/**
 * Records that nodes did not call their own, and who handed them over: three from one publisher, and nothing of his is
 * taken for a day. Both memories are bounded; the oldest entry goes first.
 */
final class Falsehoods {
    static final int MAX_RECORDS = 1024;
    static final int MAX_PUBLISHERS = 1024;
    static final int LIES_UNTIL_IGNORED = 3;
    static final long IGNORED_SECONDS = 24 * 3600;

    private record Lies(int count, long lastAt) {}

    private final SequencedMap<RecordDigest, Long> records = new LinkedHashMap<>();
    private final SequencedMap<Origin, Lies> publishers = new LinkedHashMap<>();

    void rememberRecord(RecordDigest digest, long unixSeconds) {
        records.putLast(digest, unixSeconds);
        if (records.size() > MAX_RECORDS) {
            records.pollFirstEntry();
        }
    }

    /** What turns out to be true after all (a node went back to an address) is no longer held false. */
    void forgetRecord(RecordDigest digest) {
        records.remove(digest);
    }

    /** A digest is computed only if there is anything to compare it with. */
    boolean isHeldFalse(Claim claim) {
        return !records.isEmpty() && records.containsKey(claim.digest());
    }

    void countLie(Origin origin, long unixSeconds) {
        Origin key = origin.publisherKey();
        Lies before = publishers.get(key);
        int count = before == null || isOver(before, unixSeconds) ? 1 : before.count() + 1;
        publishers.putLast(key, new Lies(count, unixSeconds));
        if (publishers.size() > MAX_PUBLISHERS) {
            publishers.pollFirstEntry();
        }
    }

    boolean isIgnored(Origin origin, long unixSeconds) {
        Lies lies = publishers.get(origin.publisherKey());
        return lies != null && lies.count() >= LIES_UNTIL_IGNORED && !isOver(lies, unixSeconds);
    }

    private static boolean isOver(Lies lies, long unixSeconds) {
        return unixSeconds - lies.lastAt() >= IGNORED_SECONDS;
    }

    /** Lies by publisher within the last day. */
    Map<Origin, Integer> liesAt(long unixSeconds) {
        Map<Origin, Integer> counts = new HashMap<>();
        publishers.forEach((publisher, lies) -> {
            if (!isOver(lies, unixSeconds)) {
                counts.put(publisher, lies.count());
            }
        });
        return counts;
    }
}
