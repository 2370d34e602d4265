package skyawg.mesh.lsp;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.agenda.Agenda;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.liveness.BfdDiagnostic;
import skyawg.protocol.liveness.BfdPacket;
import skyawg.protocol.liveness.BfdSession;
import skyawg.protocol.liveness.BfdState;
import skyawg.protocol.liveness.BfdVerdict;
import skyawg.protocol.wire.Memory;

/**
 * BFD on the links that paths lead over (mesh specification §6): both ends say something often enough, and a neighbour
 * that is silent for three intervals is down. A link that no path needs is not watched.
 *
 * <p>On a link that loses every tenth packet three in a row are lost every minute, and a node that was held up has not
 * read what came. So nobody is called down unasked ({@link Silence}): see ADR 22.
 *
 * <p>A neighbour on a busy machine is held up itself at times, and paths end for good. So what leads over a link that
 * is down is told at once that it is ({@link #takeSilent}), which makes it be avoided, and ends when that has not
 * changed in two seconds ({@link #takeDown}).
 *
 * <p>A neighbour that was started again, or has not been needed for a minute, doesn't know the session any more. One
 * that says nothing from the beginning is asked for another.
 */
final class LinkWatch<A> {
    /** In that and two round trips a session is up again that went down by an old packet. */
    private static final long BELIEF_NANOS = 50_000_000L;

    /** What a neighbour that was held up has to come back in. */
    static final long DOWN_NANOS = 2_000_000_000L;

    private static final long BUSY_LOOK_NANOS = 1_000_000_000L;
    /** A link that nobody is in a hurry on is asked in one look of so many how long an answer takes. */
    private static final int IDLE_LOOKS = 10;

    /** So late a look may be, to go with a packet that comes or goes. */
    private static final long LOOK_SLACK_NANOS = 250_000_000L;

    private static final long FIRST_LOOK_NANOS = 100_000_000L;
    /** How often a link without a session is looked at. */
    private static final long SESSION_POLL_NANOS = 20_000_000L;

    /** Of silence, in a link that is not up by BFD, before another session is agreed on. */
    private static final long RENEW_NANOS = 500_000_000L;

    private final Links<A> links;
    private final Entropy entropy;
    private final SignalCounters counters;
    private final Arena arena = Arena.ofAuto();
    private final long scratch = Memory.allocate(arena, BfdPacket.LENGTH);
    private final Map<Adjacent<A>, Watched> watched = new LinkedHashMap<>();
    private final Agenda<Watched> agenda = new Agenda<>();
    private final List<Adjacent<A>> silent = new ArrayList<>();
    private final List<Adjacent<A>> down = new ArrayList<>();

    LinkWatch(Links<A> links, Entropy entropy, SignalCounters counters) {
        this.links = links;
        this.entropy = entropy;
        this.counters = counters;
    }

    /** Begins or ends the watch, as paths need the link or not. */
    void follow(Adjacent<A> adjacent, long nowNanos) {
        boolean isWatched = watched.containsKey(adjacent);
        if (adjacent.isInUse() && !isWatched) {
            Watched begun = new Watched(adjacent, nowNanos);
            watched.put(adjacent, begun);
            agenda.put(begun, nowNanos);
            links.setTimed(adjacent.adjacency(), true);
        } else if (!adjacent.isInUse() && isWatched) {
            forget(adjacent);
            links.setTimed(adjacent.adjacency(), false);
        }
    }

    void forget(Adjacent<A> adjacent) {
        Watched ended = watched.remove(adjacent);
        if (ended != null) {
            agenda.remove(ended);
        }
    }

    /** A BFD packet of a neighbour. One about a link that is not watched is of no use, and no fault. */
    void onMessage(Adjacent<A> from, long message, int length, long nowNanos) {
        Watched present = watched.get(from);
        if (present == null) {
            return;
        }
        if (present.session.receive(message, length, nowNanos) == BfdVerdict.ACCEPTED) {
            if (BfdPacket.isFinal(message)) {
                present.silence.onAnswer(nowNanos);
            }
            agenda.put(present, present.attend(nowNanos));
        } else {
            counters.count(SignalDrop.BFD);
        }
    }

    /** Does what is due. */
    void advance(long nowNanos) {
        for (Watched first = agenda.first();
                first != null && nowNanos - first.dueNanos() >= 0;
                first = agenda.first()) {
            agenda.put(first, first.attend(nowNanos));
        }
    }

    /** Links that have gone down since the last call, and may come back. */
    List<Adjacent<A>> takeSilent() {
        return taken(silent);
    }

    /** Links that have not come back. */
    List<Adjacent<A>> takeDown() {
        return taken(down);
    }

