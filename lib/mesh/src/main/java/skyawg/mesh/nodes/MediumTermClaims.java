package skyawg.mesh.nodes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import skyawg.protocol.names.PublicKey;

/** Which claims name one M. Only one node can have it: who names another's spoils set-ups, or watches for them. */
final class MediumTermClaims {
    private final Map<PublicKey, List<Claim>> claims = new HashMap<>();

    void add(Claim claim) {
        if (claim.addressed().node().hasMediumTermKey()) {
            claims.computeIfAbsent(claim.addressed().node().mediumTermKey(), m -> new ArrayList<>(1))
                    .add(claim);
        }
    }

    void remove(Claim claim) {
        PublicKey key = claim.addressed().node().mediumTermKey();
        List<Claim> there = claims.get(key);
        if (there != null && there.remove(claim) && there.isEmpty()) {
            claims.remove(key);
        }
    }

    /** How a claim stands against those of other nodes with the same M. */
    Dispute judge(Claim claim, long unixSeconds) {
        Dispute dispute = Dispute.NONE;
        if (claim.standing() == Standing.PROVED) {
            return dispute;
        }
        for (Claim other : claims.getOrDefault(claim.addressed().node().mediumTermKey(), List.of())) {
            if (other.node() == claim.node() || !Node.isUsable(other, unixSeconds)) {
                continue;
            }
            if (other.standing() == Standing.PROVED) {
                return Dispute.LOST;
            }
            if (Node.isAsGoodASource(other, claim)) {
                dispute = Dispute.UNDECIDED;
            }
        }
        return dispute;
    }

    int size() {
        return claims.size();
    }
}
