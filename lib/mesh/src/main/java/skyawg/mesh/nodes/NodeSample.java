package skyawg.mesh.nodes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.record.AddressedRecord;
import skyawg.protocol.record.NetworkId;
import skyawg.protocol.record.NodeRecord;
import skyawg.protocol.record.RecordDigest;
import skyawg.protocol.record.RecordVerdict;
import skyawg.protocol.record.Role;

/**
 * The nodes that an ingress knows: at most 2 000, and of those that strangers hand over at most 2 in a /24 or /48 and 5
 * in a /16 or /32. However large the network is, this stays as large.
 *
 * <p>When it is full, a newcomer takes the place of one whose records are over, or that fails, or else, one time in
 * two, of one that was never proved; nodes proved by use stay, and so do guards and the operator's list.
 */
public final class NodeSample {
    public static final int MAX_NODES = 2_000;

    /** A node names the record before its present one for so long (specification §4). */
    private static final long EARLIER_RECORD_SECONDS = 3_600;

    /** A success so near says that our own network works. */
    private static final long WITNESS_SECONDS = 600;

    private static final int ALL_ROLES =
            Role.TRANSIT.bit() | Role.INTERNET.bit() | Role.YGG.bit() | Role.I2P.bit() | Role.LOCAL.bit();

    private final NetworkId network;
    private final Vantage vantage;
    private final ClaimTables tables = new ClaimTables();
    private final Displacement displacement;
    private final Falsehoods falsehoods = new Falsehoods();

    /** Of any node: who fails while nobody answers may be cut off with us. */
    private long lastSuccessAt;

    public NodeSample(NetworkId network, Vantage vantage, Entropy entropy) {
        this.network = network;
        this.vantage = vantage;
        this.displacement = new Displacement(tables, entropy);
    }

    /** A record that a source handed over. */
    public OfferVerdict offer(AddressedRecord addressed, Origin origin, long unixSeconds) {
        return offer(addressed, origin, Standing.CLAIMED, unixSeconds);
    }

    /**
     * What a peer answered when it was asked for its record. The session proves S, and so the record is the node's own.
     *
     * @param peer the key of the session
     */
    public OfferVerdict learnFromNode(PublicKey peer, AddressedRecord addressed, long unixSeconds) {
        if (!addressed.node().staticKey().equals(peer)) {
            return OfferVerdict.NOT_ITS_OWN;
        }
        return offer(addressed, Origin.nodeItself(peer), Standing.PROVED, unixSeconds);
    }

    OfferVerdict offer(AddressedRecord addressed, Origin origin, Standing standing, long unixSeconds) {
        NodeRecord record = addressed.node();
        if (record.staticKey().equals(vantage.self())) {
            return OfferVerdict.OURS;
        }
        RecordVerdict verdict =
                RecordVerdict.judge(record, network, origin.source().isLongLived(), unixSeconds);
        if (verdict.isIgnored()) {
            return OfferVerdict.of(verdict);
        }
        int families = vantage.familiesOf(addressed);
        if (!isOfUse(addressed, families, origin)) {
            return OfferVerdict.OF_NO_USE;
        }
        if (falsehoods.isIgnored(origin, unixSeconds)) {
            return OfferVerdict.PUBLISHER_LIES;
        }
        Node known = tables.find(record.staticKey());
        Node node = known == null ? new Node(record.staticKey()) : known;
        Claim claim = new Claim(node, addressed, families, origin, standing, unixSeconds);
        if (standing == Standing.PROVED) {
            falsehoods.forgetRecord(claim.digest());
        }
        OfferVerdict taken = settle(claim, unixSeconds);
        tables.dropIfEmpty(node);
        return taken;
    }

    /** A line of the operator's list may name a node whose addresses he does not know. */
    private static boolean isOfUse(AddressedRecord addressed, int families, Origin origin) {
        boolean onlyNames =
                !addressed.node().hasMediumTermKey() && !origin.source().isOpenToStrangers();
        return (addressed.node().roles() & ALL_ROLES) != 0 && (families != 0 || onlyNames);
    }