    private static <A> List<Adjacent<A>> taken(List<Adjacent<A>> news) {
        if (news.isEmpty()) {
            return List.of();
        }
        List<Adjacent<A>> taken = List.copyOf(news);
        news.clear();
        return taken;
    }

    long nextDeadline() {
        return agenda.nextNanos();
    }

    /** A link that paths lead over. */
    private final class Watched extends Agenda.Entry {
        private final Adjacent<A> adjacent;
        private final BfdSession session;
        private final Silence silence = new Silence();
        private long busyLookNanos;
        private int looks;
        private long renewedNanos;
        /** Why the session has gone down in this very call; null when it has not. */
        private @Nullable BfdDiagnostic fall;

        /** When it is told that the link is down, unless the session is up again by then. */
        private long tellNanos = Deadlines.NEVER;

        /** Likewise, when what leads over it ends. */
        private long endNanos = Deadlines.NEVER;

        Watched(Adjacent<A> adjacent, long nowNanos) {
            this.adjacent = adjacent;
            this.session = new BfdSession(
                    entropy,
                    (from, to, reason) -> {
                        if (to == BfdState.DOWN && from != BfdState.DOWN) {
                            fall = reason;
                        }
                    },
                    nowNanos);
            this.busyLookNanos = nowNanos + FIRST_LOOK_NANOS;
            this.renewedNanos = nowNanos;
        }

        /** Does what is due. @return when it is next to be called */
        long attend(long nowNanos) {
            A adjacency = adjacent.adjacency();
            if (!links.isUp(adjacency)) {
                return nowNanos + SESSION_POLL_NANOS;
            }
            long heardNanos = links.heardNanos(adjacency);
            session.heard(heardNanos);
            session.sent(links.sentNanos(adjacency));
            renewIfForgotten(heardNanos, nowNanos);
            long look = Deadlines.NEVER;
            long detection = session.detectionNanos();
            if (detection != BfdSession.NEVER) {
                if (silence.look(heardNanos, detection, nowNanos)) {
                    session.poll();
                }
                session.heard(silence.earliestEnd() - detection);
                look = silence.nextLook();
            }
            if (nowNanos - busyLookNanos >= 0) {
                busyLookNanos = nowNanos + BUSY_LOOK_NANOS;
                boolean isBusy = adjacent.neighbour().isBusy(nowNanos);
                if (session.state() == BfdState.UP && (isBusy || looks++ % IDLE_LOOKS == 0)) {
                    session.poll();
                    silence.onQuestion(nowNanos);
                }
                session.setBusy(isBusy, nowNanos);
            }
            if (session.advance(nowNanos)) {
                session.write(scratch, nowNanos);
                links.send(adjacency, Memory.bytes(scratch, BfdPacket.LENGTH));
            }
            long next = Deadlines.earlier(busyLookNanos + LOOK_SLACK_NANOS, session.nextDeadline(), nowNanos);
            next = Deadlines.earlier(next, look, nowNanos);
            return Deadlines.earlier(next, judge(nowNanos), nowNanos);
        }

        /** No deadline of its own: a session that is not up sends, and so is looked at, in each interval. */
        private void renewIfForgotten(long heardNanos, long nowNanos) {
            boolean isSilent = nowNanos - heardNanos >= RENEW_NANOS && nowNanos - renewedNanos >= RENEW_NANOS;
            if (isSilent && session.state() != BfdState.UP) {
                renewedNanos = nowNanos;
                links.renew(adjacent.adjacency());
            }
        }

        /** Tells what has to be told of the link. @return when it is to be looked at again for this */
        private long judge(long nowNanos) {
            if (fall != null) {
                // The neighbour's word that it does not hear us may be an old packet that was overtaken.
                boolean isWord = fall == BfdDiagnostic.NEIGHBOR_SIGNALED_SESSION_DOWN;
                tellNanos = nowNanos + (isWord ? BELIEF_NANOS + 2 * silence.roundTripNanos() : 0);
                endNanos = nowNanos + DOWN_NANOS;
                fall = null;
            }
            if (session.state() == BfdState.UP) {
                tellNanos = Deadlines.NEVER;
                endNanos = Deadlines.NEVER;
            }
            if (isOver(tellNanos, nowNanos)) {
                tellNanos = Deadlines.NEVER;
                silent.add(adjacent);
            }
            if (isOver(endNanos, nowNanos)) {
                endNanos = Deadlines.NEVER;
                down.add(adjacent);
            }
            return Deadlines.earlier(tellNanos, endNanos, nowNanos);
        }

        private boolean isOver(long deadline, long nowNanos) {
            return deadline != Deadlines.NEVER && nowNanos - deadline >= 0;
        }
    }
}
