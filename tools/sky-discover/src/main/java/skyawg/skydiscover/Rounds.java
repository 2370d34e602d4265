package skyawg.skydiscover;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import skyawg.control.offer.OfferedRecord;
import skyawg.protocol.record.AddressedRecord;
import skyawg.skydiscover.discv5.Discovery;
import skyawg.skydiscover.discv5.Enr;

/** What is done again and again. One thread, a few times a second. */
final class Rounds {
    private static final long HOUSEKEEPING_NANOS = Duration.ofSeconds(10).toNanos();

    private final Publication publication;
    private final LocalNode node;
    private final List<RecordSource> sources;
    private final Sample sample;
    private final Feeder feeder;
    private final DiscoveryState state;
    private final Progress progress;
    private long housekeepingAt;

    Rounds(
            Publication publication,
            LocalNode node,
            List<RecordSource> sources,
            Sample sample,
            Feeder feeder,
            DiscoveryState state,
            Progress progress,
            long nowNanos) {
        this.publication = publication;
        this.node = node;
        this.sources = List.copyOf(sources);
        this.sample = sample;
        this.feeder = feeder;
        this.state = state;
        this.progress = progress;
        this.housekeepingAt = nowNanos + HOUSEKEEPING_NANOS;
    }

    /** @throws FailureException when it cannot go on */
    void go(long nowNanos, long unixSeconds) throws FailureException {
        publication.advance(nowNanos);
        Optional<AddressedRecord> own = publication.record();
        if (own.isEmpty()) {
            return;
        }
        sample.setOwn(own.get());
        node.publish(publication.publishable(unixSeconds));
        for (RecordSource source : sources) {
            for (OfferedRecord offered : source.found(nowNanos)) {
                sample.add(source.name(), offered, unixSeconds);
            }
        }
        feeder.advance(nowNanos, unixSeconds);
        if (nowNanos - housekeepingAt >= 0) {
            housekeepingAt = nowNanos + HOUSEKEEPING_NANOS;
            sample.expire(unixSeconds);
            keepHouse();
        }
    }

    /** Remembers who is alive, and says how things stand. */
    void keepHouse() {
        Discovery running = node.discovery();
        if (running == null) {
            return;
        }
        List<Enr> live = running.live();
        progress.status(live.size(), sample.counts());
        try {
            state.keepKnown(live);
        } catch (IOException e) {
            progress.trouble("the nodes that are alive cannot be remembered: " + e.getMessage());
        }
    }
}
