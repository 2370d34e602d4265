package skyawg.mesh.lsp;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
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
 */
final class LinkWatch<A> {
    /** In that and two round trips a session is up again that went down by an old packet. */
    private static final long BELIEF_NANOS = 50_000_000L;

    private static final long BUSY_LOOK_NANOS = 1_000_000_000L;
    private static final long FIRST_LOOK_NANOS = 100_000_000L;
    /** How often a link without a session is looked at. */
    private static final long SESSION_POLL_NANOS = 20_000_000L;

    private final Links<A> links;
    private final Entropy entropy;
    private final SignalCounters counters;
    private final Arena arena = Arena.ofAuto();
    private final long scratch = Memory.allocate(arena, BfdPacket.LENGTH);
    private final Map<Adjacent<A>, Watched> watched = new HashMap<>();
    private final PriorityQueue<Watched> agenda = new PriorityQueue<>(Comparator.comparingLong(Watched::dueNanos));
    /** Those whose session has gone down since they were last asked for. */
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
            agenda.add(begun);
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
            present.attend(nowNanos);
            reschedule(present);
        } else {
            counters.count(SignalDrop.BFD);
        }
    }

    /** Does what is due. */
    void advance(long nowNanos) {
        for (Watched first = agenda.peek(); first != null && nowNanos - first.dueNanos() >= 0; first = agenda.peek()) {
            first.attend(nowNanos);
            reschedule(first);
        }
    }

    /** Links that have gone down since the last call. */
    List<Adjacent<A>> takeDown() {
        List<Adjacent<A>> taken = List.copyOf(down);
        down.clear();
        return taken;
    }

    long nextDeadline() {
        Watched first = agenda.peek();
        return first == null ? Deadlines.NEVER : first.dueNanos();
    }

    /** The state of a link that is watched; {@link BfdState#ADMIN_DOWN} of one that is not. */
    BfdState state(Adjacent<A> adjacent) {
        Watched present = watched.get(adjacent);
        return present == null ? BfdState.ADMIN_DOWN : present.session.state();
    }

    private void reschedule(Watched present) {
        if (agenda.remove(present)) {
            present.dueNanos = present.nextNanos;
            agenda.add(present);
        }
    }

    /** A link that paths lead over. */
    private final class Watched {
        private final Adjacent<A> adjacent;
        private final BfdSession session;
        private long busyLookNanos;
        private final Silence silence = new Silence();
        /** The neighbour says that it does not hear us, and that may be an old packet of its that was overtaken. */
        private boolean isSignalled;

        /**
         * When that is believed, unless the session is up again; {@link Deadlines#NEVER} when there is no such word.
         */
        private long believedNanos = Deadlines.NEVER;

        /** The agenda's; changed only while it is not in there. */
        private long dueNanos;

        private long nextNanos;

        Watched(Adjacent<A> adjacent, long nowNanos) {
            this.adjacent = adjacent;
            this.session = new BfdSession(
                    entropy,
                    (from, to, reason) -> {
                        if (to != BfdState.DOWN || from == BfdState.DOWN) {
                            return;
                        }
                        if (reason == BfdDiagnostic.NEIGHBOR_SIGNALED_SESSION_DOWN) {
                            isSignalled = true;
                        } else {
                            down.add(adjacent);
                        }
                    },
                    nowNanos);
            this.busyLookNanos = nowNanos + FIRST_LOOK_NANOS;
            this.dueNanos = nowNanos;
            this.nextNanos = nowNanos;
        }

        long dueNanos() {
            return dueNanos;
        }

        void attend(long nowNanos) {
            A adjacency = adjacent.adjacency();
            if (!links.isUp(adjacency)) {
                nextNanos = nowNanos + SESSION_POLL_NANOS;
                return;
            }
            long heardNanos = links.heardNanos(adjacency);
            session.heard(heardNanos);
            session.sent(links.sentNanos(adjacency));
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
                if (session.state() == BfdState.UP) {
                    session.poll();
                    silence.onQuestion(nowNanos);
                }
                session.setBusy(adjacent.neighbour().isBusy(nowNanos), nowNanos);
            }
            if (session.advance(nowNanos)) {
                session.write(scratch, nowNanos);
                links.send(adjacency, Memory.bytes(scratch, BfdPacket.LENGTH));
            }
            nextNanos = Deadlines.earlier(busyLookNanos, session.nextDeadline(), nowNanos);
            nextNanos = Deadlines.earlier(nextNanos, look, nowNanos);
            nextNanos = Deadlines.earlier(nextNanos, believe(nowNanos), nowNanos);
        }

        /** @return when it is to be looked at again for this */
        private long believe(long nowNanos) {
            if (isSignalled) {
                isSignalled = false;
                believedNanos = nowNanos + BELIEF_NANOS + 2 * silence.roundTripNanos();
            }
            if (session.state() == BfdState.UP) {
                believedNanos = Deadlines.NEVER;
            } else if (believedNanos != Deadlines.NEVER && nowNanos - believedNanos >= 0) {
                believedNanos = Deadlines.NEVER;
                down.add(adjacent);
            }
            return believedNanos;
        }
    }
}
