package skyawg.datapath.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ThreadScheduleTest {
    /** Field 41 of proc(5)'s stat, counted from the one behind the name in brackets, which is the third. */
    private static final int POLICY = 41 - 3;

    private static final int SCHED_OTHER = 0;
    private static final int SCHED_RR = 2;

    @Test
    void putsTheCallingThreadFirstAndBack() throws Exception {
        try (Arena arena = Arena.ofConfined()) {
            ThreadSchedule schedule = new ThreadSchedule(arena);
            boolean isPermitted = schedule.putFirst();
            int first = policy();
            schedule.makeOrdinary();
            int afterwards = policy();
            assumeTrue(isPermitted, "real-time priority takes CAP_SYS_NICE or an RLIMIT_RTPRIO of 1");
            assertThat(first & 0xff).isEqualTo(SCHED_RR);
            assertThat(afterwards).isEqualTo(SCHED_OTHER);
        }
    }

    @Test
    void tellsWhatThreadAndProcessHaveUsed() {
        try (Arena arena = Arena.ofConfined()) {
            ThreadSchedule schedule = new ThreadSchedule(arena);
            long own = schedule.ownNanos();
            long process = schedule.processNanos();
            while (schedule.ownNanos() - own < 20_000_000) {
                Thread.onSpinWait();
            }
            assertThat(schedule.processNanos() - process).isGreaterThanOrEqualTo(20_000_000);
            assertThat(schedule.processNanos()).isGreaterThanOrEqualTo(schedule.ownNanos());
        }
    }

    private static int policy() throws IOException {
        String stat = Files.readString(Path.of("/proc/thread-self/stat"));
        return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[POLICY]);
    }
}
