package skyawg.protocol.mpls;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import skyawg.protocol.crypto.SeededEntropy;

/** Who is refused when the node has as many LSPs as it may. */
final class LspBoundsTest {
    private static final int ENTRY = LabelStackEntry.of(0xaaaaa);

    private final RecordingListener events = new RecordingListener();

    private Lfib<String, String> lfib(LspBounds bounds) {
        return new Lfib<>(new SeededEntropy(1), bounds, events);
    }

    private static @Nullable Lsp<String, String> begin(
            Lfib<String, String> lfib, Neighbour<String, String> from, Neighbour<String, String> to) {
        Admission admission = lfib.admission(from);
        Lsp<String, String> lsp = lfib.beginTransit(from, ENTRY, to, LspMode.ONION, 0);
        assertThat(lsp != null).isEqualTo(admission == Admission.ADMITTED);
        return lsp;
    }

    @Test
    void defaultsAreThoseOfTheSpecification() {
        LspBounds bounds = LspBounds.DEFAULT;
        assertThat(bounds.perNeighbour()).isEqualTo(1_024);
        assertThat(bounds.perNode()).isEqualTo(65_536);
        assertThat(bounds.pendingPerNeighbour()).isEqualTo(64);
        assertThat(bounds.pendingPerNode()).isEqualTo(2_048);
        assertThatIllegalArgumentException().isThrownBy(() -> new LspBounds(0, 1, 1, 1));
    }

    @Test
    void neighbourHasAtMostItsPendingSetUps() {
        Lfib<String, String> lfib = lfib(LspBounds.DEFAULT);
        Neighbour<String, String> from = lfib.addNeighbour("from");
        Neighbour<String, String> to = lfib.addNeighbour("to");
        for (int i = 0; i < 64; i++) {
            assertThat(begin(lfib, from, to)).isNotNull();
        }
        assertThat(begin(lfib, from, to)).isNull();
        assertThat(lfib.admission(from)).isEqualTo(Admission.NEIGHBOUR_FULL);
        assertThat(lfib.admission(to)).isEqualTo(Admission.ADMITTED);
        lfib.advance(5_000_000_000L);
        assertThat(begin(lfib, from, to)).isNotNull();
    }

    @Test
    void neighbourHasAtMostItsLsps() {
        Lfib<String, String> lfib = lfib(LspBounds.DEFAULT);
        Neighbour<String, String> from = lfib.addNeighbour("from");
        Neighbour<String, String> to = lfib.addNeighbour("to");
        for (int i = 0; i < 1_024; i++) {
            lfib.install(requireNonNull(begin(lfib, from, to)), ENTRY, 600, "keys", 0);
        }
        assertThat(begin(lfib, from, to)).isNull();
        assertThat(lfib.addEgress(from, ENTRY, LspMode.ONION, 600, "keys", 0)).isNull();
        assertThat(lfib.addEgress(to, ENTRY, LspMode.ONION, 600, "keys", 0)).isNotNull();
    }

