package skyawg.protocol.onion;

import static org.assertj.core.api.Assertions.assertThat;
import static skyawg.protocol.vectors.Vectors.hex;

import org.junit.jupiter.api.Test;
import skyawg.protocol.crypto.OffHeap;
import skyawg.protocol.mpls.LabelStackEntry;
import skyawg.protocol.mpls.LabelledPacket;
import skyawg.protocol.vectors.Vectors;
import skyawg.protocol.wire.Memory;
import tools.jackson.databind.JsonNode;

/** Recorded messages to and from one transit, on every link between it and the ingress. */
final class HopMessageVectorsTest {
    private static final int LSP = 1;

    @Test
    void everyLinkCarriesTheRecordedBytes() {
        int toHop = 0;
        int fromHop = 0;
        for (JsonNode vector : Vectors.own("mesh/hop-messages.json").get("cases")) {
            try (OffHeap memory = new OffHeap()) {
                switch (vector.get("in").get("direction").asString()) {
                    case "forward" -> {
                        travelToHop(memory, vector);
                        toHop++;
                    }
                    case "reverse" -> {
                        travelFromHop(memory, vector);
                        fromHop++;
                    }
                    default -> throw new AssertionError("unknown direction: " + vector);
                }
            }
        }
        assertThat(toHop).isEqualTo(2);
        assertThat(fromHop).isEqualTo(2);
    }

    private static void travelToHop(OffHeap memory, JsonNode vector) {
        JsonNode in = vector.get("in");
        VectorKeys keys = new VectorKeys(memory, in.get("hop_keys"));
        byte[] plaintext = hex(in, "plaintext");
        int hop = in.get("hop").asInt();
        long packet = 0;
        try (IngressForward ingress = new IngressForward(LSP, keys.transits(), keys.egress())) {
            for (int sequence = 1; sequence <= in.get("sequence").asInt(); sequence++) {
                packet = keys.packet(plaintext);
                assertRewritten(packet, plaintext.length, plaintext);
                assertThat(ingress.sendToHop(hop, packet, plaintext.length)).isTrue();
            }
        }
        for (int passed = 1; passed < hop; passed++) {
            assertLink(vector, passed - 1, packet);
            try (TransitForward transit = new TransitForward(keys.hop(passed))) {
                assertThat(transit.relay(packet)).isEqualTo(Verdict.PASSED);
            }
        }
        assertLink(vector, hop - 1, packet);
        try (TransitForward transit = new TransitForward(keys.hop(hop))) {
            assertThat(transit.relay(packet)).isEqualTo(Verdict.HOP_MESSAGE);
        }
        assertOpened(vector, packet);
    }

    private static void travelFromHop(OffHeap memory, JsonNode vector) {
        JsonNode in = vector.get("in");
        VectorKeys keys = new VectorKeys(memory, in.get("hop_keys"));
        byte[] plaintext = hex(in, "plaintext");
        int hop = in.get("hop").asInt();
        long packet = 0;
        try (TransitReverse transit = new TransitReverse(keys.hop(hop))) {
            for (int sequence = 1; sequence <= in.get("sequence").asInt(); sequence++) {
                packet = keys.packet(plaintext);
                assertRewritten(packet, plaintext.length, plaintext);
                assertThat(transit.send(packet, plaintext.length)).isTrue();
            }
        }
        assertLink(vector, 0, packet);
        for (int passed = hop - 1; passed >= 1; passed--) {
            try (TransitReverse transit = new TransitReverse(keys.hop(passed))) {
                transit.relay(packet);
            }
            assertLink(vector, hop - passed, packet);
        }
        try (IngressReverse ingress = new IngressReverse(LSP, keys.transits(), keys.egress());
                ReceiveEpochs none = new ReceiveEpochs()) {
            assertThat(ingress.receive(none, packet)).isEqualTo(Verdict.HOP_MESSAGE);
            assertThat(ingress.lastMessageHop()).isEqualTo(hop);
        }
        assertOpened(vector, packet);
    }

    /** Writes the recorded plaintext once more from its fields, over rubbish. */
    private static void assertRewritten(long packet, int length, byte[] plaintext) {
        long at = packet + LabelledPacket.BODY_OFFSET;
        int kind = HopMessage.kind(packet);
        int time = Plaintext.sendTimeMicros(at);
        long token = HopMessage.token(packet);
        int reason = HopMessage.reason(packet);
        Memory.fill(at, length, 0x5a);
        switch (kind) {
            case Kind.HOP_ECHO_REQUEST, Kind.HOP_ECHO_ANSWER -> HopMessage.putEcho(packet, kind, time, token, length);
            case Kind.HOP_BROKEN -> HopMessage.putBroken(packet, time, reason, length);
            default -> throw new AssertionError("no hop message: kind " + kind);
        }
        assertThat(OffHeap.get(at, length)).isEqualTo(plaintext);
    }

    private static void assertLink(JsonNode vector, int link, long packet) {
        LabelledPacket.swap(
                packet,
                LabelStackEntry.of(vector.get("in").get("labels").get(link).asInt()));
        assertThat(VectorKeys.bytes(packet))
                .as("%s, link %d", vector.get("name").asString(), link)
                .isEqualTo(hex(vector.get("out").get("links").get(link), "payload"));
    }

    private static void assertOpened(JsonNode vector, long packet) {
        assertThat(VectorKeys.iv(packet)).isEqualTo(hex(vector.get("out"), "origin_iv"));
        assertThat(VectorKeys.plaintext(packet)).isEqualTo(hex(vector.get("in"), "plaintext"));
    }
}
