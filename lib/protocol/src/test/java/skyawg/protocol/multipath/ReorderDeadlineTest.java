package skyawg.protocol.multipath;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ReorderDeadlineTest {
    private static final long MILLI = 1_000_000;
    private static final long END = 20_000 * MILLI;

    @Test
    void isTheDifferenceOfSteadyPaths() {
        ReceivePath[] paths = {steady(10, 0, true), steady(40, 0, true)};
        assertThat(ReorderDeadline.nanos(paths, 2, END)).isBetween(29 * MILLI, 31 * MILLI);
    }

    @Test
    void addsFourDeviations() {
        // Every other packet 2 ms later: a deviation of 1 ms, on each path.
        ReceivePath[] paths = {steady(10, 2, true), steady(20, 2, true)};
        long expected = 10 * MILLI + (long) (4 * Math.sqrt(2) * MILLI);
        assertThat(ReorderDeadline.nanos(paths, 2, END)).isBetween(expected - MILLI / 2, expected + MILLI / 2);
    }

    @Test
    void staysWithinItsBounds() {
        assertThat(ReorderDeadline.nanos(new ReceivePath[0], 0, END)).isEqualTo(ReorderDeadline.MIN_NANOS);
        ReceivePath[] alike = {steady(10, 0, true), steady(10, 0, true)};
        assertThat(ReorderDeadline.nanos(alike, 2, END)).isEqualTo(ReorderDeadline.MIN_NANOS);
        ReceivePath[] far = {steady(10, 0, true), steady(200, 0, true)};
        assertThat(ReorderDeadline.nanos(far, 2, END)).isEqualTo(ReorderDeadline.MAX_NANOS);
    }

    @Test
    void doesNotWaitForPathsThatCarryNoUserData() {
        ReceivePath[] paths = {steady(10, 0, true), steady(200, 0, false)};
        assertThat(ReorderDeadline.nanos(paths, 2, END)).isEqualTo(ReorderDeadline.MIN_NANOS);
        assertThat(ReorderDeadline.nanos(
                        new ReceivePath[] {steady(10, 0, true), steady(40, 0, true)}, 2, END + 11_000 * MILLI))
                .isEqualTo(ReorderDeadline.MIN_NANOS);
    }

    @Test
    void doesNotTrustANewPathToBeSteady() {
        ReceivePath path = new ReceivePath(1);
        path.onReceived(0, 0, 100, false, END);
        path.onUserData(END);
        assertThat(ReorderDeadline.nanos(new ReceivePath[] {path}, 1, END)).isGreaterThan(10 * MILLI);
    }

    /** A packet each millisecond for 20 s, the clocks two minutes apart. */
    private static ReceivePath steady(int delayMillis, int swingMillis, boolean isUserData) {
        ReceivePath path = new ReceivePath(1);
        for (int i = 0; i < 20_000; i++) {
            long arrives = i * MILLI;
            int sent = (int) (i * 1000L - delayMillis * 1000L - (i % 2) * 1000L * swingMillis + 120_000_000L);
            path.onReceived(i, sent, 100, !isUserData, arrives);
            if (isUserData) {
                path.onUserData(arrives);
            }
        }
        return path;
    }
}
