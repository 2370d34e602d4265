package skyawg.mesh.lsp;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.mpls.LinkTestMessage;
import skyawg.protocol.mpls.PathMtuProbe;
import skyawg.protocol.wire.Memory;

/**
 * Whether links carry packets of full size (mesh specification §2). A link is tested by each end that a path uses it
 * at, as soon as there is a session: a path need not wait for it, and ends if the test fails.
 */
final class LinkTests<A> {
    /** How often a test that waits for a session looks whether there is one. */
    private static final long SESSION_POLL_NANOS = 20_000_000L;

    private final Links<A> links;
    private final Entropy entropy;
    private final SignalCounters counters;
    private final Arena arena = Arena.ofAuto();
    private final long scratch = Memory.allocate(arena, LinkTestMessage.LENGTH);
    private final Set<Adjacent<A>> waiting = new LinkedHashSet<>();
    private final Set<Adjacent<A>> running = new LinkedHashSet<>();

    LinkTests(Links<A> links, Entropy entropy, SignalCounters counters) {
        this.links = links;
        this.entropy = entropy;
        this.counters = counters;
    }

    /** A path is about to use the link: it is tested unless it was. */
    void want(Adjacent<A> adjacent, long nowNanos) {
        if (adjacent.probe().state() == PathMtuProbe.State.UNTESTED) {
            waiting.add(adjacent);
            beginWhereUp(nowNanos);
        }
    }

    /** The peer has moved: what was found out is worth nothing. */
    void restart(Adjacent<A> adjacent, long nowNanos) {
        if (adjacent.isInUse() || adjacent.probe().state() != PathMtuProbe.State.UNTESTED) {
            begin(adjacent, nowNanos);
        }
    }

    void forget(Adjacent<A> adjacent) {
        waiting.remove(adjacent);
        running.remove(adjacent);
    }

    void onMessage(Adjacent<A> from, long message, int length, long nowNanos) {
        if (LinkTestMessage.isAsk(message, length)) {
            if (from.linkTestAnswers().take(nowNanos)) {
                LinkTestMessage.writeAnswer(scratch, LinkTestMessage.token(message));
                send(from);
            } else {
                counters.count(SignalDrop.LINK_TEST);
            }
        } else if (!LinkTestMessage.isAnswer(message, length)) {
            counters.count(SignalDrop.MALFORMED);
        } else if (from.probe().onAnswer(LinkTestMessage.token(message))) {
            running.remove(from);
        } else {
            counters.count(SignalDrop.LINK_TEST);
        }
    }

    /** Does what is due. @return the links whose test has failed now */
    List<Adjacent<A>> advance(long nowNanos) {
        if (waiting.isEmpty() && running.isEmpty()) {
            return List.of();
        }
        beginWhereUp(nowNanos);
        List<Adjacent<A>> failed = new ArrayList<>();
        for (Iterator<Adjacent<A>> all = running.iterator(); all.hasNext(); ) {
            Adjacent<A> adjacent = all.next();
            PathMtuProbe probe = adjacent.probe();
            PathMtuProbe.State before = probe.state();
            if (probe.advance(nowNanos)) {
                LinkTestMessage.writeAsk(scratch, probe.token());
                send(adjacent);
            }
            if (probe.state() == PathMtuProbe.State.FAILED && before == PathMtuProbe.State.ASKING) {
                failed.add(adjacent);
            } else if (probe.state() == PathMtuProbe.State.UNTESTED) {
                all.remove();
            }
        }
        return failed;
    }

    long nextDeadline(long nowNanos) {
        long next = waiting.isEmpty() ? PathMtuProbe.NEVER : nowNanos + SESSION_POLL_NANOS;
        if (running.isEmpty()) {
            return next;
        }
        for (Adjacent<A> adjacent : running) {
            next = Deadlines.earlier(next, adjacent.probe().nextDeadline(), nowNanos);
        }
        return next;
    }

    private void beginWhereUp(long nowNanos) {
        for (Iterator<Adjacent<A>> all = waiting.iterator(); all.hasNext(); ) {
            Adjacent<A> adjacent = all.next();
            if (links.isUp(adjacent.adjacency())) {
                all.remove();
                begin(adjacent, nowNanos);
            }
        }
    }

    private void begin(Adjacent<A> adjacent, long nowNanos) {
        adjacent.probe().begin(entropy.nextLong(), nowNanos);
        running.add(adjacent);
    }

    private void send(Adjacent<A> to) {
        links.send(to.adjacency(), Memory.bytes(scratch, LinkTestMessage.LENGTH));
    }
}
