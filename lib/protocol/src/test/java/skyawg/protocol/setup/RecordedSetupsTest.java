package skyawg.protocol.setup;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static skyawg.protocol.vectors.Vectors.hex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import skyawg.protocol.crypto.DhKey;
import skyawg.protocol.crypto.Hkdf;
import skyawg.protocol.crypto.KeyVault;
import skyawg.protocol.crypto.OffHeap;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.onion.HopKeys;
import skyawg.protocol.tunnelkeys.EpochKeys;
import skyawg.protocol.tunnelkeys.EpochSchedule;
import skyawg.protocol.vectors.PrescribedEntropy;
import skyawg.protocol.vectors.Vectors;
import tools.jackson.databind.JsonNode;

/** The recorded set-ups, value by value and then as the three roles play them. */
final class RecordedSetupsTest {
    private static final PublicKey SOMEBODY = PublicKey.of(new byte[32]);

    @Test
    void everyValueOnTheWayIsRecomputed() {
        int cases = 0;
        int hops = 0;
        for (JsonNode recorded : Vectors.own("mesh/setup.json").get("cases")) {
            int number = 0;
            for (RecordedHop hop : hops(recorded)) {
                long cells = KeyVault.liveCells();
                number++;
                recompute(recorded, hop, number);
                assertThat(KeyVault.liveCells()).as("keys left").isEqualTo(cells);
            }
            hops += number;
            cases++;
        }
        assertThat(cases).isEqualTo(8);
        assertThat(hops).isEqualTo(26);
    }

    @Test
    void theRolesWriteTheRecordedMessages() {
        int established = 0;
        int refused = 0;
        for (JsonNode recorded : Vectors.own("mesh/setup.json").get("cases")) {
            long cells = KeyVault.liveCells();
            switch (play(recorded)) {
                case Unwound.Established path -> {
                    checkKeys(recorded, path);
                    established++;
                }
                case Unwound.Refused refusal -> {
                    assertThat(refusal.hop()).isEqualTo(2);
                    assertThat(refusal.reply().status()).isEqualTo(Status.NEXT_HOP_UNREACHABLE);
                    refused++;
                }
                case Unwound.Spoiled spoiled -> throw new AssertionError(spoiled.toString());
                case Unwound.Contradictory contradictory -> throw new AssertionError("contradictory");
            }
            assertThat(KeyVault.liveCells()).as("keys left").isEqualTo(cells);
        }
        assertThat(established).isEqualTo(7);
        assertThat(refused).isEqualTo(1);
    }

    @Test
    void recordsAreReadAndWrittenAsRecorded() {
        int records = 0;
        for (JsonNode recorded : Vectors.own("mesh/setup.json").get("cases")) {
            for (RecordedHop hop : hops(recorded)) {
                byte[] bytes = new byte[Request.LENGTH];
                RequestCodec.write(hop.request(), bytes);
                assertThat(bytes).isEqualTo(hex(hop.in(), "request_record"));
                hop.reply().write(bytes);
                assertThat(bytes).isEqualTo(hex(hop.in(), "reply_record"));
                records += 2;
            }
        }
        assertThat(records).isEqualTo(52);
    }

    private static void recompute(JsonNode recorded, RecordedHop hop, int number) {
        JsonNode out = hop.out();
        String name = recorded.get("name").asString() + ", hop " + number;
        Slot slot = new Slot(hop.networkId());
        NoiseNk noise = slot.noise();
        byte[] area = hex(out, "area_A");
        byte[] node = hex(out, "S");
        byte[] mediumTerm = hex(out, "M");
        byte[] ephemeral = hex(out, "E");
        try (OffHeap memory = new OffHeap();
                DhKey ephemeralKey = hop.key("e_private");
                DhKey mediumTermKey = hop.key("M_private");
                DhKey nodeKey = hop.key("S_private")) {
            assertThat(publicKey(nodeKey)).isEqualTo(node);
            assertThat(publicKey(mediumTermKey)).isEqualTo(mediumTerm);
            assertThat(publicKey(ephemeralKey)).isEqualTo(ephemeral);
            assertThat(Arrays.copyOf(area, Area.SLOT_LENGTH)).isEqualTo(hex(out, "slot"));
            assertThat(Arrays.copyOfRange(area, Area.SLOT_LENGTH, Area.LENGTH)).isEqualTo(hex(out, "rest"));

            long layers = memory.allocate(64);
            assertThat(noise.agreeFirst(ephemeralKey, mediumTerm, 0)).isTrue();
            is(out, "es", noise.shared());
            is(out, "ck1", noise.chainKey());
            is(out, "k_after_es", noise.key());
            slot.deriveLayers(ephemeral, 0, mediumTerm, layers, layers + 32);
            is(out, "LF", layers);
            is(out, "LR", layers + 32);
            assertThat(stream(layers)).isEqualTo(hex(out, "stream_LF"));
            assertThat(stream(layers + 32)).isEqualTo(hex(out, "stream_LR"));

            slot.beginTranscript(node, mediumTerm, area, 0);
            assertThat(noise.hash()).isEqualTo(hex(out, "h_before_record"));
            byte[] sealed = new byte[Slot.SEALED_RECORD_LENGTH];
            noise.seal(hex(hop.in(), "request_record"), Request.LENGTH, sealed, 0);
            assertThat(sealed).isEqualTo(Arrays.copyOfRange(area, Slot.RECORD_OFFSET, Area.SLOT_LENGTH));
            assertThat(noise.hash()).isEqualTo(hex(out, "h_after_record"));

            slot.wipe();
            byte[] opened = new byte[Request.LENGTH];
            assertThat(noise.agreeFirst(mediumTermKey, ephemeral, 0)).isTrue();
            is(out, "es", noise.shared());
            slot.beginTranscript(node, mediumTerm, area, 0);
            assertThat(noise.open(area, Slot.RECORD_OFFSET, Slot.SEALED_RECORD_LENGTH, opened))
                    .as(name)
                    .isTrue();
            assertThat(opened).isEqualTo(hex(hop.in(), "request_record"));
            assertThat(noise.hash()).isEqualTo(hex(out, "h_after_record"));
            if (out.has("F")) {
                recomputeReply(hop, slot, ephemeral, layers + 32);
            } else {
                assertThat(name).as("without a reply").isEqualTo("3 hops, hop 2 refuses, hop 3");
            }
            slot.wipe();
        }
    }

