package skyawg.skydiscover;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import skyawg.control.cli.CommandIo;
import skyawg.control.cli.Output;
import skyawg.control.control.ControlException;
import skyawg.control.offer.OfferSource;
import skyawg.control.offer.RecordOffer;
import skyawg.protocol.names.IpAddress;

/** Feeding and asking, on a virtual clock that begins just before it wraps. */
class FeederTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long BEGIN = Long.MAX_VALUE - 10 * SECOND;

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private final Progress progress = new Progress(
            new CommandIo(
                    new ByteArrayInputStream(new byte[0]),
                    new Output(new ByteArrayOutputStream()),
                    new Output(told),
                    Map.of(),
                    false),
            false);
    private final SplittableRandom random = new SplittableRandom(3);
    private final Sample sample = new Sample(random);
    private final List<RecordOffer> offers = new ArrayList<>();
    private final List<Long> tries = new ArrayList<>();
    private boolean isUp = true;
    private long now = BEGIN;

    private final Feeder feeder = new Feeder(
            sample,
            offer -> {
                tries.add(now - BEGIN);
                if (!isUp) {
                    throw new IOException("no daemon answers");
                }
                offers.add(offer);
                return offer.records().size();
            },
            progress,
            random,
            BEGIN);

    FeederTest() {
        sample.setOwn(Records.of(-1, IpAddress.parse("9.9.9.9")));
    }

    private void run(long seconds) {
        for (long end = now + seconds * SECOND; now - end < 0; now += SECOND / 10) {
            feeder.advance(now, Records.NOW);
        }
    }

    private void find(int from, int to) {
        for (int i = from; i < to; i++) {
            sample.add(OfferSource.DISCV5, Records.offered(i), Records.NOW);
        }
    }

    @Test
    void feedsInBatchesWithTimeBetween() {
        find(0, 150);
        run(2);
        assertThat(offers).extracting(offer -> offer.records().size()).containsExactly(64, 64, 22);
        assertThat(tries.get(1) - tries.get(0)).isGreaterThanOrEqualTo(Feeder.BATCH_NANOS);
    }

    @Test
    void triesLessAndLessOften() {
        isUp = false;
        find(0, 1);
        run(3_600);
        for (int i = 1; i < tries.size(); i++) {
            double seconds = (tries.get(i) - tries.get(i - 1)) / (double) SECOND;
            double wanted = Math.min(60, Math.pow(2, i - 1));
            assertThat(seconds).isBetween(wanted * 0.75, wanted * 1.25 + 0.1);
        }
        assertThat(tries).hasSizeBetween(50, 80);
        assertThat(told.toString(StandardCharsets.UTF_8)).hasLineCount(1);
    }

    @Test
    void aDaemonThatComesBackGetsEverything() {
        find(0, 10);
        run(1);
        isUp = false;
        find(10, 11);
        run(600);
        isUp = true;
        offers.clear();
        run(100);
        assertThat(offers).hasSize(1);
        assertThat(offers.getFirst().records()).hasSize(11);
        tries.clear();
        isUp = false;
        find(11, 12);
        run(2);
        assertThat(tries).as("the wait is short again").hasSizeBetween(2, 3);
    }

    @Test
    void asksForTheOwnRecordAgainAndAgain() {
        int[] asked = {0};
        int[] lost = {0};
        Publication publication = new Publication(
                () -> {
                    asked[0]++;
                    if (!isUp) {
                        throw new ControlException(ControlException.FAILED, "this node is in no mesh", "join one");
                    }
                    return Records.of(asked[0], IpAddress.parse("9.9.9.9"));
                },
                progress,
                random,
                () -> lost[0]++,
                now);
        isUp = false;
        for (long end = now + 60 * SECOND; now - end < 0; now += SECOND / 10) {
            publication.advance(now);
        }
        assertThat(asked[0]).isBetween(5, 9);
        assertThat(lost[0]).isEqualTo(asked[0]);
        assertThat(publication.record()).isEmpty();
        assertThat(told.toString(StandardCharsets.UTF_8)).contains("in no mesh: join one");
        isUp = true;
        for (long end = now + 60 * SECOND; now - end < 0; now += SECOND / 10) {
            publication.advance(now);
        }
        assertThat(publication.publishable(Records.NOW)).isPresent();
        assertThat(publication.publishable(Records.EXPIRY))
                .as("when it is over")
                .isEmpty();
    }
}
