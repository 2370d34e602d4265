package skyawg.lab.shaper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import skyawg.protocol.wire.Memory;

final class FrameRingTest {
    private static final long SMALLEST_LIMIT = 128 << 10;

    private record Frame(int length, long due, long number, long seed) {}

    /** Frames of any length come and go, at times many more than fit at first: a queue of the library is the model. */
    @Property(tries = 200)
    void isAQueue(@ForAll long seed) {
        Random random = new Random(seed);
        FrameRing ring = new FrameRing(64 << 20);
        ArrayDeque<Frame> model = new ArrayDeque<>();
        for (int step = 0; step < 2000; step++) {
            boolean isFilling = step / 250 % 2 == 0;
            if (random.nextInt(10) < (isFilling ? 8 : 3)) {
                Frame frame = frame(random, step);
                Memory.copy(bytes(frame), 0, ring.place(), frame.length);
                ring.append(frame.length, frame.due, frame.number);
                model.add(frame);
            } else if (!model.isEmpty()) {
                expectFirst(ring, model.remove());
                ring.remove();
            }
            assertThat(ring.count()).isEqualTo(model.size());
        }
        while (!model.isEmpty()) {
            expectFirst(ring, model.remove());
            ring.remove();
        }
        assertThat(ring.dueNanos()).isEqualTo(FrameRing.NEVER);
    }

    private static Frame frame(Random random, int number) {
        int length = 1 + random.nextInt(random.nextBoolean() ? 100 : FrameRing.MAX_LENGTH);
        return new Frame(length, random.nextLong(), number, random.nextLong());
    }

    private static byte[] bytes(Frame frame) {
        byte[] bytes = new byte[frame.length];
        new Random(frame.seed).nextBytes(bytes);
        return bytes;
    }

    private static void expectFirst(FrameRing ring, Frame frame) {
        assertThat(ring.dueNanos()).isEqualTo(frame.due);
        assertThat(ring.number()).isEqualTo(frame.number);
        assertThat(ring.length()).isEqualTo(frame.length);
        assertThat(Memory.bytes(ring.frame(), frame.length)).isEqualTo(bytes(frame));
    }

    @Test
    void hasNoPlaceBeyondItsLimitUntilFramesLeave() {
        FrameRing ring = new FrameRing(SMALLEST_LIMIT);
        int count = 0;
        while (ring.place() != FrameRing.NONE) {
            ring.append(FrameRing.MAX_LENGTH, 1, count++);
        }
        assertThat(count).isBetween(12, 14);
        for (int i = 0; i < 1000; i++) {
            ring.remove();
            ring.remove();
            assertThat(ring.place()).isNotEqualTo(FrameRing.NONE);
            ring.append(FrameRing.MAX_LENGTH, 1, count++);
            if (ring.place() != FrameRing.NONE) {
                ring.append(FrameRing.MAX_LENGTH, 1, count++);
            }
        }
        assertThat(ring.number()).isEqualTo(count - ring.count());
    }
}
