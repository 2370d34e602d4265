package skyawg.protocol.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import skyawg.protocol.mpls.TokenBucket;
import skyawg.protocol.names.IpAddress;

/** How many set-ups a node looks at. */
final class SetupAdmissionTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void aNeighbourHasABurstOf50AndThen10ASecond() {
        SetupAdmission admission = new SetupAdmission(0);
        TokenBucket neighbour = SetupAdmission.neighbour(0);
        assertThat(admitted(admission, neighbour, 100, 0)).isEqualTo(50);
        assertThat(admission.admit(neighbour, 0)).isEqualTo(SetupDrop.NEIGHBOUR_RATE);
        assertThat(admission.admit(neighbour, SECOND / 10 - 1)).isEqualTo(SetupDrop.NEIGHBOUR_RATE);
        assertThat(admission.admit(neighbour, SECOND / 10)).isNull();
        assertThat(admitted(admission, neighbour, 100, 10 * SECOND / 10 + SECOND / 10))
                .isEqualTo(10);
        assertThat(admitted(admission, neighbour, 100, 3600 * SECOND))
                .as("after an hour")
                .isEqualTo(50);
    }

    @Test
    void oneNeighboursFloodLeavesTheOthersTheirs() {
        SetupAdmission admission = new SetupAdmission(0);
        TokenBucket flooder = SetupAdmission.neighbour(0);
        TokenBucket quiet = SetupAdmission.neighbour(0);
        admitted(admission, flooder, 1_000_000, 0);
        assertThat(admission.admit(quiet, 0)).isNull();
    }

    @Test
    void allNeighboursTogetherHave200ASecond() {
        SetupAdmission admission = new SetupAdmission(0);
        List<TokenBucket> neighbours = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            neighbours.add(SetupAdmission.neighbour(0));
        }
        int taken = 0;
        for (TokenBucket neighbour : neighbours) {
            taken += admitted(admission, neighbour, 50, 0);
        }
        assertThat(taken).isEqualTo(200);
        int later = 0;
        for (TokenBucket neighbour : neighbours) {
            later += admitted(admission, neighbour, 50, SECOND / 2);
        }
        assertThat(later).isEqualTo(100);
        assertThat(admission.admit(SetupAdmission.neighbour(SECOND / 2), SECOND / 2))
                .isEqualTo(SetupDrop.NODE_RATE);
    }

    @Test
    void anAddressIsDialledOnceIn10Seconds() {
        NewAdjacencies adjacencies = new NewAdjacencies();
        IpAddress first = IpAddress.parse("9.9.9.9");
        IpAddress second = IpAddress.parse("2620:fe::9");
        assertThat(adjacencies.begin(first, 0)).isTrue();
        assertThat(adjacencies.begin(second, 5 * SECOND)).isTrue();
        assertThat(adjacencies.begin(first, 10 * SECOND - 1)).isFalse();
        assertThat(adjacencies.begin(first, 10 * SECOND)).isTrue();
        assertThat(adjacencies.begin(second, 10 * SECOND)).isFalse();
        assertThat(adjacencies.begin(second, 15 * SECOND)).isTrue();
    }

    @Test
    void theMemoryOfDialledAddressesIsBounded() {
        NewAdjacencies adjacencies = new NewAdjacencies();
        for (int i = 0; i < NewAdjacencies.MAX_ADDRESSES; i++) {
            assertThat(adjacencies.begin(IpAddress.v4(i), 0)).isTrue();
        }
        assertThat(adjacencies.begin(IpAddress.v4(-1), 0)).isFalse();
        assertThat(adjacencies.begin(IpAddress.v4(-1), 10 * SECOND)).isTrue();
    }

    private static int admitted(SetupAdmission admission, TokenBucket neighbour, int times, long nowNanos) {
        int admitted = 0;
        for (int i = 0; i < times; i++) {
            admitted += admission.admit(neighbour, nowNanos) == null ? 1 : 0;
        }
        return admitted;
    }
}
