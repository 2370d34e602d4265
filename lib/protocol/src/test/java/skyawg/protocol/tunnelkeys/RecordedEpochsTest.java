package skyawg.protocol.tunnelkeys;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static skyawg.protocol.vectors.Vectors.hex;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import skyawg.protocol.crypto.DhKey;
import skyawg.protocol.crypto.Hkdf;
import skyawg.protocol.crypto.KeyVault;
import skyawg.protocol.crypto.MlKem768;
import skyawg.protocol.crypto.OffHeap;
import skyawg.protocol.names.Secret;
import skyawg.protocol.vectors.PrescribedEntropy;
import skyawg.protocol.vectors.Vectors;
import tools.jackson.databind.JsonNode;

/** The recorded epochs, value by value and then as the two ends play them, with the recorded coins. */
final class RecordedEpochsTest {
    @Test
    void epoch0FollowsFromEveryRecordedSetup() {
        int epochs = 0;
        for (JsonNode recorded : Vectors.own("mesh/setup.json").get("cases")) {
            JsonNode egress = recorded.get("out")
                    .get("hops")
                    .get(recorded.get("in").get("hops").size() - 1);
            if (egress.has("tunnel_epoch_0")) {
                try (OffHeap memory = new OffHeap();
                        EpochKeys keys =
                                EpochSchedule.first(new Hkdf(), memory.put(hex(egress, "ck2")), hex(egress, "h2"))) {
                    check(egress.get("tunnel_epoch_0"), 0, keys);
                }
                epochs++;
            }
        }
        assertThat(epochs).isEqualTo(7);
    }

    @Test
    void everyValueOnTheWayIsRecomputed() {
        int cases = 0;
        for (JsonNode recorded : Vectors.own("mesh/kem.json").get("cases")) {
            long cells = KeyVault.liveCells();
            recompute(recorded.get("in"), recorded.get("out"));
            assertThat(KeyVault.liveCells()).as("keys left").isEqualTo(cells);
            cases++;
        }
        assertThat(cases).isEqualTo(2);
    }

    @Test
    void theEndsWriteTheRecordedMessagesOneEpochAfterTheOther() {
        JsonNode cases = Vectors.own("mesh/kem.json").get("cases");
        TunnelId tunnelId = TunnelId.read(hex(cases.get(0).get("in"), "tunnel_id"), 0);
        PrescribedEntropy ingressCoins = new PrescribedEntropy();
        PrescribedEntropy egressCoins = new PrescribedEntropy();
        for (JsonNode recorded : cases) {
            JsonNode in = recorded.get("in");
            ingressCoins.thenBytes(hex(in, "x25519_ingress_private"));
            ingressCoins.thenBytes(hex(in, "keygen_d")).thenBytes(hex(in, "keygen_z"));
            egressCoins.thenBytes(hex(in, "x25519_egress_private")).thenBytes(hex(in, "encaps_m"));
        }
        long cells = KeyVault.liveCells();
        long now = 0;
        try (IngressEpochs ingress = new IngressEpochs(
                        tunnelId, epochOf(cases.get(0).get("in")), new KeptEpochs(), ingressCoins, now);
                EgressEpochs egress = new EgressEpochs(
                        tunnelId, epochOf(cases.get(0).get("in")), new KeptEpochs(), egressCoins, now)) {
            int epoch = 0;
            for (JsonNode recorded : cases) {
                JsonNode out = recorded.get("out");
                epoch++;
                byte[] offer = requireNonNull(ingress.poll(now, 0, 0));
                assertThat(offer).isEqualTo(hex(out, "offer"));
                assertThat(egress.onOffer(offer, 0, offer.length, now)).isEqualTo(KemVerdict.ACCEPTED);
                byte[] answer = requireNonNull(egress.answer());
                assertThat(answer).isEqualTo(hex(out, "answer"));
                assertThat(ingress.onAnswer(answer, 0, answer.length, now)).isEqualTo(KemVerdict.ACCEPTED);
                check(out, epoch, ingress.sending());
                check(out, epoch, requireNonNull(egress.receiving(epoch, now)));
                egress.onGoodPacket(epoch, now);
                ingress.onGoodPacket(epoch, now);
                check(out, epoch, egress.sending());
                now += IngressEpochs.EPOCH_NANOS;
            }
            assertThat(epoch).isEqualTo(2);
        }
        assertThat(ingressCoins.isUsedUp()).isTrue();
        assertThat(egressCoins.isUsedUp()).isTrue();
        assertThat(KeyVault.liveCells()).as("keys left").isEqualTo(cells);
    }

