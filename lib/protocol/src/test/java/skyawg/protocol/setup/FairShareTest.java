package skyawg.protocol.setup;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who gets room at a bound, and who loses it. */
final class FairShareTest {
    @Test
    void aNeighbourIsRefusedAtItsOwnBound() {
        FairShare<String> share = new FairShare<>(2, 10);
        FairShare.Holder<String> holder = share.join();
        FairShare.Claim<String> first = granted(share.claim(holder, "a")).claim();
        granted(share.claim(holder, "b"));
        assertThat(share.claim(holder, "c")).isEqualTo(new FairShare.Refused<>(true));
        share.release(first);
        share.release(first);
        assertThat(holder.held()).isEqualTo(1);
        assertThat(granted(share.claim(holder, "c")).evicted()).isNull();
    }

    @Test
    void atTheNodesBoundTheNewestUnconfirmedOfTheGreediestMakesRoom() {
        FairShare<String> share = new FairShare<>(10, 4);
        FairShare.Holder<String> greedy = share.join();
        FairShare.Holder<String> modest = share.join();
        granted(share.claim(greedy, "g1"));
        granted(share.claim(greedy, "g2"));
        FairShare.Claim<String> third = granted(share.claim(greedy, "g3")).claim();
        FairShare.Claim<String> fourth = granted(share.claim(greedy, "g4")).claim();
        share.confirm(fourth);
        assertThat(share.claim(greedy, "g5")).as("the greediest itself").isEqualTo(new FairShare.Refused<>(false));
        assertThat(granted(share.claim(modest, "m1")).evicted()).isEqualTo("g3");
        assertThat(granted(share.claim(modest, "m2")).evicted()).isEqualTo("g2");
        assertThat(share.claim(modest, "m3")).as("has its share").isEqualTo(new FairShare.Refused<>(false));
        share.release(third);
        assertThat(share.held()).as("was released when it was evicted").isEqualTo(4);
    }

    @Test
    void whatIsConfirmedStays() {
        FairShare<String> share = new FairShare<>(10, 2);
        FairShare.Holder<String> greedy = share.join();
        FairShare.Holder<String> modest = share.join();
        share.confirm(granted(share.claim(greedy, "g1")).claim());
        share.confirm(granted(share.claim(greedy, "g2")).claim());
        assertThat(share.claim(modest, "m")).isEqualTo(new FairShare.Refused<>(false));
    }

    @Test
    void aNeighbourThatHoldsSomethingCannotLeave() {
        FairShare<String> share = new FairShare<>(10, 2);
        FairShare.Holder<String> holder = share.join();
        FairShare.Claim<String> claim = granted(share.claim(holder, "x")).claim();
        assertThatIllegalStateException().isThrownBy(() -> share.leave(holder));
        share.release(claim);
        share.leave(holder);
    }

    @Test
    void theBoundsAreThoseOfTheSpecification() {
        assertThat(roomFor(FairShare.ofLsps(), 1)).isEqualTo(1024);
        assertThat(roomFor(FairShare.ofLsps(), 100)).isEqualTo(65_536);
        assertThat(roomFor(FairShare.ofPending(), 1)).isEqualTo(64);
        assertThat(roomFor(FairShare.ofPending(), 100)).isEqualTo(2048);
        assertThat(roomFor(FairShare.ofTunnels(), 1)).isEqualTo(256);
        assertThat(roomFor(FairShare.ofTunnels(), 100)).isEqualTo(4096);
    }

    /** A list of entries in order, which does the same slowly. */
    @Property(tries = 200)
    void decidesAsASlowModelDoes(@ForAll long seed) {
        Random random = new Random(seed);
        int perNeighbour = 1 + random.nextInt(6);
        int perNode = 1 + random.nextInt(12);
        FairShare<Integer> share = new FairShare<>(perNeighbour, perNode);
        List<FairShare.Holder<Integer>> holders = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(5); i++) {
            holders.add(share.join());
        }
        Map<Integer, FairShare.Claim<Integer>> claims = new HashMap<>();
        List<int[]> model = new ArrayList<>(); // entry, neighbour, confirmed
        for (int entry = 0; entry < 200; entry++) {
            if (random.nextInt(3) == 0 && !model.isEmpty()) {
                int[] chosen = model.get(random.nextInt(model.size()));
                if (random.nextBoolean()) {
                    chosen[2] = 1;
                    share.confirm(requireNonNull(claims.get(chosen[0])));
                } else {
                    model.remove(chosen);
                    share.release(requireNonNull(claims.get(chosen[0])));
                }
                continue;
            }
            int neighbour = random.nextInt(holders.size());
            Integer victim = null;
            boolean isOwn = count(model, neighbour) >= perNeighbour;
            boolean isFull = model.size() >= perNode;
            if (!isOwn && isFull && count(model, neighbour) < perNode / holders.size()) {
                victim = victim(model, holders.size());
            }
            FairShare.Decision<Integer> decision = share.claim(holders.get(neighbour), entry);
            if (isOwn || (isFull && victim == null)) {
                assertThat(decision).isEqualTo(new FairShare.Refused<>(isOwn));
                continue;
            }
            FairShare.Granted<Integer> granted = granted(decision);
            Integer evicted = granted.evicted();
            if (victim == null) {
                assertThat(evicted).isNull();
            } else {
                // Of several who hold most, either may lose.
                int lost = requireNonNull(evicted);
                int[] loser = model.stream()
                        .filter(held -> held[0] == lost)
                        .findFirst()
                        .orElseThrow();
                assertThat(loser[2]).isZero();
                assertThat(count(model, loser[1])).isEqualTo(most(model, holders.size()));
                model.remove(loser);
            }
            model.add(new int[] {entry, neighbour, 0});
            claims.put(entry, granted.claim());
            assertThat(share.held()).isEqualTo(model.size());
        }
    }

    private static @Nullable Integer victim(List<int[]> model, int neighbours) {
        for (int neighbour = 0; neighbour < neighbours; neighbour++) {
            if (count(model, neighbour) == most(model, neighbours)) {
                Integer newest = null;
                for (int[] entry : model) {
                    if (entry[1] == neighbour && entry[2] == 0) {
                        newest = entry[0];
                    }
                }
                // The first who holds most is asked, whether it has something unconfirmed or not.
                return newest;
            }
        }
        return null;
    }

    private static int most(List<int[]> model, int neighbours) {
        int most = 0;
        for (int neighbour = 0; neighbour < neighbours; neighbour++) {
            most = Math.max(most, count(model, neighbour));
        }
        return most;
    }

    private static int count(List<int[]> model, int neighbour) {
        return (int) model.stream().filter(entry -> entry[1] == neighbour).count();
    }

    private static int roomFor(FairShare<Integer> share, int neighbours) {
        for (int i = 0; i < neighbours; i++) {
            FairShare.Holder<Integer> holder = share.join();
            while (share.claim(holder, i) instanceof FairShare.Granted<Integer>(var claim, Integer evicted)
                    && evicted == null) {
                share.confirm(claim);
            }
        }
        return share.held();
    }

    private static <E> FairShare.Granted<E> granted(FairShare.Decision<E> decision) {
        assertThat(decision).isInstanceOf(FairShare.Granted.class);
        return (FairShare.Granted<E>) decision;
    }
}
