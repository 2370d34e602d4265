package skyawg.mesh.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static skyawg.mesh.nodes.Population.DAY;
import static skyawg.mesh.nodes.Population.NOW;
import static skyawg.mesh.nodes.Population.TRANSIT;
import static skyawg.mesh.nodes.Population.at;
import static skyawg.mesh.nodes.Population.key;
import static skyawg.mesh.nodes.Population.nextDay;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.record.AddressedRecord;
import skyawg.protocol.record.NodeRecord;
import skyawg.protocol.record.RecordDigest;

/** What is taken, what is ignored, and who wins where claims contradict. */
final class NodeSampleTest {
    private static final String A = "a1";
    private static final String B = "b2";
    private static final PublicKey ZERO = PublicKey.of(new byte[PublicKey.LENGTH]);

    private final Population population = new Population(7);
    private final NodeSample sample = Population.sample(8);
    private final AddressedRecord node = at(population.record(TRANSIT, 12, 0), "9.1.2.3");
    private final PublicKey s = node.node().staticKey();
    private final PublicKey m = node.node().mediumTermKey();

    /** The same keys elsewhere: somebody slips an address of his own in front of them. */
    private final AddressedRecord slipped = at(node.node(), "66.6.6.6");

    private OfferVerdict offer(AddressedRecord addressed, String discoveryId, long sequence) {
        return sample.offer(addressed, Origin.discovery(discoveryId, sequence), NOW);
    }

    private AddressedRecord another(String ip4) {
        return at(population.record(TRANSIT, 12, 0), ip4);
    }

    private AddressedRecord current(PublicKey key) {
        return sample.find(key).orElseThrow().current(NOW).orElseThrow().addressed();
    }

    private Dispute dispute(PublicKey key) {
        return sample.dispute(sample.find(key).orElseThrow().current(NOW).orElseThrow(), NOW);
    }

    private boolean prove(AddressedRecord used, AddressedRecord own) {
        return sample.prove(used.node().staticKey(), used.digest(), own.digest(), RecordDigest.NONE, NOW);
    }

    @Test
    void takesANodeOnce() {
        assertThat(offer(node, A, 1)).isEqualTo(OfferVerdict.ADDED);
        assertThat(offer(node, A, 1)).isEqualTo(OfferVerdict.KNOWN);
        assertThat(offer(node, B, 9)).isEqualTo(OfferVerdict.KNOWN);
        assertThat(sample.size()).isOne();
        assertThat(sample.find(s).orElseThrow().claims()).hasSize(1);
    }

    @Test
    void ignoresRecordsThatAreNoGood() {
        NodeRecord n = node.node();
        NodeRecord foreign = new NodeRecord(TRANSIT, 12, 1, n.networkPrefix() + 1, s, m, NOW + DAY, 0, 4433, 0);
        assertThat(offer(at(foreign, "9.1.2.3"), A, 1)).isEqualTo(OfferVerdict.OTHER_NETWORK);
        assertThat(offer(changed(s, s, NOW + DAY, TRANSIT), A, 1)).isEqualTo(OfferVerdict.BAD_KEYS);
        assertThat(offer(changed(s, m, NOW, TRANSIT), A, 1)).isEqualTo(OfferVerdict.EXPIRED);
        assertThat(offer(changed(s, ZERO, 0, TRANSIT), A, 1)).isEqualTo(OfferVerdict.NO_MEDIUM_TERM_KEY);
        assertThat(offer(changed(s, m, NOW + DAY, 0), A, 1)).isEqualTo(OfferVerdict.OF_NO_USE);
        assertThat(offer(at(n, "0.0.0.0"), A, 1)).isEqualTo(OfferVerdict.OF_NO_USE);
        assertThat(offer(changed(Population.SELF, m, NOW + DAY, TRANSIT), A, 1)).isEqualTo(OfferVerdict.OURS);
        assertThat(sample.entries()).isZero();
    }

