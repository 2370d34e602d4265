package skyawg.control.offer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.record.AddressedRecord;
import skyawg.protocol.record.NodeRecord;

class RecordOfferTest {
    private static OfferedRecord record(Random random) {
        byte[] key = new byte[PublicKey.LENGTH];
        random.nextBytes(key);
        NodeRecord node = new NodeRecord(
                1, 10, 3, random.nextLong(), PublicKey.of(key), PublicKey.of(key), 1_800_000_000L, 0, 4000, 0);
        AddressedRecord addressed =
                new AddressedRecord(node, IpAddress.v4(random.nextInt()), IpAddress.v6(random.nextLong(), 1));
        return new OfferedRecord(addressed, "f".repeat(OfferedRecord.MAX_PUBLISHER_LENGTH), random.nextLong());
    }

    @Test
    void theDaemonReadsWhatIsSent() {
        Random random = new Random(1);
        for (OfferSource source : OfferSource.values()) {
            RecordOffer offer = new RecordOffer(source, List.of(record(random), record(random)));
            assertThat(RecordOffer.parse(offer.fields())).isEqualTo(offer);
        }
    }

    @Test
    void theLargestOfferFitsALineOfTheSocket() {
        List<OfferedRecord> records = new ArrayList<>();
        for (int i = 0; i < RecordOffer.MAX_RECORDS; i++) {
            records.add(new OfferedRecord(
                    record(new Random(i)).addressed(), "f".repeat(OfferedRecord.MAX_PUBLISHER_LENGTH), -1));
        }
        String lines = String.valueOf(
                new RecordOffer(OfferSource.DISCV5, records).fields().get(RecordOffer.RECORDS));
        // A line's end takes two bytes in JSON; 200 are left for the rest of the request.
        assertThat(lines.length() + RecordOffer.MAX_RECORDS).isLessThan(65_535 - 200);
        records.add(records.getFirst());
        assertThatThrownBy(() -> new RecordOffer(OfferSource.DISCV5, records))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void saysWhatIsWrong() {
        String line = record(new Random(2)).toLine();
        assertThatThrownBy(() -> RecordOffer.parse(Map.of("source", "rumour", "records", line)))
                .hasMessageContaining("rumour");
        assertThatThrownBy(() -> OfferedRecord.parse(line.replace("sky1:", "sky2:")))
                .hasMessageContaining("sky1:");
        assertThatThrownBy(() -> OfferedRecord.parse(line + "0000000000")).hasMessageContaining("64 bits");
        assertThatThrownBy(() -> OfferedRecord.parse(line.substring(0, line.lastIndexOf(' '))))
                .hasMessageContaining("publisher");
    }
}