    private OfferVerdict settle(Claim claim, long unixSeconds) {
        Claim previous = tables.of(claim.origin());
        if (previous != null) {
            boolean isSame = previous.addressed().equals(claim.addressed());
            int order = Long.compareUnsigned(
                    claim.origin().sequence(), previous.origin().sequence());
            if (claim.origin().isNumbered() && (order < 0 || (order == 0 && !isSame))) {
                return OfferVerdict.OLDER;
            }
            if (isSame) {
                previous.heardAgain(claim.origin(), unixSeconds);
                if (claim.standing() == Standing.PROVED) {
                    previous.prove();
                }
                return OfferVerdict.KNOWN;
            }
        }
        if (falsehoods.isHeldFalse(claim)) {
            return OfferVerdict.HELD_FALSE;
        }
        Claim equal = claim.node().claiming(claim.addressed());
        if (equal != null) {
            if (previous != null) {
                tables.withdraw(previous);
            }
            return merge(claim, equal, unixSeconds);
        }
        return previous == null ? place(claim, unixSeconds) : replace(previous, claim, unixSeconds);
    }

    /** Two publishers say the same: the first keeps it, unless the second one is of a better source. */
    private OfferVerdict merge(Claim claim, Claim equal, long unixSeconds) {
        if (claim.origin().source().compareTo(equal.origin().source()) < 0) {
            tables.handOver(equal, claim.origin(), unixSeconds);
        }
        if (claim.standing() == Standing.PROVED) {
            equal.prove();
        }
        return OfferVerdict.KNOWN;
    }

    private OfferVerdict replace(Claim previous, Claim claim, long unixSeconds) {
        if (previous.node() != claim.node()) {
            tables.withdraw(previous);
            return place(claim, unixSeconds);
        }
        if (claim.origin().isNumbered() && previous.standing() != Standing.CLAIMED) {
            claim.follow();
        }
        tables.detach(previous);
        OfferVerdict verdict = place(claim, unixSeconds);
        if (!verdict.isTaken()) {
            tables.keepForGuard(previous);
        }
        return verdict == OfferVerdict.ADDED ? OfferVerdict.UPDATED : verdict;
    }

    private OfferVerdict place(Claim claim, long unixSeconds) {
        OfferVerdict refusal = displacement.makeRoomFor(claim, unixSeconds);
        if (refusal != null) {
            return refusal;
        }
        boolean isNew = !tables.has(claim.node());
        tables.attach(claim);
        return isNew ? OfferVerdict.ADDED : OfferVerdict.UPDATED;
    }

    /** The operator's list is read anew: entries that are no longer in it are taken back. */
    public void retainStatic(Set<PublicKey> listed) {
        for (Claim claim : tables.claims()) {
            if (claim.origin().source() == Source.STATIC
                    && !listed.contains(claim.node().key())) {
                tables.withdraw(claim);
            }
        }
    }

    /** Forgets what is over; to be called about once a minute. */
    public void expire(long unixSeconds) {
        for (Node node : List.copyOf(tables.nodes())) {
            for (Claim claim : node.claims()) {
                if (!node.isOfUse(claim, unixSeconds)) {
                    tables.withdraw(claim);
                }
            }
        }
    }

    /**
     * A reply says which records the node calls its own.
     *
     * @param used digest of the record that the set-up was built from
     * @param own digest of the node's record
     * @param before digest of the one before, or {@link RecordDigest#NONE}
     * @return false: the record used is false, and the LSP is to be dropped
     */
    public boolean prove(PublicKey key, RecordDigest used, RecordDigest own, RecordDigest before, long unixSeconds) {
        Node node = tables.find(key);
        boolean isTrue = used.equals(own) || used.equals(before);
        if (node == null) {
            return isTrue;
        }
        Claim claim = node.withDigest(used);
        if (!isTrue) {
            node.measurements().failed(Failure.FALSE_RECORD, true, unixSeconds);
            if (claim != null) {
                holdFalse(claim, unixSeconds);
            }
        }
        Claim present = node.withDigest(own);
        if (present != null) {
            falsehoods.forgetRecord(own);
            present.prove();
            if (isTrue && claim != null && claim != present) {
                tables.withdraw(claim);
            }
        } else if (isTrue && claim != null) {
            claim.prove();
        }
        return isTrue;
    }

