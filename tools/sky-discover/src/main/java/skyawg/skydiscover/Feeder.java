package skyawg.skydiscover;

import java.io.IOException;
import java.time.Duration;
import java.util.random.RandomGenerator;
import skyawg.control.control.ControlException;
import skyawg.control.offer.RecordOffer;

/**
 * Hands the sample to the daemon, a batch at a time. While the daemon does not answer it is tried less and less often;
 * when it answers again, it gets everything again: it may have been started anew.
 */
final class Feeder {
    static final int BATCH = 64;
    static final long BATCH_NANOS = Duration.ofMillis(250).toNanos();

    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final Sample sample;
    private final RecordSink sink;
    private final Progress progress;
    private final Backoff backoff;
    private long nextAt;

    Feeder(Sample sample, RecordSink sink, Progress progress, RandomGenerator random, long nowNanos) {
        this.sample = sample;
        this.sink = sink;
        this.progress = progress;
        this.backoff = new Backoff(FIRST_WAIT, LONGEST_WAIT, random);
        this.nextAt = nowNanos;
    }

    void advance(long nowNanos, long unixSeconds) {
        if (nowNanos - nextAt < 0) {
            return;
        }
        RecordOffer offer = sample.nextOffer(BATCH);
        if (offer.records().isEmpty()) {
            return;
        }
        try {
            int taken = sink.offer(offer);
            sample.handed(offer, unixSeconds);
            progress.offered(offer.source().word(), offer.records().size(), taken);
            backoff.reset();
            nextAt = nowNanos + BATCH_NANOS;
        } catch (IOException e) {
            retry(nowNanos, String.valueOf(e.getMessage()));
        } catch (ControlException e) {
            retry(nowNanos, "the daemon takes no records: " + e.getMessage());
        }
    }

    private void retry(long nowNanos, String why) {
        progress.trouble(why);
        sample.handAllAgain();
        nextAt = nowNanos + backoff.next();
    }
}