    private static void recomputeReply(RecordedHop hop, Slot slot, byte[] ephemeral, long reverseLayer) {
        JsonNode out = hop.out();
        NoiseNk noise = slot.noise();
        byte[] replySlot = new byte[Area.SLOT_LENGTH];
        try (DhKey replyKey = hop.key("f_private")) {
            replyKey.publicKey(replySlot);
            assertThat(Arrays.copyOf(replySlot, DhKey.LENGTH)).isEqualTo(hex(out, "F"));
            assertThat(noise.agreeSecond(replySlot, 0, replyKey, ephemeral, 0)).isTrue();
        }
        is(out, "ee", noise.shared());
        is(out, "ck2", noise.chainKey());
        noise.seal(hex(hop.in(), "reply_record"), ReplyRecord.LENGTH, replySlot, Slot.RECORD_OFFSET);
        assertThat(replySlot).isEqualTo(hex(out, "reply_slot"));
        assertThat(noise.hash()).isEqualTo(hex(out, "h2"));
        byte[] unwrapped = hex(out, "area_B");
        new Area().xor(reverseLayer, 0, unwrapped, 0, Area.LENGTH);
        assertThat(Arrays.copyOf(unwrapped, Area.SLOT_LENGTH)).isEqualTo(replySlot);
        try (HopKeys keys = slot.deriveHopKeys()) {
            checkHopKeys(out.get("data"), keys);
        }
        if (out.has("tunnel_epoch_0")) {
            try (EpochKeys epoch0 = EpochSchedule.first(new Hkdf(), noise.chainKey(), noise.hash())) {
                is(out.get("tunnel_epoch_0"), "TF", epoch0.forward());
                is(out.get("tunnel_epoch_0"), "TR", epoch0.reverse());
            }
        }
    }

    /** Ingress, hops and back, with what each draws as recorded. */
    private static Unwound play(JsonNode recorded) {
        List<RecordedHop> hops = hops(recorded);
        JsonNode in = recorded.get("in");
        JsonNode out = recorded.get("out");
        PrescribedEntropy entropy = new PrescribedEntropy();
        hops.forEach(hop -> entropy.thenBytes(hex(hop.in(), "e_private")));
        entropy.thenBytes(hex(in, "pad"));
        SetupIngress ingress = new SetupIngress(hops.getFirst().networkId(), entropy);
        byte[] message = new byte[SetupMessage.LENGTH];
        PendingPath path = requireNonNull(ingress.build(
                hops.stream().map(RecordedHop::pathHop).toList(),
                hops.getFirst().reverseLse(),
                message));
        assertThat(entropy.isUsedUp()).isTrue();
        byte[] reply = travel(hops, 0, message, out, hex(in, "reply_fill"));
        assertThat(ReplyMessage.isWellFormed(reply, reply.length)).isTrue();
        assertThat(ReplyMessage.reverseLse(reply)).isEqualTo(path.reverseLse());
        return ingress.unwind(path, reply);
    }

