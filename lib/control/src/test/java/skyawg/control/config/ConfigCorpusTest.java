package skyawg.control.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import skyawg.control.uapi.MemoryTunnel;
import skyawg.control.uapi.UapiText;
import skyawg.protocol.tunnel.TunnelRefusedException;
import skyawg.protocol.vectors.Vectors;
import tools.jackson.databind.JsonNode;

/** 154 files that the real {@code awg setconf} was given: what it printed, and what the interface was afterwards. */
class ConfigCorpusTest {
    private static final int RECORDED = 154;
    private static final String FRESH = "h1=1\nh2=2\nh3=3\nh4=4\nrandom_trailers=0\ndisable_cookies=0\n";

    @TestFactory
    Stream<DynamicTest> readsAsRecorded() {
        return corpus().map(node -> DynamicTest.dynamicTest(node.get("name").asString(), () -> check(node)));
    }

    @Test
    void listsOnlyRecordedFilesAsDifferent() {
        Set<String> names = new HashSet<>();
        corpus().forEach(node -> names.add(node.get("name").asString()));
        assertThat(names).hasSize(RECORDED);
        assertThat(names).containsAll(ConfigDifferences.REFUSED.keySet());
        assertThat(names).containsAll(ConfigDifferences.ACCEPTED.keySet());
        assertThat(names).containsAll(ConfigDifferences.HIDDEN.keySet());
        assertThat(names).containsAll(ConfigDifferences.WHOLE_OR_NOT_AT_ALL);
    }

    private static Stream<JsonNode> corpus() {
        return StreamSupport.stream(
                Vectors.own("awg/config-corpus.json").get("cases").spliterator(), false);
    }

    private static void check(JsonNode node) throws IOException {
        String name = node.get("name").asString();
        String config = node.get("config").asString();
        String stderr = node.get("stderr").asString();
        String after = withoutRandomPort(node.get("daemon_get_after").asString(), config);
        if (ConfigDifferences.REFUSED.containsKey(name)) {
            stderr = ConfigDifferences.REFUSED.get(name);
            after = FRESH;
        } else if (ConfigDifferences.ACCEPTED.containsKey(name)) {
            stderr = "";
            after = null;
        } else if (ConfigDifferences.HIDDEN.containsKey(name)) {
            stderr = ConfigDifferences.HIDDEN.get(name);
        } else if (ConfigDifferences.WHOLE_OR_NOT_AT_ALL.contains(name)) {
            after = FRESH;
        }

        MemoryTunnel tunnel = new MemoryTunnel("t");
        StringBuilder printed = new StringBuilder();
        setconf(config, tunnel, line -> printed.append(line).append('\n'));

        assertThat(printed).hasToString(stderr);
        String state = withoutRandomPort(UapiText.of(tunnel.snapshot()), config);
        if (after == null) {
            assertThat(state).startsWith("private_key=").contains(ConfigDifferences.ACCEPTED.get(name));
        } else {
            assertThat(state).isEqualTo(after);
        }
    }

    private static void setconf(String config, MemoryTunnel tunnel, Consumer<String> stderr) throws IOException {
        EndpointResolver resolver = new OfflineResolver(stderr);
        try (ParsedConfig parsed = ConfigReader.read(new StringReader(config), resolver, stderr)) {
            if (parsed.asksAdvancedSecurity()) {
                stderr.accept("Unable to modify interface: Invalid argument");
                return;
            }
            tunnel.apply(parsed.replacing());
        } catch (ConfigException e) {
            if (!e.text().isEmpty()) {
                stderr.accept(e.text());
            }
            if (e.epilogue() != ConfigException.Epilogue.NONE) {
                stderr.accept(e.epilogue().text());
            }
        } catch (TunnelRefusedException e) {
            stderr.accept("Unable to modify interface: Invalid argument");
        }
    }

    private static String withoutRandomPort(String get, String config) {
        String text = get.replace("errno=0\n\n", "");
        boolean isSet = config.toLowerCase(Locale.ROOT).replace(" ", "").contains("listenport=")
                && !text.matches("(?s).*listen_port=\\d{5}\\n.*");
        return isSet ? text : text.replaceFirst("listen_port=\\d+\n", "");
    }

    /** Answers as the machine of the recordings did: no network, but names of its own. */
    private static final class OfflineResolver extends SystemResolver {
        OfflineResolver(Consumer<String> progress) {
            super(Map.of(), progress);
        }

        @Override
        InetAddress ask(String host) throws UnknownHostException {
            if (host.equals("localhost")) {
                return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
            }
            if (host.startsWith("127.")) {
                return super.ask(host);
            }
            throw new UnknownHostException(host + ": Temporary failure in name resolution");
        }

        @Override
        void pause(long micros) {}
    }
}
