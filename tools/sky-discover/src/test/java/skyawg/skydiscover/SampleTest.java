package skyawg.skydiscover;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import skyawg.control.offer.OfferSource;
import skyawg.control.offer.OfferedRecord;
import skyawg.control.offer.RecordOffer;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.record.AddressedRecord;
import skyawg.protocol.record.NodeRecord;

class SampleTest {
    private static final IpAddress OWN_ADDRESS = IpAddress.parse("9.9.9.9");

    private final Sample sample = new Sample(new SplittableRandom(1));

    @BeforeEach
    void isOfANetwork() {
        sample.setOwn(Records.of(-1, OWN_ADDRESS));
    }

    private boolean add(OfferedRecord offered) {
        return sample.add(OfferSource.DISCV5, offered, Records.NOW);
    }

    private List<OfferedRecord> handAll() {
        List<OfferedRecord> handed = new ArrayList<>();
        for (RecordOffer offer = sample.nextOffer(64); !offer.records().isEmpty(); offer = sample.nextOffer(64)) {
            assertThat(offer.records()).hasSizeLessThanOrEqualTo(64);
            sample.handed(offer, Records.NOW);
            handed.addAll(offer.records());
        }
        return handed;
    }

    @Test
    void handsEachRecordOnce() {
        for (int i = 0; i < 200; i++) {
            assertThat(add(Records.offered(i))).isTrue();
            assertThat(add(Records.offered(i))).isFalse();
        }
        assertThat(handAll()).hasSize(200).doesNotHaveDuplicates();
        assertThat(handAll()).isEmpty();
    }

    @Test
    void handsANewerRecordOfAPublisherAndNoOlderOne() {
        AddressedRecord fresh = Records.of(7, IpAddress.parse("12.0.0.1"));
        add(new OfferedRecord(Records.of(5, IpAddress.parse("12.0.0.1")), "a", 5));
        handAll();
        assertThat(add(new OfferedRecord(fresh, "a", 4))).isFalse();
        assertThat(add(new OfferedRecord(fresh, "a", 6))).isTrue();
        assertThat(handAll()).extracting(OfferedRecord::addressed).containsExactly(fresh);
        assertThat(sample.counts().records()).isEqualTo(1);
    }

    @Test
    void ignoresOtherNetworksAndWhatIsOver() {
        IpAddress somewhere = IpAddress.parse("12.0.0.1");
        AddressedRecord other = Records.of(1, Records.NETWORK + 1, Records.EXPIRY, somewhere);
        AddressedRecord over = Records.of(2, Records.NETWORK, Records.NOW, somewhere);
        assertThat(add(new OfferedRecord(other, "a", 1))).isFalse();
        assertThat(add(new OfferedRecord(over, "b", 1))).isFalse();
        assertThat(sample.counts()).isEqualTo(new SampleCounts(0, 1, 0, 0));
    }

    @Test
    void ignoresWhatCanBeNoNode() {
        NodeRecord like = Records.of(1, IpAddress.parse("12.0.0.1")).node();
        NodeRecord sameKeys = new NodeRecord(
                1, 1, 1, Records.NETWORK, like.staticKey(), like.staticKey(), Records.EXPIRY, 0, 4500, 0);
        AddressedRecord nowhere = new AddressedRecord(like, AddressedRecord.NO_IP4, AddressedRecord.NO_IP6);
        assertThat(add(new OfferedRecord(new AddressedRecord(sameKeys, OWN_ADDRESS, AddressedRecord.NO_IP6), "a", 1)))
                .isFalse();
        assertThat(add(new OfferedRecord(nowhere, "b", 1))).isFalse();
        assertThat(sample.counts().malformed()).isEqualTo(2);
    }

    @Test
    void ignoresThisNodeItself() {
        assertThat(add(new OfferedRecord(Records.of(-1, OWN_ADDRESS), "a", 1))).isFalse();
    }

    @Test
    void isBoundedHoweverManyPublish() {
        sample.add(OfferSource.STATIC, Records.offered(60_000), Records.NOW);
        for (int i = 0; i < 3 * Sample.MAX_RECORDS; i++) {
            add(Records.offered(i));
        }
        assertThat(sample.counts().records()).isEqualTo(Sample.MAX_RECORDS);
        List<OfferedRecord> handed = handAll();
        assertThat(handed).hasSize(Sample.MAX_RECORDS).contains(Records.offered(60_000));
        long late = handed.stream().filter(SampleTest::isLate).count();
        assertThat(late).isBetween(Sample.MAX_RECORDS / 4L, Sample.MAX_RECORDS * 9L / 10);
    }

    private static boolean isLate(OfferedRecord offered) {
        return Integer.parseInt(offered.publisher().substring("publisher".length())) >= Sample.MAX_RECORDS;
    }

    @Test
    void boundsBlocksOfTheInternetButNotOfALaboratory() {
        for (int i = 0; i < 40; i++) {
            add(Records.offered(i, IpAddress.v4(0x0c00_0000 | (i % 10) << 8 | i)));
            add(Records.offered(100 + i, IpAddress.v4(0x0a00_0000 | i)));
        }
        assertThat(sample.counts().records()).isEqualTo(Crowding.MAX_IN_LARGE + 40);
        handAll();
        sample.expire(Records.EXPIRY);
        assertThat(sample.counts().records()).isZero();
    }

    @Test
    void aBlockHasRoomAgainWhenARecordIsOver() {
        IpAddress place = IpAddress.parse("12.0.0.1");
        long soon = Records.NOW + 10;
        add(new OfferedRecord(Records.of(1, Records.NETWORK, soon, place), "a", 1));
        add(new OfferedRecord(Records.of(2, Records.NETWORK, soon, place), "b", 1));
        OfferedRecord third = new OfferedRecord(Records.of(3, place), "c", 1);
        assertThat(add(third)).isFalse();
        sample.expire(soon);
        assertThat(add(third)).isTrue();
    }

    @Test
    void tellsADaemonThatIsNewEverything() {
        add(Records.offered(1));
        handAll();
        sample.handAllAgain();
        assertThat(handAll()).hasSize(1);
    }

    @Test
    void tellsAgainAfterTwoMinutesWhatIsStillHeard() {
        add(Records.offered(1));
        handAll();
        sample.add(OfferSource.DISCV5, Records.offered(1), Records.NOW + 119);
        assertThat(handAll()).isEmpty();
        sample.add(OfferSource.DISCV5, Records.offered(1), Records.NOW + 120);
        assertThat(handAll()).hasSize(1);
    }

    @Test
    void forgetsEverythingInAnotherNetwork() {
        add(Records.offered(1));
        sample.setOwn(Records.of(-1, Records.NETWORK + 1, Records.EXPIRY, OWN_ADDRESS));
        assertThat(sample.counts().records()).isZero();
        assertThat(add(Records.offered(1))).isFalse();
    }

    @Test
    void takesAFilesEntryThatOnlyNamesANode() {
        AddressedRecord over = Records.of(2, Records.NETWORK, Records.NOW, AddressedRecord.NO_IP4);
        assertThat(sample.add(OfferSource.STATIC, new OfferedRecord(over, "a", 0), Records.NOW))
                .isTrue();
        sample.expire(Records.EXPIRY);
        assertThat(sample.nextOffer(10).source()).isEqualTo(OfferSource.STATIC);
    }
}
