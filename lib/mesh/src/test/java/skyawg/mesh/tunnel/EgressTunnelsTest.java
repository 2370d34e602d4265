package skyawg.mesh.tunnel;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import skyawg.mesh.lsp.Exits.Answer;
import skyawg.protocol.crypto.SeededEntropy;
import skyawg.protocol.setup.EgressRequest;
import skyawg.protocol.setup.Status;
import skyawg.protocol.tunnelkeys.TunnelId;

/** What an egress says to requests, and the prefixes that it grants. */
final class EgressTunnelsTest {
    private static final long MINUTE = 60 * 1_000_000_000L;
    private static final TunnelId ID = new TunnelId(1, 2);

    private final EgressTunnels<String> exits = new EgressTunnels<>(
            request -> request.exitService() == 1,
            (_, _, _) -> {
                throw new AssertionError("no path comes about here");
            },
            new SeededEntropy(3));

    @Test
    void offersOnlyItsServices() {
        assertThat(ask(request(ID, 2, false, 28, 1), "n")).isEqualTo(new Answer.Refused(Status.SERVICE_NOT_OFFERED));
    }

    @Test
    void aJoiningPathGetsTheSamePrefixes() {
        Answer first = ask(request(ID, 1, false, 28, 1), "n");
        assertThat(first).isInstanceOf(Answer.Granted.class);
        assertThat(ask(request(ID, 1, true, 28, 2), "other")).isEqualTo(first);
    }

    @Test
    void nobodyJoinsWhatIsNotThereOrCreatesWhatIs() {
        assertThat(ask(request(ID, 1, true, 28, 1), "n")).isEqualTo(new Answer.Refused(Status.UNKNOWN_TUNNEL));
        ask(request(ID, 1, false, 28, 1), "n");
        assertThat(ask(request(ID, 1, false, 28, 2), "n")).isEqualTo(new Answer.Refused(Status.TUNNEL_EXISTS));
    }

    @Test
    void aPathsNumberIsNeverUsedTwice() {
        ask(request(ID, 1, false, 28, 1), "n");
        assertThat(ask(request(ID, 1, true, 28, 1), "n")).isEqualTo(new Answer.Refused(Status.POLICY));
    }

    @Test
    void oneNeighbourCreatesAtMostItsShare() {
        for (int i = 0; i < EgressTunnels.MOST_PER_NEIGHBOUR; i++) {
            assertThat(ask(request(new TunnelId(9, i), 1, false, 30, 1), "greedy"))
                    .isInstanceOf(Answer.Granted.class);
        }
        Answer refused = new Answer.Refused(Status.NO_CAPACITY);
        assertThat(ask(request(ID, 1, false, 30, 1), "greedy")).isEqualTo(refused);
        assertThat(ask(request(ID, 1, false, 30, 1), "modest")).isInstanceOf(Answer.Granted.class);
        exits.withdrawn(request(new TunnelId(9, 0), 1, false, 30, 1), 0);
        assertThat(ask(request(new TunnelId(10, 0), 1, false, 30, 1), "greedy")).isInstanceOf(Answer.Granted.class);
    }

    @Test
    void aTunnelWithoutAPathEndsAfterAMinute() {
        ask(request(ID, 1, false, 28, 1), "n");
        exits.advance(MINUTE - 1);
        assertThat(exits.size()).isEqualTo(1);
        exits.advance(MINUTE + EgressTunnels.CARE_NANOS);
        assertThat(exits.size()).isZero();
    }

    @Test
    void prefixesNeverMeetAndRestBeforeTheyAreGrantedAgain() {
        PrefixPool pool = new PrefixPool(new SeededEntropy(4));
        List<Prefixes> granted = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            granted.add(requireNonNull(pool.take(24 + i % 7, 0)));
        }
        granted.sort((one, other) -> Integer.compare(one.ipv4(), other.ipv4()));
        for (int i = 1; i < granted.size(); i++) {
            Prefixes before = granted.get(i - 1);
            assertThat(granted.get(i).ipv4()).isGreaterThanOrEqualTo(before.ipv4() + (1 << (32 - before.ipv4Length())));
            assertThat(granted.get(i).ipv4() >>> 22).isEqualTo(0x6440_0000 >>> 22);
        }
        assertThat(granted.stream().map(Prefixes::ipv6)).doesNotHaveDuplicates();
        Prefixes returned = granted.getFirst();
        pool.giveBack(returned, 0);
        assertThat(requireNonNull(pool.take(returned.ipv4Length(), PrefixPool.REST_NANOS - 1))
                        .ipv4())
                .isNotEqualTo(returned.ipv4());
        assertThat(requireNonNull(pool.take(returned.ipv4Length(), PrefixPool.REST_NANOS))
                        .ipv4())
                .isEqualTo(returned.ipv4());
    }

    @Test
    void aPoolThatIsUsedUpSaysSo() {
        PrefixPool pool = new PrefixPool(new SeededEntropy(5));
        int count = 0;
        while (pool.take(24, 0) != null) {
            count++;
        }
        assertThat(count).isEqualTo(1 << 14);
    }

    private Answer ask(EgressRequest request, String neighbour) {
        return exits.ask(request, neighbour, 0);
    }

    private static EgressRequest request(TunnelId id, int service, boolean isJoining, int length, int number) {
        return new EgressRequest(false, isJoining, 600, 0, service, length, 1_800_000_000L, id, number, 0, 0);
    }
}
