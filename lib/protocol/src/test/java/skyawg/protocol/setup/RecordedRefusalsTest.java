package skyawg.protocol.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static skyawg.protocol.vectors.Vectors.hex;

import org.junit.jupiter.api.Test;
import skyawg.protocol.crypto.KeyVault;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.vectors.PrescribedEntropy;
import skyawg.protocol.vectors.Vectors;
import tools.jackson.databind.JsonNode;

/** The recorded areas for one hop, of which only one may draw an answer. */
final class RecordedRefusalsTest {
    private static final int KEY_ID = 41;
    private static final int USABLE_LSE = 0x8000_0140;
    private static final long UNIX_SECONDS = 1_767_225_600;

    @Test
    void onlyTheGoodAreaIsOpened() {
        int accepted = 0;
        int dropped = 0;
        long cells = KeyVault.liveCells();
        for (JsonNode recorded : Vectors.own("mesh/setup-reject.json").get("cases")) {
            String name = recorded.get("name").asString();
            String expected = recorded.get("out").get("result").asString();
            switch (open(recorded.get("in"))) {
                case OpenedSetup opened -> {
                    assertThat(expected).as(name).isEqualTo("accept");
                    opened.close();
                    accepted++;
                }
                case SetupDrop reason -> {
                    assertThat(expected).as(name).isEqualTo("reject");
                    assertThat(reason).as(name).isEqualTo(SetupDrop.NOT_GENUINE);
                    dropped++;
                }
            }
        }
        assertThat(accepted).isEqualTo(1);
        assertThat(dropped).isEqualTo(13);
        assertThat(KeyVault.liveCells()).as("keys left").isEqualTo(cells);
    }

    private static Opening open(JsonNode in) {
        PublicKey self = PublicKey.of(hex(in, "S"));
        byte[] message = new byte[SetupMessage.LENGTH];
        SetupMessage.writeHeader(message, KEY_ID, USABLE_LSE);
        byte[] area = hex(in, "area");
        System.arraycopy(area, 0, message, SetupMessage.AREA_OFFSET, area.length);
        ReplayFilter filter = new ReplayFilter(new PrescribedEntropy().thenNumber(1));
        try (MediumTermKeys keys = new MediumTermKeys(
                        new PrescribedEntropy().thenNumber(KEY_ID).thenBytes(hex(in, "M_private")), UNIX_SECONDS);
                SetupHop hop = new SetupHop(
                        hex(in, "network_id"),
                        self,
                        keys,
                        filter,
                        new RequestRules(self, DialableAddresses.GLOBAL),
                        new PrescribedEntropy())) {
            Opening opening = hop.open(message, message.length, PublicKey.of(new byte[32]), 0, UNIX_SECONDS);
            assertThat(filter.size())
                    .as("no state before slot 0 has opened")
                    .isEqualTo(opening instanceof OpenedSetup ? 1 : 0);
            return opening;
        }
    }
}
