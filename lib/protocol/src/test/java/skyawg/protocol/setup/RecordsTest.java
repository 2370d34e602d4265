package skyawg.protocol.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.tunnelkeys.TunnelId;

/** Request and reply records: any bytes are read, and what is written reads back. */
final class RecordsTest {
    @Property(tries = 1000)
    void anyRequestBytesAreReadAndKeepTheirMeaning(@ForAll @Size(Request.LENGTH) byte[] bytes, @ForAll boolean isOurs) {
        if (isOurs) {
            bytes[0] = Request.VERSION;
        }
        Request request = RequestCodec.read(bytes);
        assertThat(request instanceof UnreadableRequest).isEqualTo(bytes[0] != Request.VERSION);
        if (!(request instanceof UnreadableRequest)) {
            byte[] written = new byte[Request.LENGTH];
            RequestCodec.write(request, written);
            assertThat(RequestCodec.read(written)).isEqualTo(request);
        }
    }

    @Property(tries = 1000)
    void anyReplyBytesAreReadAndKeepTheirMeaning(
            @ForAll @Size(ReplyRecord.LENGTH) byte[] bytes, @ForAll boolean isOurs) {
        if (isOurs) {
            bytes[0] = 1;
            bytes[1] = (byte) (bytes[1] & 7);
        }
        ReplyRecord reply = ReplyRecord.read(bytes);
        boolean isKnown = bytes[0] == 1 && (bytes[1] & 0xff) <= Status.SHUTTING_DOWN.code();
        assertThat(reply.status() == Status.UNKNOWN).isEqualTo(!isKnown);
        if (isKnown) {
            byte[] written = new byte[ReplyRecord.LENGTH];
            reply.write(written);
            assertThat(ReplyRecord.read(written)).isEqualTo(reply);
        }
    }

    @Property(tries = 500)
    void everyRequestReadsBack(@ForAll long seed) {
        Random random = new Random(seed);
        Request request = random.nextBoolean() ? transit(random) : egress(random);
        byte[] bytes = new byte[Request.LENGTH];
        random.nextBytes(bytes);
        RequestCodec.write(request, bytes);
        assertThat(RequestCodec.read(bytes)).isEqualTo(request);
    }

    @Test
    void everyStatusHasItsCode() {
        Status[] statuses = Status.values();
        for (int code = 0; code <= 11; code++) {
            assertThat(statuses[code].code()).isEqualTo(code);
            assertThat(Status.ofCode(code)).isEqualTo(statuses[code]);
        }
        assertThat(Status.ofCode(12)).isEqualTo(Status.UNKNOWN);
        assertThat(Status.ofCode(255)).isEqualTo(Status.UNKNOWN);
        assertThat(statuses).hasSize(13);
    }

    @Test
    void fieldsKeepToTheirWidths() {
        TunnelId id = new TunnelId(1, 2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EgressRequest(false, false, 0x10000, 0, 1, 24, 0, id, 1, 0, 0))
                .withMessage("lifetime is 0 to 65535, not 65536");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EgressRequest(false, false, 60, 0, 1, 24, 0, id, 65_536, 0, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EgressRequest(false, false, 60, 0, 1, 24, 1L << 32, id, 1, 0, 0));
        assertThat(id).hasToString("(hidden)");
    }

    private static TransitRequest transit(Random random) {
        byte[] key = new byte[32];
        random.nextBytes(key);
        boolean isV6 = random.nextBoolean();
        return new TransitRequest(
                random.nextBoolean(),
                random.nextInt(0x10000),
                random.nextInt(256),
                random.nextInt() & 0xffff_ffffL,
                random.nextInt(256),
                PublicKey.of(key),
                isV6 ? IpAddress.v6(random.nextLong() | 1, random.nextLong()) : IpAddress.v4(random.nextInt()),
                random.nextInt(0x10000),
                random.nextLong());
    }

    private static EgressRequest egress(Random random) {
        return new EgressRequest(
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextInt(0x10000),
                random.nextInt(256),
                random.nextInt(256),
                random.nextInt(256),
                random.nextInt() & 0xffff_ffffL,
                new TunnelId(random.nextLong(), random.nextLong()),
                random.nextInt(0x10000),
                random.nextLong(),
                random.nextLong());
    }
}
