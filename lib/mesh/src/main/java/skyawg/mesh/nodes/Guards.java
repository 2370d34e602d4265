package skyawg.mesh.nodes;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.record.AddressedRecord;
import skyawg.protocol.record.Role;

/**
 * The six nodes that first hops come from, each kept 30 to 60 days while it lives: whoever changes first hops often
 * will some day have a spy both there and at the exit.
 *
 * <p>A tunnel of five paths wants five first hops. So one more is recruited only when fewer than five answer, and all
 * together are at most twelve: somebody who shuts guards down one after another to be chosen himself gets no further.
 * One is given up when it failed in 24 separate hours while other nodes answered (a network of our own that is down
 * costs no guards), or in a day if it never answered at all. Those that answer are used in the order in which they
 * came, pinned ones first.
 */
public final class Guards {
    public static final int WANTED = 6;
    public static final int MAX_GUARDS = 12;

    static final int LEAST_ANSWERING = 5;
    static final long SHORTEST_SECONDS = 30 * 86_400L;
    static final long LONGEST_SECONDS = 60 * 86_400L;
    static final long DOWN_AFTER_SECONDS = 600;
    static final int GIVEN_UP_AFTER_HOURS = 24;
    static final long GIVEN_UP_IF_NEW_SECONDS = 86_400;

    private static final class Term {
        final long since;
        final long until;
        boolean isPinned;

        /** What is written down if the sample has nothing. */
        AddressedRecord last;

        boolean wasProved;

        Term(long since, long until, boolean isPinned, boolean wasProved, AddressedRecord last) {
            this.since = since;
            this.until = until;
            this.isPinned = isPinned;
            this.wasProved = wasProved;
            this.last = last;
        }
    }

    private final NodeSample sample;
    private final Vantage vantage;
    private final Entropy entropy;
    private final Map<PublicKey, Term> terms = new LinkedHashMap<>();
    private Set<PublicKey> pinned = Set.of();

    public Guards(NodeSample sample, Vantage vantage, Entropy entropy) {
        this.sample = sample;
        this.vantage = vantage;
        this.entropy = entropy;
    }

    /** Takes up what {@link #stored} gave before a restart; their records enter the sample. */
    public void restore(List<Guard> stored, long unixSeconds) {
        for (Guard guard : stored) {
            if (terms.size() >= MAX_GUARDS || guard.key().equals(vantage.self()) || terms.containsKey(guard.key())) {
                continue;
            }
            Standing standing = guard.isProved() ? Standing.PROVED : Standing.CLAIMED;
            OfferVerdict verdict = sample.offer(guard.addressed(), Origin.kept(guard.key()), standing, unixSeconds);
            if (verdict.isTaken()) {
                Term term = new Term(
                        guard.sinceUnixSeconds(),
                        guard.untilUnixSeconds(),
                        guard.isPinned(),
                        guard.isProved(),
                        guard.addressed());
                enter(guard.key(), term);
            }
        }
    }

    /** The operator's own choice, whole; those not in it any more go back to their term. */
    public void pin(Set<PublicKey> keys) {
        pinned = Set.copyOf(keys);
        terms.forEach((key, term) -> term.isPinned = pinned.contains(key));
    }

    /**
     * Gives up what is over or dead and recruits; to be called when the sample has changed and about once a minute.
     *
     * @return whether there is something new to store
     */
    public boolean maintain(long unixSeconds) {
        boolean changed = dismiss(unixSeconds);
        for (PublicKey key : pinned) {
            Node node = sample.find(key).orElse(null);
            if (node != null && !terms.containsKey(key) && terms.size() < MAX_GUARDS) {
                changed |= recruit(node, true, unixSeconds);
            }
        }
        while (isShort(unixSeconds)) {
            Node drawn = draw(true, unixSeconds);
            if (drawn == null) {
                drawn = draw(false, unixSeconds);
            }
            if (drawn == null || !recruit(drawn, false, unixSeconds)) {
                break;
            }
            changed = true;
        }
        return changed;
    }