    /** @return the reply that leaves hop {@code index} */
    private static byte[] travel(List<RecordedHop> hops, int index, byte[] message, JsonNode out, byte[] replyFill) {
        RecordedHop recorded = hops.get(index);
        int answering = out.get("messages_reverse").size() - 1;
        JsonNode forward = out.get("messages_forward");
        assertThat(HexFormat.of().formatHex(message))
                .isEqualTo(forward.get(index).asString());
        PrescribedEntropy entropy = new PrescribedEntropy();
        byte[] reply = new byte[ReplyMessage.LENGTH];
        try (MediumTermKeys keys = recorded.mediumTermKeys();
                SetupHop hop = recorded.hop(keys, entropy)) {
            Opening opening = hop.open(message, message.length, SOMEBODY, 0, recorded.unixSeconds());
            assertThat(opening).isInstanceOf(OpenedSetup.class);
            OpenedSetup setup = (OpenedSetup) opening;
            assertThat(setup.request()).isEqualTo(recorded.request());
            assertThat(setup.reverseLse()).isEqualTo(recorded.reverseLse());
            if (index == answering) {
                answer(hop, setup, recorded, entropy.thenBytes(replyFill), reply);
            } else {
                byte[] next = new byte[SetupMessage.LENGTH];
                hop.forward(setup, hops.get(index + 1).reverseLse(), next);
                byte[] received = travel(hops, index + 1, next, out, replyFill);
                entropy.thenBytes(hex(recorded.in(), "f_private"));
                HopKeys installed = hop.relay(setup, received, recorded.reply(), recorded.forwardLse(), reply);
                assertThat(installed != null).isEqualTo(ReplyMessage.isAccepted(received));
                if (installed != null) {
                    checkHopKeys(recorded.out().get("data"), installed);
                    installed.close();
                }
            }
        }
        assertThat(entropy.isUsedUp()).isTrue();
        JsonNode reverse = out.get("messages_reverse").get(answering - index);
        assertThat(HexFormat.of().formatHex(reply)).isEqualTo(reverse.asString());
        assertThat(Arrays.copyOfRange(reply, ReplyMessage.AREA_OFFSET, reply.length))
                .isEqualTo(hex(recorded.out(), "area_B"));
        return reply;
    }

    private static void answer(
            SetupHop hop, OpenedSetup setup, RecordedHop recorded, PrescribedEntropy entropy, byte[] reply) {
        entropy.thenBytes(hex(recorded.in(), "f_private"));
        if (recorded.reply().status() != Status.OK) {
            hop.refuse(setup, recorded.reply(), reply);
            return;
        }
        SetupKeys installed = hop.accept(setup, recorded.reply(), recorded.forwardLse(), reply);
        checkHopKeys(recorded.out().get("data"), installed.lsp());
        installed.lsp().close();
        checkEpoch0(recorded, installed.epoch0());
    }

    private static void checkKeys(JsonNode recorded, Unwound.Established path) {
        List<RecordedHop> hops = hops(recorded);
        assertThat(path.forwardLse()).isEqualTo(hops.getFirst().forwardLse());
        assertThat(path.keys()).hasSameSizeAs(hops);
        for (int i = 0; i < hops.size(); i++) {
            checkHopKeys(hops.get(i).out().get("data"), path.keys().get(i));
            path.keys().get(i).close();
            assertThat(path.replies().get(i)).isEqualTo(hops.get(i).reply());
        }
        checkEpoch0(hops.getLast(), path.epoch0());
    }

    private static void checkEpoch0(RecordedHop egress, @Nullable EpochKeys epoch0) {
        boolean isJoining = egress.request() instanceof EgressRequest request && request.isJoining();
        assertThat(epoch0 == null).isEqualTo(isJoining);
        if (epoch0 != null) {
            is(egress.out().get("tunnel_epoch_0"), "TF", epoch0.forward());
            is(egress.out().get("tunnel_epoch_0"), "TR", epoch0.reverse());
            epoch0.close();
        }
    }

    private static void checkHopKeys(JsonNode data, HopKeys keys) {
        is(data, "KF", keys.forwardStream());
        is(data, "KR", keys.reverseStream());
        is(data, "PF", keys.forwardPermutation());
        is(data, "PR", keys.reversePermutation());
        is(data, "MF", keys.forwardMessage());
        is(data, "MR", keys.reverseMessage());
    }

    private static void is(JsonNode node, String field, long address) {
        String expected = node.get(field).asString();
        assertThat(OffHeap.hex(address, expected.length() / 2)).as(field).isEqualTo(expected);
    }

    private static byte[] stream(long layer) {
        byte[] zeros = new byte[Area.LENGTH];
        new Area().xor(layer, 0, zeros, 0, Area.LENGTH);
        return zeros;
    }

    private static byte[] publicKey(DhKey key) {
        byte[] bytes = new byte[DhKey.LENGTH];
        key.publicKey(bytes);
        return bytes;
    }

    private static List<RecordedHop> hops(JsonNode recorded) {
        List<RecordedHop> hops = new ArrayList<>();
        JsonNode in = recorded.get("in").get("hops");
        for (int i = 0; i < in.size(); i++) {
            hops.add(new RecordedHop(in.get(i), recorded.get("out").get("hops").get(i), recorded.get("in")));
        }
        return hops;
    }
}
