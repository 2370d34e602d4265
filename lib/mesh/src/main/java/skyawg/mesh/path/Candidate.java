package skyawg.mesh.path;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import skyawg.mesh.nodes.Claim;
import skyawg.mesh.nodes.Dispute;
import skyawg.mesh.nodes.Freshness;
import skyawg.mesh.nodes.Locality;
import skyawg.mesh.nodes.Vantage;
import skyawg.mesh.nodes.Weight;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.record.AddressedRecord;

/** A node that may stand somewhere on a path, with all that the rules look at. */
final class Candidate {
    final PublicKey key;
    final AddressedRecord addressed;
    final Locality locality;
    final int families;

    private final @Nullable Claim claim;

    final double weight;
    final boolean isDisputed;

    private Candidate(
            AddressedRecord addressed,
            Locality locality,
            int families,
            @Nullable Claim claim,
            double weight,
            boolean isDisputed) {
        this.key = addressed.node().staticKey();
        this.addressed = addressed;
        this.locality = locality;
        this.families = families;
        this.claim = claim;
        this.weight = weight;
        this.isDisputed = isDisputed;
    }

    static Candidate of(Claim claim, Dispute dispute, long unixSeconds) {
        double weight =
                Weight.of(claim.addressed().node(), claim.node().measurements()) * Freshness.of(claim, unixSeconds);
        return new Candidate(
                claim.addressed(), claim.locality(), claim.families(), claim, weight, dispute == Dispute.UNDECIDED);
    }

    static Candidate of(Hop hop, Vantage vantage) {
        AddressedRecord addressed = hop.addressed();
        return new Candidate(addressed, Locality.of(addressed), vantage.familiesOf(addressed), null, 0, false);
    }

    /** The claim that it was drawn by; a node of a path that is there already has none. */
    Claim claim() {
        return Objects.requireNonNull(claim, "a node of a kept path is not drawn");
    }

    boolean isLinkedTo(Candidate next) {
        return (families & next.families) != 0;
    }
}
