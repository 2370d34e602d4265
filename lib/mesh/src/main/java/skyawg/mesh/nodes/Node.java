package skyawg.mesh.nodes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.record.AddressedRecord;
import skyawg.protocol.record.RecordDigest;

/**
 * A node by its static key: at most four claims about it, and what was measured on it.
 *
 * <p>Of the claims one counts, in this order: M is valid; the node still names it; it answered when used; standing;
 * source; later expiry.
 */
public final class Node {
    static final int MAX_CLAIMS = 4;

    private static final long NAMED_BEFORE_EXPIRY_SECONDS = 23 * 3_600;

    private final PublicKey key;
    private final Measurements measurements = new Measurements();
    private final List<Claim> claims = new ArrayList<>(1);

    /** Where it stands in the sample's list. */
    int index = -1;

    /** Kept while it is a guard, even with an expired record: it can be asked for its present one. */
    boolean isGuard;

    Node(PublicKey key) {
        this.key = key;
    }

    /** S. */
    public PublicKey key() {
        return key;
    }

    public Measurements measurements() {
        return measurements;
    }

    public List<Claim> claims() {
        return List.copyOf(claims);
    }

    public boolean isGuard() {
        return isGuard;
    }

    /** The claim to seal set-ups to; empty when none has a valid M. */
    public Optional<Claim> current(long unixSeconds) {
        Claim best = best(unixSeconds);
        return best != null && isUsable(best, unixSeconds) ? Optional.of(best) : Optional.empty();
    }

    /** As {@link #current}, or else where the node can be asked for its record of today; empty when all are expired. */
    public Optional<Claim> currentOrNaming(long unixSeconds) {
        return Optional.ofNullable(best(unixSeconds));
    }

    /** Whether another publisher says something else of this S, with as good a source, and neither was proved. */
    boolean hasRivalClaims(long unixSeconds) {
        Claim best = best(unixSeconds);
        if (best == null || best.standing() != Standing.CLAIMED) {
            return false;
        }
        for (Claim other : claims) {
            if (other != best && isUsable(other, unixSeconds) && isAsGoodASource(other, best)) {
                return true;
            }
        }
        return false;
    }

    static boolean isAsGoodASource(Claim other, Claim than) {
        return other.origin().source().compareTo(than.origin().source()) <= 0;
    }

    /** Whether the operator listed it. */
    public boolean isStatic() {
        for (Claim claim : claims) {
            if (claim.origin().source() == Source.STATIC) {
                return true;
            }
        }
        return false;
    }

    boolean isProved() {
        for (Claim claim : claims) {
            if (claim.standing() != Standing.CLAIMED) {
                return true;
            }
        }
        return false;
    }

    @Nullable
    Claim claiming(AddressedRecord addressed) {
        for (Claim claim : claims) {
            if (claim.addressed().equals(addressed)) {
                return claim;
            }
        }
        return null;
    }

    @Nullable
    Claim withDigest(RecordDigest digest) {
        for (Claim claim : claims) {
            if (claim.digest().equals(digest)) {
                return claim;
            }
        }
        return null;
    }

    List<Claim> modifiableClaims() {
        return claims;
    }

    /** Whether the claim is good for anything now; of a guard even an expired one names it. */
    boolean isOfUse(Claim claim, long unixSeconds) {
        return isUsable(claim, unixSeconds)
                || isGuard
                || claim.origin().source().outlivesItsKey();
    }

    static boolean isUsable(Claim claim, long unixSeconds) {
        return !claim.isHeldFalse()
                && claim.addressed().node().hasMediumTermKey()
                && !claim.addressed().node().isExpired(unixSeconds);
    }

    /**
     * Whether the node has had another record for more than an hour, if it changes M as it should (every 24 h, each
     * valid 48 h): its replies no longer name this one.
     */
    static boolean isOutdated(Claim claim, long unixSeconds) {
        return unixSeconds > claim.addressed().node().expiryUnixSeconds() - NAMED_BEFORE_EXPIRY_SECONDS;
    }

    private @Nullable Claim best(long unixSeconds) {
        Claim best = null;
        for (Claim claim : claims) {
            if (isOfUse(claim, unixSeconds) && (best == null || isBetter(claim, best, unixSeconds))) {
                best = claim;
            }
        }
        return best;
    }

    private static boolean isBetter(Claim claim, Claim than, long unixSeconds) {
        boolean isUsable = isUsable(claim, unixSeconds);
        if (isUsable != isUsable(than, unixSeconds)) {
            return isUsable;
        }
        if (isUsable && isOutdated(claim, unixSeconds) != isOutdated(than, unixSeconds)) {
            return isOutdated(than, unixSeconds);
        }
        if (claim.isSilent() != than.isSilent()) {
            return than.isSilent();
        }
        int order = claim.standing().compareTo(than.standing());
        if (order == 0) {
            order = claim.origin().source().compareTo(than.origin().source());
        }
        if (order == 0) {
            order = Long.compare(
                    than.addressed().node().expiryUnixSeconds(),
                    claim.addressed().node().expiryUnixSeconds());
        }
        return order < 0;
    }

    @Override
    public String toString() {
        return key + ", " + claims.size() + " claims";
    }
}