    private static AddressedRecord changed(PublicKey staticKey, PublicKey mediumTermKey, long expiry, int roles) {
        return at(Population.record(roles, 12, 0, staticKey, mediumTermKey, expiry), "9.1.2.3");
    }

    @Test
    void anOlderSequenceIsIgnored() {
        AddressedRecord newer = nextDay(node, 1001);
        AddressedRecord newest = nextDay(newer, 1002);
        assertThat(offer(newer, A, 5)).isEqualTo(OfferVerdict.ADDED);
        assertThat(offer(node, A, 4)).isEqualTo(OfferVerdict.OLDER);
        assertThat(offer(node, A, 5)).isEqualTo(OfferVerdict.OLDER);
        assertThat(offer(newest, A, -1)).as("unsigned").isEqualTo(OfferVerdict.UPDATED);
        assertThat(current(s)).isEqualTo(newest);
    }

    @Test
    void aPublisherHasOneRecord() {
        offer(node, A, 1);
        assertThat(offer(another("8.1.2.3"), A, 2)).isEqualTo(OfferVerdict.ADDED);
        assertThat(sample.find(s)).isEmpty();
        assertThat(sample.size()).isOne();
    }

    @Test
    void twoClaimsOfOneSAreDisputedUntilOneIsProved() {
        offer(node, A, 1);
        assertThat(dispute(s)).isEqualTo(Dispute.NONE);
        offer(slipped, B, 1);
        assertThat(dispute(s)).isEqualTo(Dispute.UNDECIDED);
        assertThat(prove(node, node)).isTrue();
        assertThat(dispute(s)).isEqualTo(Dispute.NONE);
        assertThat(current(s)).isEqualTo(node);
    }

    @Test
    void aRecordThatTheNodeDoesNotNameIsHeldFalseAndCounted() {
        offer(node, A, 1);
        offer(slipped, B, 1);
        assertThat(prove(slipped, node)).isFalse();
        assertThat(current(s)).isEqualTo(node);
        assertThat(sample.find(s).orElseThrow().claims()).hasSize(1);
        assertThat(sample.lies(NOW)).containsExactly(Map.entry(Origin.discovery(B, 0), 1));
        assertThat(offer(slipped, B, 2)).isEqualTo(OfferVerdict.HELD_FALSE);
        assertThat(sample.find(s).orElseThrow().measurements().isResting(NOW))
                .as("the node is not to blame")
                .isFalse();
    }

    @Test
    void threeLiesSilenceAPublisherForADay() {
        for (int i = 1; i <= 3; i++) {
            AddressedRecord lie = another("7." + i + ".2.3");
            assertThat(offer(lie, B, i)).isEqualTo(OfferVerdict.ADDED);
            assertThat(prove(lie, node)).isFalse();
        }
        assertThat(sample.size()).isZero();
        assertThat(offer(node, B, 4)).isEqualTo(OfferVerdict.PUBLISHER_LIES);
        assertThat(offer(node, A, 1)).isEqualTo(OfferVerdict.ADDED);
        assertThat(sample.offer(nextDay(node, 5), Origin.discovery(B, 5), NOW + DAY))
                .isEqualTo(OfferVerdict.UPDATED);
    }

    @Test
    void anOldRecordIsNobodysLie() {
        offer(node, A, 1);
        long later = NOW + 26 * 3_600;
        assertThat(sample.prove(s, node.digest(), slipped.digest(), RecordDigest.NONE, later))
                .isFalse();
        assertThat(sample.lies(later)).isEmpty();
    }

    @Test
    void theRecordBeforeIsTrueAndItsSuccessorTakesOver() {
        AddressedRecord newer = nextDay(node, 1001);
        sample.offer(node, Origin.staticEntry(s), NOW);
        offer(newer, A, 1);
        assertThat(sample.prove(s, node.digest(), newer.digest(), node.digest(), NOW))
                .isTrue();
        assertThat(current(s)).isEqualTo(newer);
        assertThat(sample.find(s).orElseThrow().claims()).hasSize(1);
    }

