package skyawg.control.uapi;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import skyawg.protocol.vectors.Vectors;
import tools.jackson.databind.JsonNode;

/**
 * What amneziawg-go answered to 123 dialogues, each on a fresh interface: a conformance suite for whatever serves a
 * UAPI socket. Where we answer otherwise on purpose, {@link UapiDifferences} says so and why.
 */
public final class UapiTranscripts {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private UapiTranscripts() {}

    public record Step(String request, String response) {}

    /** @param steps with the responses that we must give */
    public record Dialogue(String name, List<Step> steps) {
        /** Ports are compared only where the dialogue sets one: elsewhere the reference's are random. */
        private boolean setsPort() {
            return steps.stream().anyMatch(step -> step.request.contains("\nlisten_port=5"));
        }
    }

    public static List<Dialogue> load() {
        List<Dialogue> dialogues = new ArrayList<>();
        for (JsonNode node : Vectors.own("awg/uapi-transcripts.json").get("cases")) {
            String name = node.get("name").asString();
            List<Step> steps = new ArrayList<>();
            for (JsonNode step : node.get("steps")) {
                String request = step.get("request").asString();
                steps.add(new Step(
                        name.equals("long-line-70000") && request.startsWith("set") ? longLine() : request,
                        step.get("response").asString()));
            }
            dialogues.add(new Dialogue(name, UapiDifferences.apply(name, steps)));
        }
        return dialogues;
    }

    /**
     * Runs a dialogue with the daemon behind a socket, whose interface is fresh.
     *
     * @throws AssertionError naming the step that was answered otherwise
     */
    public static void check(Dialogue dialogue, Path socket) throws IOException {
        for (Step step : dialogue.steps) {
            String answer;
            try (UapiExchange exchange = UapiExchange.connect(socket)) {
                exchange.send(step.request);
                answer = step.response.equals(UapiExchange.SILENCE) ? exchange.readWithin(PATIENCE) : exchange.read();
            }
            String expected = comparable(step.response, dialogue.setsPort());
            String actual = comparable(answer, dialogue.setsPort());
            if (!expected.equals(actual)) {
                throw new AssertionError(dialogue.name + ": to " + step.request + "expected " + expected + "but was "
                        + answer + "compared as " + actual);
            }
        }
    }

    /** Without reasons, counters and random ports; peers in the order of their keys. */
    private static String comparable(String reply, boolean keepPort) {
        List<String> blocks = new ArrayList<>();
        StringBuilder block = new StringBuilder();
        for (String line : reply.split("\n", -1)) {
            boolean isPort = line.startsWith("listen_port=") && !keepPort;
            if (isPort || line.startsWith("error=") || line.startsWith("tx_bytes=")) {
                continue;
            }
            if (line.startsWith("public_key=") || line.startsWith("errno=")) {
                blocks.add(block.toString());
                block.setLength(0);
            }
            block.append(line).append('\n');
        }
        blocks.add(block.toString());
        String[] peers = blocks.subList(1, Math.max(1, blocks.size() - 1)).toArray(String[]::new);
        Arrays.sort(peers);
        return blocks.getFirst() + String.join("", peers) + (blocks.size() > 1 ? blocks.getLast() : "");
    }

    private static String longLine() {
        return "set=1\ni1=<b 0x" + "ab".repeat(35_000) + ">\n\n";
    }
}
