package skyawg.datapath.forward;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrecedenceTest {
    private static final long WINDOW = Precedence.WINDOW_NANOS;

    private long now = 7;
    private long own;
    private long process;

    @Test
    void keepsItWhileOthersHaveRoom() {
        Precedence precedence = begun(2);
        for (int i = 0; i < 100; i++) {
            assertThat(afterWindow(precedence, 0.95, 1.7)).isTrue();
        }
    }

    @Test
    void losesItByTakingAWholeCore() {
        assertThat(afterWindow(begun(8), 0.98, 0.98)).isFalse();
    }

    @Test
    void losesItWhenTheProcessLeavesLessThanAQuarterOfACore() {
        assertThat(afterWindow(begun(2), 0.6, 1.8)).isFalse();
    }

    @Test
    void leavesAQuarterOfTheOnlyCore() {
        Precedence precedence = begun(1);
        assertThat(afterWindow(precedence, 0.7, 0.74)).isTrue();
        assertThat(afterWindow(precedence, 0.7, 0.76)).isFalse();
    }

    @Test
    void getsItBackAfterHalfASecondAmongEquals() {
        Precedence precedence = begun(1);
        assertThat(afterWindow(precedence, 1, 1)).isFalse();
        for (int i = 1; i < Precedence.EQUAL_NANOS / WINDOW; i++) {
            assertThat(afterWindow(precedence, 0, 0)).isFalse();
        }
        assertThat(afterWindow(precedence, 0, 0)).isTrue();
    }

    @Test
    void aHogGoesFirstInOneWindowOfSixAtMost() {
        Precedence precedence = begun(1);
        boolean isFirst = true;
        int firstWindows = 0;
        for (int i = 0; i < 600; i++) {
            firstWindows += isFirst ? 1 : 0;
            isFirst = afterWindow(precedence, 1, 1);
        }
        assertThat(firstWindows).isEqualTo(100);
    }

    @Test
    void judgesALongSleepByItsWholeLength() {
        Precedence precedence = begun(1);
        now += 100 * WINDOW;
        own += 2 * WINDOW;
        precedence.changesAfter(now, own, own);
        assertThat(precedence.isFirst()).isTrue();
    }

    @Test
    void hasNothingToSayWithinAWindow() {
        Precedence precedence = begun(1);
        assertThat(precedence.isWindowOver(now + WINDOW - 1)).isFalse();
        assertThat(precedence.isWindowOver(now + WINDOW)).isTrue();
    }

    private Precedence begun(int cores) {
        Precedence precedence = new Precedence(cores);
        precedence.begin(now, own, process);
        return precedence;
    }

    /** Goes a window on, in which the thread and the process have used these many cores. */
    private boolean afterWindow(Precedence precedence, double ownCores, double processCores) {
        now += WINDOW;
        own += (long) (ownCores * WINDOW);
        process += (long) (processCores * WINDOW);
        boolean before = precedence.isFirst();
        boolean changes = precedence.changesAfter(now, own, process);
        assertThat(changes).isEqualTo(before != precedence.isFirst());
        return precedence.isFirst();
    }
}