    private static void recompute(JsonNode in, JsonNode out) {
        TunnelId tunnelId = TunnelId.read(hex(in, "tunnel_id"), 0);
        byte[] offer = hex(out, "offer");
        byte[] answer = hex(out, "answer");
        byte[] ciphertext = hex(out, "ct");
        PrescribedEntropy keygen =
                new PrescribedEntropy().thenBytes(hex(in, "keygen_d")).thenBytes(hex(in, "keygen_z"));
        try (OffHeap memory = new OffHeap();
                MlKem768 kem = MlKem768.generate(keygen);
                DhKey ingress = load(in, "x25519_ingress_private");
                DhKey egress = load(in, "x25519_egress_private");
                EpochKeys current = epochOf(in)) {
            assertThat(kem.encapsulationKey()).isEqualTo(hex(out, "ek"));
            long secrets = memory.allocate(64);
            byte[] made = MlKem768.encapsulate(
                    new PrescribedEntropy().thenBytes(hex(in, "encaps_m")), hex(out, "ek"), 0, secrets);
            assertThat(made).isEqualTo(ciphertext);
            is(out, "mlkem_secret", secrets);
            assertThat(kem.decapsulate(ciphertext, secrets)).isTrue();
            is(out, "mlkem_secret", secrets);
            assertThat(egress.agree(publicKey(ingress), 0, secrets + 32)).isTrue();
            is(out, "x25519_secret", secrets + 32);
            assertThat(ingress.agree(publicKey(egress), 0, secrets + 32)).isTrue();
            is(out, "x25519_secret", secrets + 32);
            int epoch = in.get("new_epoch").asInt();
            assertThat(KemMessage.offer(epoch, ingress, kem)).isEqualTo(offer);
            assertThat(KemMessage.answer(epoch, egress, ciphertext)).isEqualTo(answer);
            byte[] transcriptHash = EpochSchedule.transcriptHash(tunnelId, offer, answer);
            assertThat(transcriptHash).isEqualTo(hex(out, "transcript_hash"));
            long prk = memory.allocate(32);
            new Hkdf().extract(current.chainKey(), 32, secrets, 64, prk);
            is(out, "prk", prk);
            try (EpochKeys next = EpochSchedule.next(new Hkdf(), current, secrets, transcriptHash)) {
                check(out, epoch, next);
            }
        }
    }

    private static void check(JsonNode out, int epoch, EpochKeys keys) {
        assertThat(keys.epoch()).isEqualTo(epoch);
        is(out, "CK", keys.chainKey());
        is(out, "TF", keys.forward());
        is(out, "TR", keys.reverse());
    }

    private static void is(JsonNode node, String field, long address) {
        assertThat(OffHeap.hex(address, 32)).as(field).isEqualTo(node.get(field).asString());
    }

    /** An epoch of which only CK matters. */
    private static EpochKeys epochOf(JsonNode in) {
        try (OffHeap memory = new OffHeap()) {
            byte[] material = Arrays.copyOf(hex(in, "CK"), EpochKeys.MATERIAL_LENGTH);
            return new EpochKeys(in.get("new_epoch").asInt() - 1, memory.put(material));
        }
    }

    private static DhKey load(JsonNode node, String field) {
        try (Secret secret = Secret.owning(hex(node, field))) {
            return DhKey.load(secret);
        }
    }

    private static byte[] publicKey(DhKey key) {
        byte[] bytes = new byte[DhKey.LENGTH];
        key.publicKey(bytes);
        return bytes;
    }
}
