package skyawg.awgd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DaemonLogTest {
    private final Logger log =
            new DaemonLog().getLogger("skyawg.test", getClass().getModule());

    @Test
    void printsEveryFormOfCall() {
        String printed = capture(() -> {
            log.log(Level.WARNING, "plain {0}");
            log.log(Level.WARNING, () -> "supplied {0}");
            log.log(Level.ERROR, "formatted {0}", 7);
            log.log(Level.ERROR, () -> "thrown", new IllegalStateException("why"));
        });
        assertThat(printed.lines())
                .satisfiesExactly(
                        line -> assertThat(line).endsWith("plain {0}"),
                        line -> assertThat(line).endsWith("supplied {0}"),
                        line -> assertThat(line).endsWith("formatted 7"),
                        line -> assertThat(line).contains("thrown").contains("why"));
    }

    @Test
    void keepsDetailsToItselfUnlessAsked() {
        assertThat(capture(() -> log.log(Level.DEBUG, () -> "detail"))).isEmpty();
    }

    @Test
    void leavesOutWhatIsNotOurs() {
        Logger others = new DaemonLog().getLogger("jdk.event.security", Object.class.getModule());
        assertThat(others.isLoggable(Level.ERROR)).isFalse();
        assertThat(capture(() -> others.log(Level.ERROR, "not ours"))).isEmpty();
    }

    private static String capture(Runnable action) {
        PrintStream before = System.err;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            action.run();
        } finally {
            System.setErr(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
