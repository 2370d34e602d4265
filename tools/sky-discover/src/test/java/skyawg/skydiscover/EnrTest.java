package skyawg.skydiscover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.apache.tuweni.crypto.SECP256K1.SecretKey;
import org.ethereum.beacon.discovery.crypto.DefaultSigner;
import org.ethereum.beacon.discovery.schema.NodeRecordBuilder;
import org.junit.jupiter.api.Test;
import skyawg.control.offer.OfferedRecord;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.record.AddressedRecord;
import skyawg.protocol.record.DiscoveryRecord;
import skyawg.protocol.record.NodeRecord;
import skyawg.skydiscover.discv5.DiscoveryKey;
import skyawg.skydiscover.discv5.Enr;

class EnrTest {
    private static final IpAddress IP4 = IpAddress.parse("192.0.2.7");
    private static final IpAddress IP6 = IpAddress.parse("2001:db8::7");
    private static final DiscoveryKey KEY = DiscoveryKey.parse("11".repeat(32));

    private static AddressedRecord withBoth(long seed) {
        NodeRecord node = Records.of(seed, IP4).node();
        return new AddressedRecord(node, IP4, IP6);
    }

    @Test
    void theRecordComesOutAsItWentIn() {
        for (AddressedRecord record : List.of(withBoth(1), Records.of(2, IP4))) {
            Enr enr = KEY.sign(3, record, 9300, 9301);
            Enr read = Enr.parse(enr.text());
            assertThat(read).isEqualTo(enr);
            assertThat(read.published()).contains(record);
            assertThat(read.sequence()).isEqualTo(3);
            assertThat(read.hasEndpoint()).isTrue();
        }
    }

    @Test
    void theLargestFits() {
        assertThat(KEY.sign(-1L, withBoth(1), 0xffff, 0xffff).length())
                .isLessThanOrEqualTo(DiscoveryRecord.MAX_LENGTH)
                .isGreaterThan(250);
    }

    /** What our codec of the specification writes is what the library's own builder writes. */
    @Test
    void ourCodecAndTheLibraryAgree() {
        AddressedRecord record = withBoth(4);
        String built = new NodeRecordBuilder()
                .seq(9)
                .signer(new DefaultSigner(SecretKey.fromBytes(Bytes32.fromHexString("11".repeat(32)))))
                .customField("ip", Bytes.wrap(IP4.toBytes()))
                .customField("ip6", Bytes.wrap(IP6.toBytes()))
                .customField("sky", Bytes.wrap(record.node().toBytes()))
                .customField("udp", Bytes.ofUnsignedShort(9300))
                .customField("udp6", Bytes.ofUnsignedShort(9301))
                .build()
                .asEnr();
        assertThat(KEY.sign(9, record, 9300, 9301).text()).isEqualTo(built);
    }

    @Test
    void withoutARecordThereIsNoAddressEither() {
        Enr bare = Enr.parse(KEY.signBare(1).text());
        assertThat(bare.hasRecord()).isFalse();
        assertThat(bare.hasEndpoint()).isFalse();
        assertThat(bare.published()).isEmpty();
    }

    @Test
    void aFieldThatIsNoRecordIsIgnored() {
        byte[] otherVersion = withBoth(1).node().toBytes();
        otherVersion[0] = 2;
        Sample sample = new Sample(new SplittableRandom(1));
        List<Enr> enrs = new ArrayList<>();
        for (Bytes field : List.of(Bytes.wrap(otherVersion), Bytes.repeat((byte) 1, 87), Bytes.repeat((byte) 1, 89))) {
            enrs.add(Enr.parse(new NodeRecordBuilder()
                    .signer(new DefaultSigner(SecretKey.fromBytes(Bytes32.random())))
                    .customField("sky", field)
                    .build()
                    .asEnr()));
        }
        enrs.add(KEY.signBare(1));
        List<OfferedRecord> records = new ArrayList<>();
        Walk walk = new Walk(() -> null, sample, new SplittableRandom(1), 0);
        assertThat(walk.pick(enrs, records)).isFalse();
        assertThat(walk.pick(enrs, records)).isFalse();
        assertThat(records).isEmpty();
        assertThat(sample.counts().malformed()).as("each is counted once").isEqualTo(3);
    }

    @Test
    void aRecordIsNewOnce() {
        Walk walk = new Walk(() -> null, new Sample(new SplittableRandom(1)), new SplittableRandom(1), 0);
        List<OfferedRecord> records = new ArrayList<>();
        assertThat(walk.pick(List.of(KEY.sign(1, withBoth(1), 1, 1)), records)).isTrue();
        assertThat(walk.pick(List.of(KEY.sign(1, withBoth(1), 1, 1)), records)).isFalse();
        assertThat(walk.pick(List.of(KEY.sign(2, withBoth(2), 1, 1)), records)).isTrue();
        assertThat(records).extracting(OfferedRecord::sequence).containsExactly(1L, 1L, 2L);
    }

    @Test
    void damagedTextIsRefused() {
        byte[] good = Base64.getUrlDecoder()
                .decode(KEY.sign(1, withBoth(1), 9300, 9301).text().substring("enr:".length()));
        Random random = new Random(5);
        for (int i = 0; i < 300; i++) {
            byte[] bad = good.clone();
            bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            String text = DiscoveryRecord.toText(bad);
            assertThatThrownBy(() -> Enr.parse(text)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> Enr.parse("enr:")).hasMessageContaining("is all of it there?");
        assertThatThrownBy(() -> Enr.parse("sky1:AAAA")).hasMessageContaining("begins with 'enr:'");
    }
}
