package skyawg.protocol.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import skyawg.protocol.crypto.OffHeap;
import skyawg.protocol.mpls.ChannelHeader;
import skyawg.protocol.mpls.LinkPayload;
import skyawg.protocol.wire.Memory;

final class RecordMessageTest {
    @Test
    void askIsZerosBehindItsOp() {
        try (OffHeap memory = new OffHeap()) {
            long message = memory.allocate(RecordMessage.LENGTH);
            Memory.fill(message, RecordMessage.LENGTH, 0xff);
            RecordMessage.writeAsk(message);
            assertThat(OffHeap.hex(message, RecordMessage.LENGTH)).isEqualTo("10007ffb01000000" + "00".repeat(108));
            assertThat(LinkPayload.classify(message, RecordMessage.LENGTH)).isEqualTo(LinkPayload.CHANNEL);
            assertThat(ChannelHeader.type(message)).isEqualTo(ChannelHeader.RECORD);
            assertThat(RecordMessage.isAsk(message, RecordMessage.LENGTH)).isTrue();
            assertThat(RecordMessage.isAsk(message, RecordMessage.LENGTH - 1)).isFalse();
            assertThat(RecordMessage.readAnswer(message, RecordMessage.LENGTH)).isEmpty();
        }
    }

    @Test
    void answerCarriesRecordAndAddresses() {
        AddressedRecord own = NodeRecordTest.sample();
        try (OffHeap memory = new OffHeap()) {
            long message = memory.allocate(RecordMessage.LENGTH);
            RecordMessage.writeAnswer(message, own);
            assertThat(OffHeap.hex(message, RecordMessage.LENGTH))
                    .isEqualTo("10007ffb02000000" + HexFormat.of().formatHex(own.toBytes()));
            assertThat(RecordMessage.readAnswer(message, RecordMessage.LENGTH)).contains(own);
            assertThat(RecordMessage.readAnswer(message, RecordMessage.LENGTH - 1))
                    .isEmpty();
            assertThat(RecordMessage.isAsk(message, RecordMessage.LENGTH)).isFalse();
        }
    }

    @Property(tries = 1000)
    void anyBytesAreReadOrNot(@ForAll @Size(max = 140) byte[] bytes) {
        try (OffHeap memory = new OffHeap()) {
            long message = memory.put(bytes);
            boolean isAnswer = bytes.length >= RecordMessage.LENGTH && bytes[4] == 2 && bytes[8] == 1;
            assertThat(RecordMessage.readAnswer(message, bytes.length).isPresent())
                    .isEqualTo(isAnswer);
        }
    }
}
