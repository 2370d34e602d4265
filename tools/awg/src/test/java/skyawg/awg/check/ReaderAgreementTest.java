package skyawg.awg.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import skyawg.control.config.ConfigException;
import skyawg.control.config.ConfigReader;
import skyawg.control.config.ConfigValue;
import skyawg.control.config.EndpointResolver;
import skyawg.control.config.EndpointText;
import skyawg.control.config.ParsedConfig;
import skyawg.protocol.names.Endpoint;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.obfuscation.ParameterRules;
import skyawg.protocol.obfuscation.ParameterSet;
import skyawg.protocol.vectors.Vectors;
import tools.jackson.databind.JsonNode;

/** What {@code awg setconf} would refuse has an error, and what it takes has none but of these kinds. */
class ReaderAgreementTest {
    /** The reader takes such a file; what it sets up cannot work. */
    private static final Set<String> BEYOND_THE_READER = Set.of("duplicate-peer", "own-key", "session-times");

    /** awg-quick's business: setconf refuses any of these keys. */
    private static final Set<String> QUICK =
            Set.of("address", "dns", "mtu", "table", "preup", "postup", "predown", "postdown", "saveconfig");

    private static final int RUNS = 3000;
    private static final String MARKS = "=[]#\n\r/-, 90<>\0";

    @TestFactory
    Stream<DynamicTest> agreesOnEveryRecordedFile() {
        return cases().map(node -> DynamicTest.dynamicTest(
                node.get("name").asString(), () -> agree(node.get("config").asString())));
    }

    @Test
    void agreesOnMutatedFiles() throws IOException {
        List<String> configs = configs();
        int accepted = 0;
        for (long seed = 1; seed <= RUNS; seed++) {
            Random random = new Random(seed);
            accepted += agree(mutated(configs.get(random.nextInt(configs.size())), random)) ? 1 : 0;
        }
        assertThat(accepted).as("files of both kinds were tried").isBetween(RUNS / 20, RUNS - RUNS / 20);
    }

    private static List<String> configs() {
        return cases().map(node -> node.get("config").asString()).toList();
    }

    private static Stream<JsonNode> cases() {
        return StreamSupport.stream(
                Vectors.own("awg/config-corpus.json").get("cases").spliterator(), false);
    }

    /** @return whether the reader takes the file */
    private static boolean agree(String config) throws IOException {
        ConfigText text = ConfigText.of(config);
        List<Finding> findings = ConfigCheck.check(text, 1500);
        CorrectedFile.of(text);
        boolean isForQuick = text.lines().stream().anyMatch(line -> QUICK.contains(line.lowerCaseKey()));
        if (text.hasByteOrderMark() || isForQuick) {
            return false;
        }
        List<String> rules = new ArrayList<>();
        for (Finding finding : findings) {
            if (finding.isError() && !BEYOND_THE_READER.contains(finding.rule())) {
                rules.add(finding.line() + " " + finding.rule());
            }
        }
        boolean isAccepted = reads(config);
        assertThat(rules.isEmpty()).as("%s%n%s", rules, config).isEqualTo(isAccepted);
        return isAccepted;
    }

    private static boolean reads(String config) throws IOException {
        try (ParsedConfig parsed = ConfigReader.read(new StringReader(config), new FormOnly(), line -> {})) {
            return ParameterRules.refusals(
                            ParameterSet.DEFAULTS.with(parsed.update().parameters()))
                    .isEmpty();
        } catch (ConfigException e) {
            return false;
        }
    }

    /** Lines left out, doubled or put elsewhere; in every other file one character or piece changed too. */
    private static String mutated(String config, Random random) {
        List<String> lines = new ArrayList<>(config.lines().toList());
        for (int change = random.nextInt(3); change > 0 && !lines.isEmpty(); change--) {
            String line = random.nextBoolean()
                    ? lines.remove(random.nextInt(lines.size()))
                    : lines.get(random.nextInt(lines.size()));
            if (random.nextBoolean()) {
                lines.add(random.nextInt(lines.size() + 1), line);
            }
        }
        StringBuilder text = new StringBuilder(String.join("\n", lines));
        if (random.nextBoolean() && !text.isEmpty()) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(5)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.setCharAt(at, (char) random.nextInt(0x180));
                case 2 -> text.setCharAt(at, (char) ('0' + random.nextInt(10)));
                case 3 -> text.insert(at, MARKS.charAt(random.nextInt(MARKS.length())));
                default -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(60))));
            }
        }
        return text.toString();
    }

    /** Takes what can be looked up, without looking: a host name is the check's own judgement. */
    private static final class FormOnly implements EndpointResolver {
        @Override
        public Endpoint resolve(String text) throws ConfigException {
            EndpointText endpoint = EndpointText.split(text);
            if (ValueCheck.endpoint(text) != null) {
                throw new ConfigException(ConfigException.Epilogue.PARSING, "no host");
            }
            return Endpoint.of(IpAddress.parse("192.0.2.1"), ConfigValue.port(endpoint.port()));
        }
    }
}
