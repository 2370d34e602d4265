package skyawg.protocol.multipath;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import skyawg.protocol.liveness.EndToEndPulse;
import skyawg.protocol.wire.Memory;
import skyawg.protocol.wire.WireClock;

/** What is called for each packet, 100 000 times over: nothing allocated. */
final class PacketPathAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long NEXT_TO_NOTHING = 10_000;
    private static final int ROUNDS = 100_000;
    private static final long STEP = 20_000;

    @Test
    void sendingAndReceivingAllocateNothing() {
        for (Scheduler scheduler : new Scheduler[] {
            new EcfScheduler(), new WeightedScheduler(), new FlowScheduler(), new DuplicateScheduler()
        }) {
            try (Arena arena = Arena.ofConfined()) {
                Traffic traffic = new Traffic(scheduler, Memory.allocate(arena, AckBlock.LENGTH));
                traffic.run(ROUNDS);
                long before = THREADS.getCurrentThreadAllocatedBytes();
                long begin = System.nanoTime();
                traffic.run(ROUNDS);
                long nanos = System.nanoTime() - begin;
                assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(NEXT_TO_NOTHING);
                assertThat(traffic.delivered).isEqualTo(2 * ROUNDS);
                System.out.printf(
                        "multipath, both ends of three paths, %s: %d ns a packet%n",
                        scheduler.getClass().getSimpleName(), nanos / ROUNDS);
            }
        }
    }

    /** Three paths, packets swapped in pairs on the way, a block every 16 packets. */
    private static final class Traffic {
        private final Scheduler scheduler;
        private final long block;
        private final SendPaths paths = new SendPaths();
        private final ReceivePath[] receivePaths = {new ReceivePath(1), new ReceivePath(2), new ReceivePath(3)};
        private final Resequencer resequencer = new Resequencer(new ByteBudget(ByteBudget.NODE_DEFAULT));
        private long now;
        private long sequence;
        private long delivered;

        Traffic(Scheduler scheduler, long block) {
            this.scheduler = scheduler;
            this.block = block;
            for (int lsp = 1; lsp <= 3; lsp++) {
                paths.add(new SendPath(lsp, PathRole.ACTIVE, 0));
            }
        }

        void run(int packets) {
            for (int i = 0; i < packets; i++) {
                now += STEP;
                int slots = scheduler.choose(paths, 1357, i, now);
                int slot = Integer.numberOfTrailingZeros(slots);
                int pathSequence = paths.path(slot).onSent(1357, true, now);
                receivePaths[slot].onReceived(pathSequence, WireClock.micros(now), 1357, false, now);
                receivePaths[slot].onUserData(now);
                deliver(sequence ^ 1);
                sequence++;
                if (receivePaths[slot].isAckWelcome(now)) {
                    receivePaths[slot].writeBlock(block);
                    paths.onAck(block, WireClock.micros(now), now);
                }
                if (i % 100 == 0) {
                    paths.checkSuspicion(EndToEndPulse.BUSY_INTERVAL, now);
                    resequencer.setDeadline(ReorderDeadline.nanos(receivePaths, receivePaths.length, now));
                }
            }
        }

        private void deliver(long tunnelSequence) {
            Placement placement = resequencer.place(1, tunnelSequence, 1357);
            if (placement == Placement.HOLD) {
                resequencer.hold(tunnelSequence, tunnelSequence, now);
            } else if (placement != Placement.DRAIN_FIRST) {
                delivered++;
            }
            while (resequencer.poll(now) != Resequencer.NOTHING) {
                delivered++;
            }
        }
    }
}