    private boolean dismiss(long unixSeconds) {
        boolean changed = false;
        Iterator<Map.Entry<PublicKey, Term>> each = terms.entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<PublicKey, Term> entry = each.next();
            Term term = entry.getValue();
            boolean isOver = unixSeconds >= term.until || isDead(entry.getKey(), unixSeconds);
            if (isOver && !term.isPinned) {
                each.remove();
                sample.guard(entry.getKey(), false);
                changed = true;
            }
        }
        return changed;
    }

    private boolean isDead(PublicKey key, long unixSeconds) {
        Node node = sample.find(key).orElse(null);
        if (node == null) {
            return true;
        }
        Measurements measured = node.measurements();
        boolean neverAnswered =
                measured.goodSetups() == 0 && measured.failingSeconds(unixSeconds) >= GIVEN_UP_IF_NEW_SECONDS;
        return neverAnswered || measured.witnessedHours() >= GIVEN_UP_AFTER_HOURS;
    }

    private boolean isShort(long unixSeconds) {
        if (terms.size() < WANTED) {
            return true;
        }
        return terms.size() < MAX_GUARDS && inUse(unixSeconds).size() < LEAST_ANSWERING;
    }

    private boolean recruit(Node node, boolean isPinned, long unixSeconds) {
        Claim claim = node.currentOrNaming(unixSeconds).orElse(null);
        if (claim == null) {
            return false;
        }
        long until = unixSeconds + entropy.uniform(SHORTEST_SECONDS, LONGEST_SECONDS);
        boolean isProved = claim.standing() == Standing.PROVED;
        enter(node.key(), new Term(unixSeconds, until, isPinned, isProved, claim.addressed()));
        return true;
    }

    private void enter(PublicKey key, Term term) {
        terms.put(key, term);
        sample.guard(key, true);
    }

    /**
     * By weight.
     *
     * @param onlyFar not near another guard, since two in one block or of one owner are not used at once
     */
    private @Nullable Node draw(boolean onlyFar, long unixSeconds) {
        List<Node> eligible = new ArrayList<>();
        List<Double> sums = new ArrayList<>();
        double sum = 0;
        for (Node node : sample.nodes()) {
            Claim claim = node.current(unixSeconds).orElse(null);
            if (claim != null && isEligible(node, claim, unixSeconds) && (!onlyFar || isFarFromOthers(claim))) {
                sum += Weight.of(claim.addressed().node(), node.measurements()) * Freshness.of(claim, unixSeconds);
                eligible.add(node);
                sums.add(sum);
            }
        }
        if (eligible.isEmpty()) {
            return null;
        }
        double at = sum * (entropy.nextLong() >>> 11) * 0x1p-53;
        int i = 0;
        while (i < eligible.size() - 1 && sums.get(i) <= at) {
            i++;
        }
        return eligible.get(i);
    }

    private boolean isEligible(Node node, Claim claim, long unixSeconds) {
        return !terms.containsKey(node.key())
                && claim.addressed().node().offers(Role.TRANSIT)
                && (claim.families() & vantage.families()) != 0
                && !node.measurements().isFailing()
                && sample.dispute(claim, unixSeconds) == Dispute.NONE;
    }

    private boolean isFarFromOthers(Claim claim) {
        Locality here = Locality.of(claim.addressed());
        for (Map.Entry<PublicKey, Term> entry : terms.entrySet()) {
            if (here.isNear(Locality.of(lastRecord(entry.getKey(), entry.getValue())))) {
                return false;
            }
        }
        return true;
    }

    /** Those to take first hops from now: at most six that answer, pinned ones first, then the longest serving. */
    public List<PublicKey> inUse(long unixSeconds) {
        List<PublicKey> used = new ArrayList<>(WANTED);
        for (boolean isPinned : new boolean[] {true, false}) {
            for (Map.Entry<PublicKey, Term> entry : terms.entrySet()) {
                if (used.size() < WANTED
                        && entry.getValue().isPinned == isPinned
                        && answers(entry.getKey(), unixSeconds)) {
                    used.add(entry.getKey());
                }
            }
        }
        return used;
    }

    /** Those that do not answer and have rested: to be dialled, and what comes of it to be told the sample. */
    public List<PublicKey> toBeTried(long unixSeconds) {
        List<PublicKey> tried = new ArrayList<>();
        for (PublicKey key : terms.keySet()) {
            boolean hasRested = sample.find(key)
                    .filter(node -> node.measurements().isFailing())
                    .filter(node -> !node.measurements().isResting(unixSeconds))
                    .isPresent();
            if (hasRested) {
                tried.add(key);
            }
        }
        return tried;
    }

    private boolean answers(PublicKey key, long unixSeconds) {
        Node node = sample.find(key).orElse(null);
        return node != null && node.measurements().failingSeconds(unixSeconds) < DOWN_AFTER_SECONDS;
    }

    /** All of them, to be kept over a restart; with the newest record of each. */
    public List<Guard> stored(long unixSeconds) {
        List<Guard> guards = new ArrayList<>(terms.size());
        terms.forEach((key, term) -> {
            sample.find(key).flatMap(node -> node.currentOrNaming(unixSeconds)).ifPresent(claim -> {
                term.last = claim.addressed();
                term.wasProved = claim.standing() == Standing.PROVED;
            });
            guards.add(new Guard(term.since, term.until, term.isPinned, term.wasProved, term.last));
        });
        return guards;
    }

    private AddressedRecord lastRecord(PublicKey key, Term term) {
        return sample.find(key)
                .map(node -> node.claims().getFirst().addressed())
                .orElse(term.last);
    }
}
