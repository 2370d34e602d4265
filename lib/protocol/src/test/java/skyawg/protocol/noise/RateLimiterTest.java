package skyawg.protocol.noise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import skyawg.protocol.crypto.SeededEntropy;
import skyawg.protocol.names.IpAddress;

final class RateLimiterTest {
    private static final long SECOND = Constants.NANOS_PER_SECOND;
    private static final IpAddress SOURCE = IpAddress.parse("192.0.2.7");

    private final RateLimiter limiter = new RateLimiter(new SeededEntropy(1));

    @Test
    void allowsABurstOfFive() {
        int allowed = 0;
        for (int i = 0; i < 20; i++) {
            allowed += limiter.allow(SOURCE, SECOND) ? 1 : 0;
        }
        // a source that is known needs more than one message's worth, so the last of the five stays in the bucket
        assertThat(allowed).isEqualTo(4);
    }

    @Test
    void allowsTwentyASecondInTheLongRun() {
        int allowed = 0;
        for (long now = SECOND; now < 101 * SECOND; now += SECOND / 100) {
            allowed += limiter.allow(SOURCE, now) ? 1 : 0;
        }
        assertThat(allowed).isBetween(1950, 2010);
    }

    @Test
    void slowSourceIsNeverRefused() {
        for (long now = SECOND; now < 100 * SECOND; now += SECOND / 10) {
            assertThat(limiter.allow(SOURCE, now)).isTrue();
        }
    }

    @Test
    void sourcesDoNotDisturbEachOther() {
        for (int i = 0; i < 10; i++) {
            limiter.allow(SOURCE, SECOND);
        }
        assertThat(limiter.allow(SOURCE, SECOND)).isFalse();
        assertThat(limiter.allow(IpAddress.parse("192.0.2.8"), SECOND)).isTrue();
        assertThat(limiter.allow(IpAddress.parse("2001:db8::1"), SECOND)).isTrue();
        assertThat(limiter.allow(IpAddress.parse("2001:db8::2"), SECOND)).isTrue();
        assertThat(limiter.size()).isEqualTo(4);
    }

    @Test
    void silentSourceIsForgottenWithinTwoSeconds() {
        limiter.allow(SOURCE, SECOND);
        assertThat(limiter.nextSweep()).isLessThanOrEqualTo(2 * SECOND);
        limiter.sweepIfDue(2 * SECOND);
        assertThat(limiter.size()).isEqualTo(1);
        limiter.sweepIfDue(3 * SECOND + 1);
        assertThat(limiter.size()).isZero();
        assertThat(limiter.nextSweep()).isEqualTo(PeerTimers.NEVER);
    }

    /** A4: memory is bounded, and freed when the flood is over. */
    @Test
    void floodOfSourcesIsBounded() {
        int allowed = 0;
        for (int i = 0; i < 3 * RateLimiter.MAX_SOURCES; i++) {
            allowed += limiter.allow(IpAddress.v6(0x2001_0db8_0000_0000L, i), SECOND) ? 1 : 0;
        }
        assertThat(allowed).isEqualTo(RateLimiter.MAX_SOURCES);
        assertThat(limiter.memoryBytes()).isLessThan(16 << 20);
        limiter.sweepIfDue(3 * SECOND);
        assertThat(limiter.size()).isZero();
        assertThat(limiter.memoryBytes()).isLessThan(1 << 14);
        assertThat(limiter.allow(SOURCE, 3 * SECOND)).isTrue();
    }

    @Test
    void takesAnotherRateAndDoesNotForgetABucketBeforeItIsFull() {
        long cost = SECOND / 5;
        RateLimiter slow = new RateLimiter(new SeededEntropy(2), cost, 10 * cost + 1);
        long now = SECOND;
        for (int i = 0; i < 10; i++) {
            assertThat(slow.allow(SOURCE, now)).as("of the burst, %d", i).isTrue();
        }
        assertThat(slow.allow(SOURCE, now)).isFalse();
        // Long enough for the ordinary limiter to sweep it out.
        now += 3 * SECOND / 2;
        slow.sweepIfDue(now);
        int allowed = 0;
        for (int i = 0; i < 10; i++) {
            allowed += slow.allow(SOURCE, now) ? 1 : 0;
        }
        assertThat(allowed).isEqualTo(7);
        slow.sweepIfDue(now + 3 * SECOND);
        assertThat(slow.size()).isZero();
    }

    /** The table against a map, with sources that come and go. */
    @Test
    void agreesWithAMap() {
        record Bucket(long lastSeen, long tokens) {}
        SeededEntropy random = new SeededEntropy(5);
        Map<IpAddress, Bucket> model = new HashMap<>();
        long now = SECOND;
        long lastSweep = 0;
        int refused = 0;
        for (int i = 0; i < 100_000; i++) {
            now += random.uniform(0, SECOND / 100);
            if (now - lastSweep >= SECOND) {
                lastSweep = now;
                long moment = now;
                model.values().removeIf(bucket -> moment - bucket.lastSeen > SECOND);
            }
            IpAddress source = IpAddress.v4((int) random.uniform(0, random.uniform(0, 9) == 0 ? 500 : 5));
            Bucket bucket = model.get(source);
            boolean expected = true;
            long tokens = RateLimiter.CAPACITY - RateLimiter.COST;
            if (bucket != null) {
                tokens = Math.min(RateLimiter.CAPACITY, bucket.tokens + now - bucket.lastSeen);
                expected = tokens > RateLimiter.COST;
                tokens -= expected ? RateLimiter.COST : 0;
            }
            model.put(source, new Bucket(now, tokens));
            assertThat(limiter.allow(source, now)).as("at %d", i).isEqualTo(expected);
            refused += expected ? 0 : 1;
        }
        assertThat(limiter.size()).isEqualTo(model.size());
        assertThat(refused).isGreaterThan(10_000);
    }
}
