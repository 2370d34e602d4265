package skyawg.skydiscover;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import skyawg.control.control.ControlException;
import skyawg.protocol.record.AddressedRecord;

/**
 * Knows this node's record: asks the daemon for it every few seconds, and less and less often while it does not answer.
 * Until the record is over, its last word stands.
 */
final class Publication {
    static final Duration ASK = Duration.ofSeconds(5);

    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final OwnRecord daemon;
    private final Progress progress;
    private final Backoff backoff;
    private final Runnable whenLost;
    private @Nullable AddressedRecord record;
    private long askAt;

    /** @param whenLost told when the daemon does not answer */
    Publication(OwnRecord daemon, Progress progress, RandomGenerator random, Runnable whenLost, long nowNanos) {
        this.daemon = daemon;
        this.progress = progress;
        this.backoff = new Backoff(FIRST_WAIT, LONGEST_WAIT, random);
        this.whenLost = whenLost;
        this.askAt = nowNanos;
    }

    void advance(long nowNanos) {
        if (nowNanos - askAt < 0) {
            return;
        }
        try {
            record = daemon.current();
            backoff.reset();
            askAt = nowNanos + ASK.toNanos();
        } catch (IOException e) {
            retry(nowNanos, e.getMessage() + ": start it with 'systemctl start awgd'; until then it is asked again");
        } catch (ControlException e) {
            retry(nowNanos, e.getMessage() + (e.hint().isEmpty() ? "" : ": " + e.hint()));
        }
    }

    private void retry(long nowNanos, String why) {
        progress.waiting("waiting for this node's record: " + why);
        whenLost.run();
        askAt = nowNanos + backoff.next();
    }

    /** The daemon's last word. */
    Optional<AddressedRecord> record() {
        return Optional.ofNullable(record);
    }

    /** The record that others may have: empty when there is none, when it offers nothing, or when it is over. */
    Optional<AddressedRecord> publishable(long unixSeconds) {
        return record().filter(own -> own.node().roles() != 0
                && !own.node().isExpired(unixSeconds)
                && (own.endpoint4().isPresent() || own.endpoint6().isPresent()));
    }
}
