package skyawg.datapath.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skyawg.datapath.tun.InnerPackets;
import skyawg.datapath.tun.TestFrames;
import skyawg.protocol.crypto.X25519Keys;
import skyawg.protocol.names.Secret;
import skyawg.protocol.wire.IpHeader;
import skyawg.protocol.wire.Memory;

final class NoRouteAnswersTest {
    private static final int CAPACITY = 2048;
    private static final int MANY = 200;

    private final Arena arena = Arena.ofConfined();
    private final long frame = Memory.allocate(arena, CAPACITY);
    private final long answer = Memory.allocate(arena, CAPACITY);
    private final TunnelEnd end;

    NoRouteAnswersTest() throws IOException {
        end = new TunnelEnd(TunnelPair.TWO_THREADS);
        end.apply(new Change().privateKey(end.privateKey()));
        end.setLink(true);
    }

    @AfterEach
    void close() {
        end.close();
        arena.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theSenderOfAPacketForNobodyIsTold(boolean isV6) {
        int length = putUdp(isV6);
        int[] taken = new int[1];
        Await.until("an answer", () -> (taken[0] = end.tun.take(answer, CAPACITY)) > 0);
        long packet = answer + TestFrames.HEADER_LENGTH;
        int headers = InnerPackets.ipLength(isV6) + 8;
        assertThat(taken[0]).isEqualTo(TestFrames.HEADER_LENGTH + headers + length);
        assertThat(IpHeader.packetLength(packet, CAPACITY)).isEqualTo(headers + length);
        assertThat(Memory.getByte(packet + headers - 8)).isEqualTo((byte) (isV6 ? 1 : 3));
        assertThat(InnerPackets.bytes(packet + headers, length))
                .isEqualTo(InnerPackets.bytes(frame + TestFrames.HEADER_LENGTH, length));
        assertThat(end.tunnel.drops(DropReason.NO_ALLOWED_IP)).isEqualTo(1);
    }

    @Test
    void aFloodOfThemIsAnsweredNowAndThen() {
        long start = System.nanoTime();
        for (int i = 0; i < MANY; i++) {
            putUdp(false);
        }
        Await.until("all dropped", () -> end.tunnel.drops(DropReason.NO_ALLOWED_IP) == MANY);
        long gaps = (System.nanoTime() - start) / NoRouteAnswers.GAP_NANOS;
        int answers = 0;
        while (end.tun.take(answer, CAPACITY) > 0) {
            answers++;
        }
        assertThat(answers).isBetween(NoRouteAnswers.BURST, NoRouteAnswers.BURST + (int) gaps + 1);
        assertThat(gaps).as("a flood, not a trickle").isLessThan(MANY / 2);
    }

    @Test
    void aPacketForAPeerIsNotAnswered() {
        try (Secret other = X25519Keys.generate()) {
            end.apply(new Change().peer(X25519Keys.publicKey(other), Optional.empty(), "0.0.0.0/0"));
        }
        putUdp(false);
        putUdp(true);
        Await.until("the answer to the second", () -> end.tun.take(answer, CAPACITY) > 0);
        assertThat(IpHeader.version(answer + TestFrames.HEADER_LENGTH)).isEqualTo(6);
        assertThat(end.tunnel.drops(DropReason.NO_ALLOWED_IP)).isEqualTo(1);
    }

    private int putUdp(boolean isV6) {
        int length = InnerPackets.putUdp(frame + TestFrames.HEADER_LENGTH, isV6, 3, new Random(5), 100);
        assertThat(end.tun.put(frame, TestFrames.HEADER_LENGTH + length)).isTrue();
        return length;
    }
}