    /** Ten places, five neighbours: a share is two. */
    @Test
    void newestUnconfirmedOfWhoHasMostMakesRoomForOneBelowItsShare() {
        Lfib<String, String> lfib = lfib(new LspBounds(10, 10, 10, 10));
        Neighbour<String, String> greedy = lfib.addNeighbour("greedy");
        Neighbour<String, String> modest = lfib.addNeighbour("modest");
        Neighbour<String, String> late = lfib.addNeighbour("late");
        Neighbour<String, String> to = lfib.addNeighbour("to");
        lfib.addNeighbour("idle");
        List<Lsp<String, String>> greedys = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            greedys.add(requireNonNull(begin(lfib, greedy, to)));
        }
        for (int i = 0; i < 3; i++) {
            assertThat(begin(lfib, modest, to)).isNotNull();
        }
        assertThat(begin(lfib, greedy, to)).isNull();
        assertThat(lfib.admission(greedy)).isEqualTo(Admission.NODE_FULL);
        assertThat(lfib.admission(modest)).as("has its share").isEqualTo(Admission.NODE_FULL);
        assertThat(begin(lfib, late, to)).isNotNull();
        assertThat(greedys.get(6).state()).isEqualTo(LspState.GONE);
        assertThat(greedys.get(5).state()).isEqualTo(LspState.PENDING);
        assertThat(events.take()).containsExactly("release to greedy label aaaaa reason 7", "ended EVICTED");
        assertThat(begin(lfib, late, to)).isNotNull();
        assertThat(begin(lfib, late, to)).as("has its share now").isNull();
        assertThat(lfib.size()).isEqualTo(10);
        assertThat(greedy.lspCount()).isEqualTo(5);
    }

    @Test
    void confirmedLspsAreNeverEvicted() {
        Lfib<String, String> lfib = lfib(new LspBounds(4, 4, 4, 4));
        Neighbour<String, String> greedy = lfib.addNeighbour("greedy");
        Neighbour<String, String> late = lfib.addNeighbour("late");
        Neighbour<String, String> to = lfib.addNeighbour("to");
        List<Lsp<String, String>> greedys = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Lsp<String, String> lsp = requireNonNull(begin(lfib, greedy, to));
            lfib.install(lsp, ENTRY, 600, "keys", 0);
            greedys.add(lsp);
        }
        for (int i : new int[] {3, 1, 2}) {
            requireNonNull(greedys.get(i).forward()).count(100, 1);
        }
        assertThat(begin(lfib, late, to)).isNotNull();
        assertThat(greedys.get(0).state()).as("the only one without a packet").isEqualTo(LspState.GONE);
        for (int i = 1; i < 4; i++) {
            assertThat(greedys.get(i).state()).isEqualTo(LspState.CONFIRMED);
        }
        requireNonNull(greedys.get(1).forward()).count(100, 1);
        lfib.end(greedys.get(1), LspEnd.DONE, 0);
        lfib.addEgress(greedy, ENTRY, LspMode.ONION, 600, "keys", 0);
        assertThat(lfib.size()).isEqualTo(4);
        assertThat(lfib.admission(late)).as("share is 1, and it has one").isEqualTo(Admission.NODE_FULL);
    }

    /** Random admissions, ends and evictions: counts stay true and bounds hold. */
    @Test
    void countsStayTrueUnderAnySchedule() {
        for (long seed = 0; seed < 50; seed++) {
            SeededEntropy random = new SeededEntropy(seed);
            Lfib<String, String> lfib = lfib(new LspBounds(12, 30, 5, 10));
            List<Neighbour<String, String>> neighbours = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                neighbours.add(lfib.addNeighbour("n" + i));
            }
            long now = 0;
            for (int step = 0; step < 2_000; step++) {
                now += random.uniform(0, 300_000_000L);
                lfib.advance(now);
                Neighbour<String, String> from = neighbours.get((int) random.uniform(0, 5));
                Neighbour<String, String> to = neighbours.get((int) random.uniform(0, 5));
                List<Lsp<String, String>> all = lfib.all();
                Lsp<String, String> any = all.isEmpty() ? null : all.get((int) random.uniform(0, all.size() - 1));
                act(lfib, (int) random.uniform(0, 9), from, to, any, now);
                checkCounts(lfib, neighbours);
            }
            for (Neighbour<String, String> neighbour : neighbours) {
                lfib.removeNeighbour(neighbour, now);
            }
            assertThat(lfib.size()).isZero();
        }
    }

    private static void act(
            Lfib<String, String> lfib,
            int action,
            Neighbour<String, String> from,
            Neighbour<String, String> to,
            @Nullable Lsp<String, String> any,
            long now) {
        switch (action) {
            case 0, 1, 2, 3 -> {
                if (from != to) {
                    lfib.beginTransit(from, ENTRY, to, LspMode.ONION, now);
                }
            }
            case 4 -> lfib.addEgress(from, ENTRY, LspMode.ONION, 60, "keys", now);
            case 5, 6 -> {
                if (any != null && any.state() == LspState.PENDING) {
                    lfib.install(any, ENTRY, 60, "keys", now);
                }
            }
            case 7 -> {
                Nhlfe<String, String> forward = any == null ? null : any.forward();
                if (forward != null) {
                    forward.count(100, now);
                }
            }
            case 8 -> {
                if (any != null) {
                    lfib.end(any, LspEnd.DONE, now);
                }
            }
            default -> lfib.linkDown(from, now);
        }
    }

    private static void checkCounts(Lfib<String, String> lfib, List<Neighbour<String, String>> neighbours) {
        List<Lsp<String, String>> all = lfib.all();
        assertThat(all.size()).isLessThanOrEqualTo(30);
        assertThat(lfib.pendingCount()).isLessThanOrEqualTo(10);
        for (Neighbour<String, String> neighbour : neighbours) {
            long lsps = all.stream().filter(lsp -> lsp.upstream() == neighbour).count();
            long pending = all.stream()
                    .filter(lsp -> lsp.upstream() == neighbour && lsp.state() == LspState.PENDING)
                    .count();
            long labels = lsps
                    - pending
                    + all.stream().filter(lsp -> lsp.downstream() == neighbour).count();
            assertThat(neighbour.lspCount()).isEqualTo((int) lsps).isLessThanOrEqualTo(12);
            assertThat(neighbour.pendingCount()).isEqualTo((int) pending).isLessThanOrEqualTo(5);
            assertThat(neighbour.labels().size()).isEqualTo((int) labels);
        }
    }
}
