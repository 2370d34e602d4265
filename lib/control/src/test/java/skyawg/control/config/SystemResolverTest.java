package skyawg.control.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import skyawg.protocol.names.Endpoint;

class SystemResolverTest {
    private static final String AGAIN = "Temporary failure in name resolution";

    /** Fails a number of times with the same words, then answers; notes how long it waited. */
    private static final class Scripted extends SystemResolver {
        private final String words;
        private int failuresLeft;
        final List<Long> pausesMicros = new ArrayList<>();

        Scripted(Map<String, String> environment, int failures, String words) {
            super(environment, line -> {});
            this.failuresLeft = failures;
            this.words = words;
        }

        @Override
        InetAddress ask(String host) throws UnknownHostException {
            if (failuresLeft-- > 0) {
                throw new UnknownHostException(host + ": " + words);
            }
            return InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 7});
        }

        @Override
        void pause(long micros) {
            pausesMicros.add(micros);
        }
    }

    @Test
    void waitsLongerEachTimeUpTo20Seconds() throws Exception {
        Scripted resolver = new Scripted(Map.of(SystemResolver.RETRIES_VARIABLE, "infinity"), 30, AGAIN);
        assertThat(resolver.resolve("example.org:7")).isEqualTo(Endpoint.parse("192.0.2.7:7"));
        assertThat(resolver.pausesMicros).hasSize(30).startsWith(1_000_000L, 1_200_000L, 1_440_000L);
        assertThat(resolver.pausesMicros).endsWith(20_000_000L, 20_000_000L);
    }

    @Test
    void triesAsOftenAsItIsTold() {
        for (int retries : new int[] {0, 1, 3}) {
            Scripted resolver =
                    new Scripted(Map.of(SystemResolver.RETRIES_VARIABLE, String.valueOf(retries)), 99, AGAIN);
            assertThatThrownBy(() -> resolver.resolve("example.org:7")).hasMessage(AGAIN + ": `example.org:7'");
            assertThat(resolver.pausesMicros).hasSize(retries);
        }
    }

    @Test
    void givesUpAtOnceWhereWaitingDoesNotHelp() {
        Scripted resolver = new Scripted(Map.of(), 1, "Name or service not known");
        assertThatThrownBy(() -> resolver.resolve("example.org:7"))
                .hasMessage("Name or service not known: `example.org:7'");
        assertThat(resolver.pausesMicros).isEmpty();
    }

    @Test
    void refusesAVariableThatIsNoNumber() {
        Scripted resolver = new Scripted(Map.of(SystemResolver.RETRIES_VARIABLE, "often"), 1, AGAIN);
        assertThatThrownBy(() -> resolver.resolve("example.org:7"))
                .hasMessage("Unable to parse WG_ENDPOINT_RESOLUTION_RETRIES: `often'");
    }

    @Test
    void asksNobodyAboutLiterals() throws Exception {
        Scripted resolver = new Scripted(Map.of(), 99, AGAIN);
        assertThat(resolver.resolve("192.0.2.1:domain")).hasToString("192.0.2.1:53");
        assertThat(resolver.resolve("[fe80::1%eth0]:7")).hasToString("[fe80::1%eth0]:7");
        assertThat(resolver.resolve("2001:db8::1:7")).hasToString("[2001:db8::1]:7");
    }

    @Test
    void asksTheSystemAboutNames() throws Exception {
        SystemResolver resolver = new SystemResolver(Map.of(), line -> {});
        assertThat(resolver.resolve("127.1:9")).hasToString("127.0.0.1:9");
    }
}
