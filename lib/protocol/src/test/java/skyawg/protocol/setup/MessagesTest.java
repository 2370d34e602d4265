package skyawg.protocol.setup;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Headers of set-ups and replies. */
final class MessagesTest {
    private static final int LOWEST_LSE = 0x7000_0140;

    @Test
    void aSetupNeedsItsWholeLengthItsVersionAndAUsableLabel() {
        byte[] message = new byte[1380];
        SetupMessage.writeHeader(message, 200, LOWEST_LSE);
        assertThat(SetupMessage.isWellFormed(message, SetupMessage.LENGTH)).isTrue();
        assertThat(SetupMessage.isWellFormed(message, 1380))
                .as("with the link's padding")
                .isTrue();
        assertThat(SetupMessage.isWellFormed(message, SetupMessage.LENGTH - 1)).isFalse();
        assertThat(SetupMessage.isWellFormed(new byte[3], 3)).isFalse();
        assertThat(SetupMessage.keyId(message)).isEqualTo(200);
        assertThat(SetupMessage.reverseLse(message)).isEqualTo(LOWEST_LSE);
        SetupMessage.writeHeader(message, 200, LOWEST_LSE - 0x1000);
        assertThat(SetupMessage.isWellFormed(message, 1380)).as("label 0x6FFFF").isFalse();
        SetupMessage.writeHeader(message, 200, 0xffff_f140);
        assertThat(SetupMessage.isWellFormed(message, 1380)).as("label 0xFFFFF").isTrue();
        message[4] = 2;
        assertThat(SetupMessage.isWellFormed(message, 1380)).as("version 2").isFalse();
    }

    @Test
    void theReservedBytesOfAMessageAreIgnored() {
        byte[] message = new byte[SetupMessage.LENGTH];
        SetupMessage.writeHeader(message, 1, LOWEST_LSE);
        message[6] = 1;
        message[7] = 2;
        message[15] = 3;
        assertThat(SetupMessage.isWellFormed(message, message.length)).isTrue();
    }

    @Test
    void aReplyWithoutAUsableLabelIsARefusal() {
        byte[] message = new byte[ReplyMessage.LENGTH];
        ReplyMessage.writeHeader(message, LOWEST_LSE, 0x8000_0140);
        assertThat(ReplyMessage.isWellFormed(message, message.length)).isTrue();
        assertThat(ReplyMessage.isAccepted(message)).isTrue();
        assertThat(ReplyMessage.reverseLse(message)).isEqualTo(LOWEST_LSE);
        assertThat(ReplyMessage.forwardLse(message)).isEqualTo(0x8000_0140);
        message[12] = 0x6f;
        assertThat(ReplyMessage.isAccepted(message)).as("label 0x6F000").isFalse();
        ReplyMessage.writeHeader(message, LOWEST_LSE, 0);
        assertThat(ReplyMessage.isAccepted(message)).isFalse();
        assertThat(message[5]).isZero();
        assertThat(ReplyMessage.isWellFormed(message, ReplyMessage.LENGTH - 1)).isFalse();
        assertThat(SetupMessage.isWellFormed(message, message.length))
                .as("another channel")
                .isFalse();
    }

    @Property(tries = 500)
    void anyBytesAreJudged(@ForAll @Size(max = 900) byte[] bytes) {
        assertThat(SetupMessage.isWellFormed(bytes, bytes.length) && bytes.length < SetupMessage.LENGTH)
                .isFalse();
        assertThat(ReplyMessage.isWellFormed(bytes, bytes.length) && bytes.length < ReplyMessage.LENGTH)
                .isFalse();
    }
}
