package skyawg.datapath.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skyawg.protocol.campaign.Campaign;

/**
 * Random trailers with unequal S and wide H: the word where a handshake message has its type often reads as one, and a
 * receiver that asks for size and type only takes data for handshakes. Ours asks for the receiver index first and loses
 * nothing.
 */
final class TrailerTrapTest {
    private static final int PACKETS = 100_000;

    @ParameterizedTest
    @ValueSource(strings = {"", ParameterLines.HEADER_KEY, "content_padding_addition=0-64"})
    void losesNothing(String further) throws IOException {
        List<String> trap = List.of(
                "s1=12",
                "s2=40",
                "s3=31",
                "s4=21",
                "h1=5-1000000000",
                "h2=1000000001-2000000000",
                "h3=2000000001-3000000000",
                "h4=3000000001-4294967295",
                "random_trailers=1",
                further.isEmpty() ? "jc=0" : further);
        long packets = Campaign.size("packets through the trailer trap " + further, PACKETS / 3);
        try (TunnelPair pair = TunnelPair.open(trap)) {
            PacketStream there = pair.fromAToB();
            PacketStream back = pair.fromBToA();
            while (there.delivered() + back.delivered() < packets) {
                for (PacketStream stream : List.of(there, back)) {
                    for (int i = 0; i < 100; i++) {
                        stream.sendOpaque(i % 2 == 0, 40 + (i * 131) % (TunnelEnd.MTU - 39));
                    }
                    stream.sendMixture(20);
                    stream.await();
                }
            }
            assertThat(pair.a.drops() + pair.b.drops()).as(pair.events()).isZero();
        }
    }
}