    @Test
    void whoToldTheTruthIsBelievedBeforeStrangers() {
        offer(node, A, 1);
        prove(node, node);
        AddressedRecord next = nextDay(node, 1001);
        offer(next, A, 2);
        offer(at(nextDay(next, 1002).node(), "66.6.6.6"), B, 1);
        assertThat(current(s)).isEqualTo(next);
        assertThat(dispute(s)).isEqualTo(Dispute.NONE);
    }

    @Test
    void whoClaimsAProvedMIsRefuted() {
        offer(node, A, 1);
        AddressedRecord thief = at(Population.record(TRANSIT, 12, 0, key(500), m, NOW + DAY), "66.6.6.6");
        offer(thief, B, 1);
        assertThat(dispute(s)).isEqualTo(Dispute.UNDECIDED);
        assertThat(dispute(key(500))).isEqualTo(Dispute.UNDECIDED);
        prove(node, node);
        assertThat(dispute(s)).isEqualTo(Dispute.NONE);
        assertThat(dispute(key(500))).isEqualTo(Dispute.LOST);
    }

    @ParameterizedTest
    @CsvSource({"STATIC, DISCV5", "DISCV5, EMERCOIN", "STATIC, EMERCOIN", "DISCV5, STATIC", "EMERCOIN, DISCV5"})
    void anEarlierSourceComesFirst(Source first, Source second) {
        sample.offer(node, new Origin(first, A, 0), NOW);
        sample.offer(slipped, new Origin(second, B, 0), NOW);
        assertThat(current(s)).isEqualTo(first.compareTo(second) < 0 ? node : slipped);
        assertThat(dispute(s)).isEqualTo(Dispute.NONE);
    }

    @Test
    void aLongLivedEntryNamesANodeToBeAsked() {
        AddressedRecord naming = changed(s, ZERO, 0, TRANSIT);
        assertThat(sample.offer(naming, Origin.staticEntry(s), NOW)).isEqualTo(OfferVerdict.ADDED);
        assertThat(sample.find(s).orElseThrow().current(NOW)).isEmpty();
        assertThat(sample.toBeAsked(NOW)).extracting(Claim::addressed).containsExactly(naming);

        assertThat(sample.learnFromNode(key(99), node, NOW)).isEqualTo(OfferVerdict.NOT_ITS_OWN);
        assertThat(sample.learnFromNode(s, node, NOW)).isEqualTo(OfferVerdict.UPDATED);
        Claim learned = sample.find(s).orElseThrow().current(NOW).orElseThrow();
        assertThat(learned.addressed()).isEqualTo(node);
        assertThat(learned.standing()).isEqualTo(Standing.PROVED);
        assertThat(sample.toBeAsked(NOW)).isEmpty();
    }

    @Test
    void aListedRecordThatIsNotTheNodesOwnAnyMoreStillNamesIt() {
        sample.offer(node, Origin.staticEntry(s), NOW);
        assertThat(prove(node, slipped)).isFalse();
        assertThat(sample.find(s).orElseThrow().current(NOW)).isEmpty();
        assertThat(sample.toBeAsked(NOW)).extracting(Claim::addressed).containsExactly(node);
    }

    @Test
    void forgetsWhatIsExpiredButForTheOperatorsList() {
        AddressedRecord listed = another("8.1.2.3");
        PublicKey key = listed.node().staticKey();
        offer(node, A, 1);
        sample.offer(listed, Origin.staticEntry(key), NOW);
        sample.expire(NOW + 2 * DAY - 1);
        assertThat(sample.size()).isEqualTo(2);
        sample.expire(NOW + 2 * DAY);
        assertThat(sample.nodes()).extracting(Node::key).containsExactly(key);
        sample.retainStatic(Set.of());
        assertThat(sample.entries()).isZero();
    }
}
