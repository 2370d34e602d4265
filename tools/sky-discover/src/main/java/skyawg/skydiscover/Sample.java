package skyawg.skydiscover;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import skyawg.control.offer.OfferSource;
import skyawg.control.offer.OfferedRecord;
import skyawg.control.offer.RecordOffer;
import skyawg.protocol.record.AddressedRecord;
import skyawg.protocol.record.NetworkId;
import skyawg.protocol.record.RecordVerdict;

/**
 * Records that were found, until the daemon has them, and what it is to be told again. However many strangers publish,
 * it holds at most {@value #MAX_RECORDS}, and of theirs at most 2 in a /24 or /48 and 5 in a /16 or /32 of the
 * Internet: the bounds of the daemon's own sample, so that nobody can crowd others out before it comes to that.
 */
final class Sample {
    static final int MAX_RECORDS = 2_000;

    /** The daemon takes a claim that it hears again as fresh. */
    private static final long AGAIN_SECONDS = Duration.ofMinutes(2).toSeconds();

    private final RandomGenerator random;
    private final Map<String, Held> byPublisher = new HashMap<>();
    private final List<Held> all = new ArrayList<>();
    private final Crowding crowding = new Crowding();
    private @Nullable AddressedRecord own;
    private long otherNetwork;
    private long malformed;
    private long refused;

    private static final class Held {
        final OfferSource source;
        OfferedRecord offered;
        int place;
        boolean isHanded;
        long handedAt;

        Held(OfferSource source, OfferedRecord offered) {
            this.source = source;
            this.offered = offered;
        }

        String publisher() {
            return source + " " + offered.publisher();
        }
    }

    Sample(RandomGenerator random) {
        this.random = random;
    }

    /** This node's record, which says which network counts. With another network everything is forgotten. */
    void setOwn(AddressedRecord present) {
        AddressedRecord before = own;
        own = present;
        if (before == null) {
            return;
        }
        if (before.node().networkPrefix() != present.node().networkPrefix()) {
            byPublisher.clear();
            all.clear();
            crowding.clear();
        } else if (!before.node().staticKey().equals(present.node().staticKey())) {
            handAllAgain();
        }
    }

    /** A find that does not even read. */
    void countMalformed() {
        malformed++;
    }

    /** @return whether it is a new record, or a newer one */
    boolean add(OfferSource source, OfferedRecord offered, long unixSeconds) {
        AddressedRecord self = own;
        if (self == null || isIgnored(self, source, offered, unixSeconds)) {
            return false;
        }
        Held known = byPublisher.get(source + " " + offered.publisher());
        if (known == null) {
            return place(new Held(source, offered));
        }
        if (known.offered.equals(offered)) {
            known.isHanded &= unixSeconds - known.handedAt < AGAIN_SECONDS;
            return false;
        }
        boolean isOlder = Long.compareUnsigned(offered.sequence(), known.offered.sequence()) < 0;
        if (isOlder) {
            return false;
        }
        remove(known);
        return place(new Held(source, offered));
    }

    private boolean isIgnored(AddressedRecord self, OfferSource source, OfferedRecord offered, long unixSeconds) {
        AddressedRecord found = offered.addressed();
        NetworkId network = new NetworkId(self.node().networkPrefix(), 0);
        RecordVerdict verdict = RecordVerdict.judge(found.node(), network, source.isLongLived(), unixSeconds);
        if (verdict == RecordVerdict.OTHER_NETWORK) {
            otherNetwork++;
            return true;
        }
        boolean hasPlace = found.endpoint4().isPresent() || found.endpoint6().isPresent();
        boolean isOfUse = source.isLongLived() || (hasPlace && found.node().roles() != 0);
        if (verdict == RecordVerdict.BAD_KEYS || !isOfUse) {
            malformed++;
            return true;
        }
        return verdict.isIgnored()
                || found.node().staticKey().equals(self.node().staticKey());
    }

    private boolean place(Held fresh) {
        boolean isBounded = fresh.source != OfferSource.STATIC;
        if (isBounded && !crowding.hasRoom(fresh.offered.addressed())) {
            refused++;
            return false;
        }
        if (all.size() == MAX_RECORDS) {
            // Half of the newcomers take somebody's place: whoever floods the sample does not own it for good.
            Held leaving = all.get(random.nextInt(MAX_RECORDS));
            if (isBounded && (leaving.source == OfferSource.STATIC || random.nextBoolean())) {
                refused++;
                return false;
            }
            remove(leaving);
        }
        fresh.place = all.size();
        all.add(fresh);
        byPublisher.put(fresh.publisher(), fresh);
        if (isBounded) {
            crowding.add(fresh.offered.addressed());
        }
        return true;
    }

    private void remove(Held gone) {
        Held last = all.removeLast();
        if (last != gone) {
            all.set(gone.place, last);
            last.place = gone.place;
        }
        byPublisher.remove(gone.publisher());
        if (gone.source != OfferSource.STATIC) {
            crowding.remove(gone.offered.addressed());
        }
    }

    /** Forgets strangers' records that are over; to be called about once a minute. */
    void expire(long unixSeconds) {
        for (Held held : List.copyOf(all)) {
            if (!held.source.isLongLived() && held.offered.addressed().node().isExpired(unixSeconds)) {
                remove(held);
            }
        }
    }

    /** The daemon is another process now, or has another mesh: it knows none of them. */
    void handAllAgain() {
        for (Held held : all) {
            held.isHanded = false;
        }
    }

    /** Records of one source that the daemon has not, or not lately; empty when it has all. */
    RecordOffer nextOffer(int max) {
        for (OfferSource source : OfferSource.values()) {
            List<OfferedRecord> records = new ArrayList<>();
            for (Held held : all) {
                if (held.source == source && !held.isHanded && records.size() < max) {
                    records.add(held.offered);
                }
            }
            if (!records.isEmpty()) {
                return new RecordOffer(source, records);
            }
        }
        return new RecordOffer(OfferSource.DISCV5, List.of());
    }

    /** The daemon has them. */
    void handed(RecordOffer offer, long unixSeconds) {
        for (OfferedRecord offered : offer.records()) {
            Held held = byPublisher.get(offer.source() + " " + offered.publisher());
            if (held != null && held.offered.equals(offered)) {
                held.isHanded = true;
                held.handedAt = unixSeconds;
            }
        }
    }

    SampleCounts counts() {
        return new SampleCounts(all.size(), otherNetwork, malformed, refused);
    }

    boolean isFull() {
        return all.size() == MAX_RECORDS;
    }
}
