package skyawg.protocol.onion;

import static org.assertj.core.api.Assertions.assertThat;
import static skyawg.protocol.vectors.Vectors.hex;

import org.junit.jupiter.api.Test;
import skyawg.protocol.crypto.OffHeap;
import skyawg.protocol.mpls.LabelStackEntry;
import skyawg.protocol.mpls.LabelledPacket;
import skyawg.protocol.mpls.LinkPayload;
import skyawg.protocol.vectors.Vectors;
import tools.jackson.databind.JsonNode;

/** Recorded packets on every link, over 1 to 6 hops and both ways: each node's step computed anew. */
final class DataVectorsTest {
    private static final long UNSIGNED_INT = 0xffff_ffffL;

    @Test
    void everyLinkCarriesTheRecordedBytes() {
        int forward = 0;
        int reverse = 0;
        for (JsonNode vector : Vectors.own("mesh/data.json").get("cases")) {
            try (OffHeap memory = new OffHeap()) {
                switch (vector.get("in").get("direction").asString()) {
                    case "forward" -> {
                        travelForward(memory, vector);
                        forward++;
                    }
                    case "reverse" -> {
                        travelReverse(memory, vector);
                        reverse++;
                    }
                    default -> throw new AssertionError("unknown direction: " + vector);
                }
            }
        }
        assertThat(forward).isEqualTo(10);
        assertThat(reverse).isEqualTo(8);
    }

    private static void travelForward(OffHeap memory, JsonNode vector) {
        JsonNode in = vector.get("in");
        VectorKeys keys = new VectorKeys(memory, in.get("hop_keys"));
        long origin = memory.put(hex(in, "origin_iv"));
        int lsp = OriginIv.lspNumber(origin);
        long packet = keys.packet(hex(in, "plaintext"));
        try (IngressForward ingress =
                new IngressForward(lsp, keys.transits(), keys.egress(), OriginIv.pathSequence(origin) & UNSIGNED_INT)) {
            send(memory, ingress, in, origin, packet);
        }
        assertLink(vector, 0, packet);
        for (int hop = 1; hop < keys.hops(); hop++) {
            try (TransitForward transit = new TransitForward(keys.hop(hop))) {
                assertThat(transit.relay(packet)).isEqualTo(Verdict.PASSED);
            }
            assertLink(vector, hop, packet);
        }
        try (EgressForward egress = new EgressForward(lsp, keys.egress())) {
            receive(memory, egress, in, origin, packet);
        }
    }

    private static void travelReverse(OffHeap memory, JsonNode vector) {
        JsonNode in = vector.get("in");
        VectorKeys keys = new VectorKeys(memory, in.get("hop_keys"));
        long origin = memory.put(hex(in, "origin_iv"));
        int lsp = OriginIv.lspNumber(origin);
        long packet = keys.packet(hex(in, "plaintext"));
        try (EgressReverse egress =
                new EgressReverse(lsp, keys.egress(), OriginIv.pathSequence(origin) & UNSIGNED_INT)) {
            send(memory, egress, in, origin, packet);
        }
        assertLink(vector, 0, packet);
        for (int hop = keys.hops() - 1; hop >= 1; hop--) {
            try (TransitReverse transit = new TransitReverse(keys.hop(hop))) {
                transit.relay(packet);
            }
            assertLink(vector, keys.hops() - hop, packet);
        }
        try (IngressReverse ingress = new IngressReverse(lsp, keys.transits(), keys.egress())) {
            receive(memory, ingress, in, origin, packet);
        }
    }

    private static void send(OffHeap memory, SendingEnd end, JsonNode in, long origin, long packet) {
        int length = hex(in, "plaintext").length;
        try (SendEpoch epoch = new SendEpoch(OriginIv.epoch(origin), memory.put(hex(in, "tunnel_key")))) {
            boolean isUser = Plaintext.kind(packet + LabelledPacket.BODY_OFFSET) == Kind.IP_PACKET;
            boolean sent = isUser
                    ? end.sendUser(epoch, OriginIv.tunnelSequence(origin), packet, length)
                    : end.sendControl(epoch, packet, length);
            assertThat(sent).isTrue();
        }
    }

    private static void receive(OffHeap memory, ReceivingEnd end, JsonNode in, long origin, long packet) {
        try (ReceiveEpochs epochs = new ReceiveEpochs()) {
            epochs.add(OriginIv.epoch(origin), memory.put(hex(in, "tunnel_key")));
            assertThat(end.receive(epochs, packet)).isEqualTo(Verdict.ACCEPTED);
        }
        assertThat(VectorKeys.iv(packet)).isEqualTo(hex(in, "origin_iv"));
        assertThat(VectorKeys.plaintext(packet)).isEqualTo(hex(in, "plaintext"));
    }

    private static void assertLink(JsonNode vector, int link, long packet) {
        JsonNode expected = vector.get("out").get("links").get(link);
        LabelledPacket.swap(
                packet,
                LabelStackEntry.of(vector.get("in").get("labels").get(link).asInt()));
        byte[] payload = hex(expected, "payload");
        assertThat(VectorKeys.bytes(packet))
                .as("%s, link %d", vector.get("name").asString(), link)
                .isEqualTo(payload);
        assertThat(LinkPayload.classify(packet, payload.length)).isEqualTo(LinkPayload.LABEL);
    }
}
