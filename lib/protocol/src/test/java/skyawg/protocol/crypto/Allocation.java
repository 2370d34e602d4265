package skyawg.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Asserts that what runs for every packet allocates nothing. */
public final class Allocation {
    /** A compilation that ends meanwhile may cost a few objects; one object a call would be 16 bytes and more. */
    private static final long STRAY_BYTES = 4000;

    private static final int MAX_ROUNDS = 20;

    private Allocation() {}

    /**
     * Runs rounds until one allocates nothing. Until the JIT has compiled a step, and on a busy machine that takes a
     * while, the interpreter makes objects that compiled code does not; a step that allocates by itself does so in
     * every round.
     */
    public static void assertNone(int times, Runnable step) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = Long.MAX_VALUE;
        for (int round = 0; round < MAX_ROUNDS && allocated >= STRAY_BYTES; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < times; i++) {
                step.run();
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertThat(allocated).isLessThan(STRAY_BYTES);
    }
}