    /**
     * Whoever handed it over within the hour, and a record of the day, lied; a record that is merely old is nobody's
     * lie. What names a first hop goes on naming it: over an adjacency it proves its S and is asked.
     */
    private void holdFalse(Claim claim, long unixSeconds) {
        falsehoods.rememberRecord(claim.digest(), unixSeconds);
        claim.holdFalse();
        boolean wasSaidLately = unixSeconds - claim.heardUnixSeconds() < EARLIER_RECORD_SECONDS;
        if (claim.origin().source().isOpenToStrangers()) {
            if (wasSaidLately && !Node.isOutdated(claim, unixSeconds)) {
                falsehoods.countLie(claim.origin(), unixSeconds);
            }
            tables.withdraw(claim);
        }
    }

    /** A set-up over the node came up, payload and all; or it was only tried, and answered. */
    public void succeeded(PublicKey key, long unixSeconds) {
        Node node = tables.find(key);
        if (node != null) {
            lastSuccessAt = unixSeconds;
            node.measurements().succeeded();
        }
    }

    public void failed(PublicKey key, Failure failure, long unixSeconds) {
        Node node = tables.find(key);
        if (node == null) {
            return;
        }
        boolean isWitnessed = Math.abs(unixSeconds - lastSuccessAt) < WITNESS_SECONDS;
        node.measurements().failed(failure, isWitnessed, unixSeconds);
        if (failure == Failure.SILENT || failure == Failure.SILENT_PATH) {
            node.current(unixSeconds).ifPresent(Claim::countSilence);
        }
    }

    /** A round trip to the node, by hop echo or link. */
    public void measuredRtt(PublicKey key, long micros) {
        Node node = tables.find(key);
        if (node != null) {
            node.measurements().addRtt(micros);
        }
    }

    /** A rate that a path over the node carried. */
    public void measuredRate(PublicKey key, long kbits) {
        Node node = tables.find(key);
        if (node != null) {
            node.measurements().addRate(kbits);
        }
    }

    /** How the claim that counts stands against others with the same S or M. */
    public Dispute dispute(Claim claim, long unixSeconds) {
        Dispute overKey = tables.mediumTermKeys().judge(claim, unixSeconds);
        if (overKey == Dispute.NONE && claim.node().hasRivalClaims(unixSeconds)) {
            return Dispute.UNDECIDED;
        }
        return overKey;
    }

    public Optional<Node> find(PublicKey key) {
        return Optional.ofNullable(tables.find(key));
    }

    /** All of them, in no order; only to be read, and only until the next change. */
    public List<Node> nodes() {
        return tables.nodes();
    }

    public int size() {
        return tables.nodes().size();
    }

    /** False records by publisher within the last day. */
    public Map<Origin, Integer> lies(long unixSeconds) {
        return falsehoods.liesAt(unixSeconds);
    }

    /** Guards and nodes of the operator's list. */
    public List<Node> listed() {
        return tables.listed();
    }

    /** Guards and nodes of the operator's list without a valid M: to be asked for their record, over an adjacency. */
    public List<Claim> toBeAsked(long unixSeconds) {
        List<Claim> asked = new ArrayList<>();
        for (Node node : tables.listed()) {
            if (node.current(unixSeconds).isEmpty()) {
                node.currentOrNaming(unixSeconds)
                        .filter(claim -> claim.families() != 0)
                        .ifPresent(asked::add);
            }
        }
        return asked;
    }

    @Nullable
    Node guard(PublicKey key, boolean isGuard) {
        Node node = tables.find(key);
        if (node != null) {
            node.isGuard = isGuard;
            tables.noteListing(node);
        }
        return node;
    }

    /** Entries in all tables, for the test of their bounds. */
    int entries() {
        return tables.entries();
    }
}
