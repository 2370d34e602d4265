package skyawg.protocol.liveness;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import skyawg.protocol.crypto.OffHeap;
import skyawg.protocol.crypto.SeededEntropy;

/**
 * Two BFD sessions with a link between them that loses, delays and reorders, on a clock that jumps from event to event.
 */
final class BfdLink implements AutoCloseable {
    static final long MILLI = 1_000_000L;

    /** One end: its session, what it saw and what it sent. */
    static final class End implements BfdListener {
        final List<String> changes = new ArrayList<>();
        /** When BFD packets were sent. */
        final List<Long> sent = new ArrayList<>();

        private final String name;
        private final BfdLink link;
        BfdSession session;
        long lastDown = Long.MIN_VALUE;

        private End(String name, BfdLink link) {
            this.name = name;
            this.link = link;
            this.session = new BfdSession(link.random, this, link.now);
        }

        void restart() {
            session = new BfdSession(link.random, this, link.now);
        }

        @Override
        public void stateChanged(BfdState from, BfdState to, BfdDiagnostic diagnostic) {
            changes.add(from + "->" + to + " " + diagnostic);
            if (to == BfdState.DOWN) {
                lastDown = link.now;
            }
        }

        @Override
        public String toString() {
            return name + " " + session.state();
        }
    }

    /** A packet on its way, in memory of its own. */
    private record Flight(long arrival, End to, long packet) {}

    final End a;
    final End b;
    long now = 1_000_000 * MILLI;

    /** Of a thousand packets, how many are lost. */
    int lossPerMille;

    long minDelay = MILLI;
    long maxDelay = MILLI;
    boolean isCutToA;
    boolean isCutToB;

    private final SeededEntropy random;
    private final OffHeap memory = new OffHeap();
    private final long packet = memory.allocate(BfdPacket.LENGTH);
    private final PriorityQueue<Flight> flights = new PriorityQueue<>(Comparator.comparingLong(Flight::arrival));

    BfdLink(long seed) {
        random = new SeededEntropy(seed);
        a = new End("a", this);
        b = new End("b", this);
    }

    /** Runs for so long. */
    void run(long nanos) {
        long end = now + nanos;
        while (now < end) {
            turn(a, b);
            turn(b, a);
            long next = Math.min(end, Math.min(soon(a), soon(b)));
            if (!flights.isEmpty()) {
                next = Math.min(next, flights.peek().arrival);
            }
            now = Math.max(next, now);
            while (!flights.isEmpty() && flights.peek().arrival <= now) {
                Flight flight = flights.remove();
                flight.to.session.receive(flight.packet, BfdPacket.LENGTH, now);
            }
        }
    }

    /** Data of the same end: something else went, and was heard unless it was lost. */
    void data(End from) {
        from.session.sent(now);
        boolean isCut = from == a ? isCutToB : isCutToA;
        if (!isCut) {
            other(from).session.heard(now);
        }
    }

    private End other(End end) {
        return end == a ? b : a;
    }

    /** At least a microsecond on, so that a run ends. */
    private long soon(End end) {
        long deadline = end.session.nextDeadline();
        return deadline == BfdSession.NEVER ? deadline : Math.max(deadline, now + 1000);
    }

    private void turn(End from, End to) {
        if (!from.session.advance(now)) {
            return;
        }
        from.session.write(packet, now);
        from.session.sent(now);
        from.sent.add(now);
        boolean isCut = to == a ? isCutToA : isCutToB;
        if (!isCut && random.uniform(0, 999) >= lossPerMille) {
            long arrival = now + random.uniform(minDelay, maxDelay);
            long copy = memory.put(OffHeap.get(packet, BfdPacket.LENGTH));
            flights.add(new Flight(arrival, to, copy));
        }
    }

    @Override
    public void close() {
        memory.close();
    }
}
