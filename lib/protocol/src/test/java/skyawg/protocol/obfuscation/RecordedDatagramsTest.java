package skyawg.protocol.obfuscation;

import static org.assertj.core.api.Assertions.assertThat;
import static skyawg.protocol.vectors.Vectors.hex;

import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import skyawg.protocol.crypto.OffHeap;
import skyawg.protocol.crypto.SeededEntropy;
import skyawg.protocol.vectors.Vectors;
import skyawg.protocol.wire.Memory;
import tools.jackson.databind.JsonNode;

/** Every recorded datagram told apart, taken apart and put together again. */
final class RecordedDatagramsTest {
    private static final int ROOM = 4096;

    private final OffHeap memory = new OffHeap();
    private final long keystream = memory.allocate(ObfuscationProfile.HEADER_KEYSTREAM_ROOM);
    private final long out = memory.allocate(ROOM);

    @AfterEach
    void freeMemory() {
        memory.close();
    }

    @Test
    void classifiesAsRecorded() {
        int ran = 0;
        for (JsonNode set : Vectors.own("awg/classification.json").get("sets")) {
            try (CompiledProfile compiled = new CompiledProfile(ParameterTexts.parse(set.get("device_uapi")))) {
                for (JsonNode vector : set.get("cases")) {
                    byte[] datagram = hex(vector, "datagram");
                    assertThat(firstCandidate(compiled.profile, datagram))
                            .as(set.get("name") + " " + vector)
                            .isEqualTo(vector.get("class").asString());
                    ran++;
                }
            }
        }
        assertThat(ran).isEqualTo(62);
    }

    @Test
    void rebuildsHandshakesAndData() {
        assertThat(rebuildAll("awg/handshakes.json")).isEqualTo(168);
    }

    @Test
    void rebuildsCookieReplies() {
        assertThat(rebuildAll("awg/cookies.json")).isEqualTo(58);
    }

    private int rebuildAll(String file) {
        int ran = 0;
        for (JsonNode scenario : Vectors.own(file).get("scenarios")) {
            ParameterSet set = ParameterTexts.parse(scenario.get("device_uapi_both_sides"));
            int mtu = scenario.get("mtu").asInt();
            try (CompiledProfile compiled = new CompiledProfile(set)) {
                for (JsonNode vector : scenario.get("datagrams")) {
                    rebuild(compiled.profile, set, vector, mtu);
                    ran++;
                }
            }
        }
        return ran;
    }

    private void rebuild(ObfuscationProfile profile, ParameterSet set, JsonNode vector, int mtu) {
        String kind = vector.get("kind").asString();
        byte[] datagram = hex(vector, "datagram");
        if (kind.equals("decoy")) {
            assertThat(firstCandidate(profile, datagram)).isIn("unknown", "too-short");
            return;
        }
        assertThat(firstCandidate(profile, datagram)).isEqualTo(kind);
        if (profile.isHeaderProtected()) {
            profile.headerKeystream(memory.put(datagram), keystream);
            String recorded = vector.get("header_keystream").asString();
            assertThat(OffHeap.hex(keystream, 16)).isEqualTo(recorded.substring(0, 32));
        }
        if (kind.equals("transport")) {
            rebuildTransport(profile, set, vector, datagram, mtu);
        } else {
            rebuildHandshake(profile, type(kind), vector, datagram);
        }
    }

    private void rebuildHandshake(ObfuscationProfile profile, MessageType type, JsonNode vector, byte[] datagram) {
        int padding = vector.get("s_padding").asInt();
        int trailer = vector.get("trailer_len").asInt();
        assertThat(profile.padding(type)).isEqualTo(padding);
        assertThat(datagram).hasSize(padding + type.length() + trailer);

        profile.unmask(type, memory.put(datagram), out);
        assertThat(OffHeap.hex(out, type.length()))
                .isEqualTo(vector.get("message").asString());
        assertThat(profile.accepts(type, Memory.getIntLe(out))).isTrue();
        assertThat(Memory.getIntLe(out)).isEqualTo((int) vector.get("type_word").asLong());

        ScriptedEntropy drawn = new ScriptedEntropy();
        drawn.nextFill(Arrays.copyOf(datagram, padding));
        if (profile.hasRandomTrailers()) {
            drawn.nextDraw(trailer);
            drawn.nextFill(Arrays.copyOfRange(datagram, padding + type.length(), datagram.length));
        }
        int length = profile.dressHandshake(type, memory.put(hex(vector, "message")), out, 2000, drawn);
        assertThat(OffHeap.get(out, length)).isEqualTo(datagram);
        drawn.assertUsedUp();
    }

    private void rebuildTransport(
            ObfuscationProfile profile, ParameterSet set, JsonNode vector, byte[] datagram, int mtu) {
        int padding = vector.get("s_padding").asInt();
        byte[] message = hex(vector, "message");
        assertThat(profile.padding(MessageType.TRANSPORT)).isEqualTo(padding);
        assertThat(datagram).hasSize(padding + message.length);

        ScriptedEntropy drawn = new ScriptedEntropy();
        drawn.nextFill(Arrays.copyOf(datagram, padding));
        profile.writeTransportPadding(out, drawn);
        drawn.assertUsedUp();
        Memory.copy(message, 0, out + padding, message.length);
        if (profile.isHeaderProtected()) {
            profile.headerKeystream(out, keystream);
            profile.maskTransportHeader(out, keystream);
        }
        assertThat(OffHeap.get(out, datagram.length)).isEqualTo(datagram);

        int zeros = vector.get("zero_padding").asInt();
        int innerLength = vector.get("plaintext_len").asInt() - zeros;
        if (profile.hasRandomContentPadding()) {
            assertThat(zeros).isBetween(0, largestPadding(set, innerLength, mtu));
        } else {
            assertThat(profile.contentPadding(innerLength, mtu, 500, new SeededEntropy(1)))
                    .isEqualTo(zeros);
        }
    }

    /** What the reference may have drawn, its window being no larger than the largest datagram. */
    private static int largestPadding(ParameterSet set, int innerLength, int mtu) {
        long addition = set.range(Parameter.CONTENT_PADDING_ADDITION).high();
        return addition == 0 ? mtu + 32 - innerLength : (int) Math.min(addition, mtu - innerLength);
    }

    private String firstCandidate(ObfuscationProfile profile, byte[] datagram) {
        if (datagram.length < 32) {
            assertThat(profile.candidates(memory.put(datagram), datagram.length, 0))
                    .isZero();
            return "too-short";
        }
        long address = memory.put(datagram);
        if (profile.isHeaderProtected()) {
            profile.headerKeystream(address, keystream);
        }
        int candidates = profile.candidates(address, datagram.length, keystream);
        for (MessageType type : MessageType.values()) {
            if (type.isIn(candidates)) {
                return name(type);
            }
        }
        return "unknown";
    }

    private static String name(MessageType type) {
        return switch (type) {
            case INITIATION -> "initiation";
            case RESPONSE -> "response";
            case COOKIE_REPLY -> "cookie-reply";
            case TRANSPORT -> "transport";
        };
    }

    private static MessageType type(String name) {
        for (MessageType type : MessageType.values()) {
            if (name(type).equals(name)) {
                return type;
            }
        }
        throw new IllegalArgumentException(name);
    }
}
