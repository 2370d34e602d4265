package skyawg.mesh.nodes;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the ingress itself saw of a node. Nothing that other nodes say enters here.
 *
 * <p>After a failure a node rests 30 s, twice as long for each further one in a row, at most ten minutes; one that it
 * only shares with the other hops of a path counts half.
 */
public final class Measurements {
    static final int FIRST_REST_SECONDS = 30;
    static final int LONGEST_REST_SECONDS = 600;

    /** At so many set-ups both counts are halved: what is long ago fades. */
    private static final int COUNTED_SETUPS = 64;

    private static final int MAX_POINTS = 20;
    private static final int HOUR = 3_600;

    private int setups;
    private int goodSetups;
    private long rttMicros;
    private long rateKbits;
    private int falseRecords;

    /** Of failures since the last success. */
    private int points;

    private long failingSince;

    /** Separate hours in which it failed while others answered, since its last success. */
    private int witnessedHours;

    private long lastWitnessedAt;
    private long lastFailureAt;
    private @Nullable Failure lastFailure;

    /** A set-up over the node came back with payload. */
    void succeeded() {
        countSetup();
        goodSetups++;
        points = 0;
        failingSince = 0;
        witnessedHours = 0;
    }

    /** @param isWitnessed whether some other node answered lately, so that it is not our own network that is down */
    void failed(Failure failure, boolean isWitnessed, long unixSeconds) {
        lastFailure = failure;
        lastFailureAt = unixSeconds;
        if (failure == Failure.FALSE_RECORD) {
            falseRecords++;
            return;
        }
        countSetup();
        if (points == 0) {
            failingSince = unixSeconds;
        }
        points = Math.min(points + failure.points, MAX_POINTS);
        if (isWitnessed && (witnessedHours == 0 || Math.abs(unixSeconds - lastWitnessedAt) >= HOUR)) {
            witnessedHours++;
            lastWitnessedAt = unixSeconds;
        }
    }

    private void countSetup() {
        if (setups == COUNTED_SETUPS) {
            setups /= 2;
            goodSetups /= 2;
        }
        setups++;
    }

    /** Moves the average by an eighth. */
    void addRtt(long micros) {
        rttMicros = rttMicros == 0 ? micros : rttMicros + (micros - rttMicros) / 8;
    }

    /** A rate seen through the node is a lower bound of what it can do, and an old one fades by a sixteenth a time. */
    void addRate(long kbits) {
        rateKbits = Math.max(kbits, rateKbits - rateKbits / 16);
    }

    /** Set-ups over it that ended one way or the other; older ones count less. */
    public int setups() {
        return setups;
    }

    public int goodSetups() {
        return goodSetups;
    }

    /** Share of good set-ups, two good ones given on credit. */
    public double successRate() {
        return (goodSetups + 2.0) / (setups + 2.0);
    }

    /** Average, 0 if never measured. */
    public long rttMicros() {
        return rttMicros;
    }

    /** The most that was lately carried through it in kbit/s, 0 if never measured. */
    public long rateKbits() {
        return rateKbits;
    }

    /** Records of it that turned out not to be its own. */
    public int falseRecords() {
        return falseRecords;
    }

    public Optional<Failure> lastFailure() {
        return Optional.ofNullable(lastFailure);
    }

    /** Unix seconds, 0 for never. */
    public long lastFailureAt() {
        return lastFailureAt;
    }

    /** Whether the last that it was seen in went wrong, after that time. */
    boolean hasFailedSince(long unixSeconds) {
        return points > 0 && lastFailureAt >= unixSeconds;
    }

    public boolean isFailing() {
        return points >= Failure.SILENT.points;
    }

    /** How long it has failed without one success in between, in seconds; 0 when the last try was good. */
    public long failingSeconds(long unixSeconds) {
        return isFailing() ? Math.max(0, unixSeconds - failingSince) : 0;
    }

    /** In how many separate hours it failed while others answered, since its last success. */
    int witnessedHours() {
        return witnessedHours;
    }

    /** Whether it failed so lately that others are tried first. */
    public boolean isResting(long unixSeconds) {
        Failure last = lastFailure;
        if (!isFailing() || last == null) {
            return false;
        }
        int doublings = Math.min(points / 2 - 1, 10);
        long rest = Math.min((long) FIRST_REST_SECONDS << doublings, LONGEST_REST_SECONDS);
        long sinceFailure = unixSeconds - lastFailureAt;
        return sinceFailure >= 0 && sinceFailure < Math.max(rest, last.leastRestSeconds);
    }
}
