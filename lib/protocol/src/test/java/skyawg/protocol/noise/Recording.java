package skyawg.protocol.noise;

import static skyawg.protocol.vectors.Vectors.hex;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.names.Secret;
import skyawg.protocol.obfuscation.ParameterSet;
import skyawg.protocol.obfuscation.ParameterTexts;
import skyawg.protocol.vectors.Vectors;
import tools.jackson.databind.JsonNode;

/** One set of parameters with which two reference devices talked: every datagram, and what was in it. */
final class Recording {
    private final JsonNode json;

    private Recording(JsonNode json) {
        this.json = json;
    }

    static List<Recording> all(String file) {
        List<Recording> all = new ArrayList<>();
        for (JsonNode scenario : Vectors.own(file).get("scenarios")) {
            all.add(new Recording(scenario));
        }
        return all;
    }

    Secret secret(String side) {
        return Secret.owning(hex(json.get(side), "static_private"));
    }

    Secret presharedKey() {
        return Secret.owning(hex(json, "preshared_key"));
    }

    ParameterSet parameters(String side) {
        return parameters(json, side);
    }

    static ParameterSet parameters(JsonNode json, String side) {
        ParameterSet set = with(ParameterSet.DEFAULTS, json.get("device_uapi_both_sides"));
        return side.equals("initiator") ? with(set, json.get("device_uapi_initiator_only")) : set;
    }

    private static ParameterSet with(ParameterSet set, @Nullable JsonNode lines) {
        List<String> texts = new ArrayList<>();
        for (JsonNode line : lines == null ? List.<JsonNode>of() : lines.values()) {
            texts.add(line.asString());
        }
        return set.with(ParameterTexts.values(texts));
    }

    static long unixNanos(byte[] timestamp) {
        ByteBuffer stamp = ByteBuffer.wrap(timestamp);
        return (stamp.getLong() - 0x4000_0000_0000_000aL) * Constants.NANOS_PER_SECOND + stamp.getInt();
    }

    /** Datagrams in order. */
    List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        for (JsonNode part : json.get("datagrams")) {
            parts.add(new Part(part));
        }
        return parts;
    }

    byte[] innerPacket(int index) {
        return hex(json.get("inner_packets").get(index), "packet");
    }

    @Override
    public String toString() {
        return json.get("name").asString();
    }

    /** One datagram and what the reference had in it. */
    static final class Part {
        private final JsonNode json;

        private Part(JsonNode json) {
            this.json = json;
        }

        boolean isFromInitiator() {
            return json.get("from").asString().equals("initiator");
        }

        /** {@code decoy}, {@code initiation}, {@code response}, {@code cookie-reply} or {@code transport}. */
        String kind() {
            return json.get("kind").asString();
        }

        byte[] bytes(String field) {
            return hex(json, field);
        }

        String text(String field) {
            return json.get(field).asString();
        }

        long number(String field) {
            return json.get(field).longValue();
        }

        boolean has(String field) {
            return json.has(field);
        }

        long unixNanos() {
            return Recording.unixNanos(bytes("tai64n"));
        }
    }
}
