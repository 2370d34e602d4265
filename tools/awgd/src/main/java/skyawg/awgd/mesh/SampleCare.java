package skyawg.awgd.mesh;

import java.util.LinkedHashMap;
import java.util.Map;
import skyawg.mesh.nodes.Claim;
import skyawg.mesh.nodes.Guards;
import skyawg.mesh.nodes.Node;
import skyawg.mesh.nodes.NodeSample;
import skyawg.mesh.nodes.OfferVerdict;
import skyawg.mesh.nodes.Vantage;
import skyawg.protocol.names.Endpoint;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.record.AddressedRecord;

/**
 * Keeps what an ingress knows of others up to date: records that are over go, guards are recruited, and nodes are asked
 * for their record of today. On the conductor.
 */
public final class SampleCare {
    private static final long MINUTE_SECONDS = 60;

    /** A node is asked for its record so often while it does not answer. */
    private static final long ASK_SECONDS = 10;

    private final NodeSample sample;
    private final Guards guards;
    private final Vantage vantage;
    private final Asker asker;
    private final Runnable guardsChanged;
    private final Map<PublicKey, Long> askedAt = new LinkedHashMap<>();
    private long maintainAt;

    /** Asks a node for its record over an adjacency; {@link #learned} hears the answer. */
    @FunctionalInterface
    public interface Asker {
        void ask(PublicKey node, Endpoint endpoint);
    }

    /** @param guardsChanged there is something new to store */
    public SampleCare(NodeSample sample, Guards guards, Vantage vantage, Asker asker, Runnable guardsChanged) {
        this.sample = sample;
        this.guards = guards;
        this.vantage = vantage;
        this.asker = asker;
        this.guardsChanged = guardsChanged;
    }

    /** The sample has changed: guards are looked at by the next {@link #advance}. */
    public void maintainSoon() {
        maintainAt = 0;
    }

    /** To be called about once a second. */
    public void advance(long unixSeconds) {
        if (unixSeconds >= maintainAt) {
            maintainAt = unixSeconds + MINUTE_SECONDS;
            sample.expire(unixSeconds);
            if (guards.maintain(unixSeconds)) {
                guardsChanged.run();
            }
        }
        askForRecords(unixSeconds);
    }

    /** Of guards and listed nodes: without a key of the day, or that do not answer, as after a restart of theirs. */
    private void askForRecords(long unixSeconds) {
        askedAt.values().removeIf(at -> unixSeconds - at >= ASK_SECONDS);
        for (Claim claim : sample.toBeAsked(unixSeconds)) {
            askForRecord(claim, unixSeconds);
        }
        for (Node known : sample.listed()) {
            if (known.measurements().lastFailureAt() > 0 && known.measurements().isFailing()) {
                known.currentOrNaming(unixSeconds).ifPresent(claim -> askForRecord(claim, unixSeconds));
            }
        }
    }

    /** Asks a node for its record, and so makes a link to it, unless that was done just now. */
    void askForRecord(Claim claim, long unixSeconds) {
        PublicKey key = claim.node().key();
        if ((claim.families() & vantage.families()) != 0 && !askedAt.containsKey(key)) {
            askedAt.put(key, unixSeconds);
            asker.ask(key, vantage.endpointFor(vantage.families(), claim.addressed()));
        }
    }

    /**
     * A neighbour said what its record is: it answers, and set-ups over it may be tried again.
     *
     * @return whether more is known of other nodes than before
     */
    public boolean learned(PublicKey neighbour, AddressedRecord said, long unixSeconds) {
        boolean isNew = sample.learnFromNode(neighbour, said, unixSeconds) == OfferVerdict.UPDATED;
        if (isNew) {
            maintainSoon();
        }
        boolean isFailing = sample.find(neighbour)
                .filter(known -> known.measurements().isFailing())
                .isPresent();
        if (isFailing) {
            sample.succeeded(neighbour, unixSeconds);
        }
        return isNew || isFailing;
    }
}
