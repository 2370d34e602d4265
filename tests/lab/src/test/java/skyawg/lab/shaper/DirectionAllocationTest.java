package skyawg.lab.shaper;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DirectionAllocationTest {
    private static final int FRAMES = 100_000;

    @Test
    void nothingIsAllocatedForAFrame() {
        ThreadMXBean meter = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Direction direction = new Direction(1);
        direction.change(
                Conditions.CLEAR.with(List.of("rate 1gbit delay 20ms jitter 5ms loss 1% reorder 5%".split(" "))));
        carry(direction, 0);
        long before = meter.getCurrentThreadAllocatedBytes();
        carry(direction, FRAMES);
        // One object of the smallest size for each would be 1.6 MB.
        assertThat(meter.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
    }

    private static void carry(Direction direction, int first) {
        for (int i = first; i < first + FRAMES; i++) {
            long now = i * 20_000L;
            direction.place();
            direction.arrived(1514, now);
            while (direction.nextDueNanos() <= now) {
                direction.departed(true, now);
            }
        }
    }
}
