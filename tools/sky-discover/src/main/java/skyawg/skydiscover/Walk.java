package skyawg.skydiscover;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import skyawg.control.offer.OfferSource;
import skyawg.control.offer.OfferedRecord;
import skyawg.protocol.record.AddressedRecord;
import skyawg.skydiscover.discv5.Discovery;
import skyawg.skydiscover.discv5.Enr;

/**
 * Walks the network of discovery by lookups of random places, and picks the records out of the ENRs that come up. A
 * lookup is at most 15 questions. One follows the other after half a second as long as they bring records that were not
 * seen before; when they bring none, or the sample is full, more and more time lies between them, up to 15 s: the
 * daemon draws those more often that were found lately.
 */
final class Walk implements RecordSource {
    private static final Duration SHORTEST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(15);
    private static final int REMEMBERED = 4_096;

    private final Supplier<@Nullable Discovery> network;
    private final Sample sample;
    private final Backoff backoff;
    /** Sequence by node id, of the ENRs that came up last. */
    private final Map<String, Long> seen = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > REMEMBERED;
        }
    };

    private @Nullable CompletableFuture<List<Enr>> lookup;
    private long lookUpAt;

    /** @param network null while discovery does not run */
    Walk(Supplier<@Nullable Discovery> network, Sample sample, RandomGenerator random, long nowNanos) {
        this.network = network;
        this.sample = sample;
        this.backoff = new Backoff(SHORTEST, LONGEST, random);
        this.lookUpAt = nowNanos;
    }

    @Override
    public OfferSource name() {
        return OfferSource.DISCV5;
    }

    @Override
    public List<OfferedRecord> found(long nowNanos) {
        Discovery running = network.get();
        if (running == null) {
            return List.of();
        }
        CompletableFuture<List<Enr>> ended = lookup;
        if (ended != null && ended.isDone()) {
            lookup = null;
            List<Enr> came = new ArrayList<>(ended.join());
            List<Enr> live = running.live();
            came.addAll(live);
            if (live.isEmpty()) {
                running.greetBootNodes();
            }
            List<OfferedRecord> records = new ArrayList<>();
            if (pick(came, records) && !sample.isFull()) {
                backoff.reset();
            }
            lookUpAt = nowNanos + backoff.next();
            return records;
        }
        if (ended == null && nowNanos - lookUpAt >= 0) {
            lookup = running.lookUp();
        }
        return List.of();
    }

    /** @return whether a record has come up that was not seen before */
    boolean pick(List<Enr> came, List<OfferedRecord> records) {
        boolean isNew = false;
        for (Enr enr : came) {
            if (!enr.hasRecord()) {
                continue;
            }
            Long before = seen.put(enr.nodeId(), enr.sequence());
            boolean isUnseen = before == null || Long.compareUnsigned(before, enr.sequence()) < 0;
            Optional<AddressedRecord> published = enr.published();
            if (published.isPresent()) {
                records.add(new OfferedRecord(published.get(), enr.nodeId(), enr.sequence()));
                isNew |= isUnseen;
            } else if (isUnseen) {
                sample.countMalformed();
            }
        }
        return isNew;
    }
}
