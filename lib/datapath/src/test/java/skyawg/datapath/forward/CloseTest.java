package skyawg.datapath.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import skyawg.protocol.crypto.KeyVault;

/** A closed tunnel leaves nothing behind. */
final class CloseTest {
    private static final List<String> HEADER_PROTECTION =
            List.of("s1=12", "s2=20", "s3=31", "s4=13", ParameterLines.HEADER_KEY);

    @Test
    void leavesNoKeyAndNoThreadWhenClosedUnderTraffic() throws IOException {
        // Keys that live as long as the process are made by the first tunnel.
        TunnelPair.open(List.of()).close();
        long before = KeyVault.liveCells();
        for (int round = 0; round < 5; round++) {
            TunnelPair pair = TunnelPair.open(round % 2 == 0 ? List.of() : HEADER_PROTECTION);
            try (NumberedFlow flow = new NumberedFlow(pair.a, pair.b)) {
                flow.awaitMore(100);
                assertThat(KeyVault.liveCells()).isGreaterThan(before);
                assertThat(pair.a.threads()).hasSize(3);
                TunnelEnd first = round % 3 == 0 ? pair.a : pair.b;
                first.close();
                assertThat(first.threads()).isEmpty();
            }
            pair.close();
            assertThat(pair.a.threads()).isEmpty();
            assertThat(pair.b.threads()).isEmpty();
            assertThat(KeyVault.liveCells()).as("round %d", round).isEqualTo(before);
        }
    }

    @Test
    void refusesCallsAfterItsEndInsteadOfHanging() throws IOException {
        TunnelPair pair = TunnelPair.open(List.of());
        pair.close();
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            assertThatThrownBy(pair.a.tunnel::snapshot).hasRootCauseMessage("the interface is closed");
            assertThatThrownBy(() -> pair.a.tunnel.apply(new Change().build()))
                    .hasRootCauseMessage("the interface is closed");
            pair.a.tunnel.linkChanged();
            pair.a.tunnel.close();
        });
    }
}
