package skyawg.datapath.forward;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import skyawg.datapath.sys.BootClock;

/**
 * Which packet threads run which interfaces. On few cores all interfaces share a thread: a packet that goes from one to
 * another is then not handed over, and nobody waits for a core. On many each interface has one thread for either
 * direction. Any thread may call.
 */
public final class PacketLoops {
    /** Interfaces on one thread: each adds to what every poll has to look at. */
    private static final int MOST_ON_ONE_THREAD = 8;

    private final int threadsEach;
    private final boolean goFirst;
    private final BootClock clock = new BootClock();
    private final List<Shared> shared = new ArrayList<>();

    /** A thread of several interfaces. */
    private static final class Shared {
        private final PacketLoop loop;
        private int users;

        Shared(PacketLoop loop) {
            this.loop = loop;
        }
    }

    private PacketLoops(int threadsEach, boolean goFirst) {
        this.threadsEach = threadsEach;
        this.goFirst = goFirst;
    }

    /**
     * One thread for all.
     *
     * @param goFirst let packet threads go before ordinary ones, where permitted and as {@link Precedence} rules
     */
    public static PacketLoops together(boolean goFirst) {
        return new PacketLoops(1, goFirst);
    }

    /** Two threads for each interface: one for each direction. */
    public static PacketLoops apart(boolean goFirst) {
        return new PacketLoops(2, goFirst);
    }

    /** The clock of all that runs on these threads. */
    BootClock clock() {
        return clock;
    }

    /**
     * Threads for an interface, the sending one first; nothing runs on them before {@link #attach}.
     *
     * @param mustBeOne its workers call one another
     */
    synchronized List<PacketLoop> take(String interfaceName, boolean mustBeOne) throws IOException {
        if (threadsEach > 1 && !mustBeOne) {
            return List.of(
                    new PacketLoop(interfaceName + " send", clock, goFirst),
                    new PacketLoop(interfaceName + " receive", clock, goFirst));
        }
        for (Shared candidate : shared) {
            if (candidate.users < MOST_ON_ONE_THREAD) {
                candidate.users++;
                return List.of(candidate.loop);
            }
        }
        Shared fresh = new Shared(new PacketLoop("packets " + shared.size(), clock, goFirst));
        fresh.users = 1;
        shared.add(fresh);
        return List.of(fresh.loop);
    }

    /** Starts an interface's workers on its threads. */
    static void attach(List<PacketLoop> loops, Worker receiver, Worker sender) {
        if (loops.size() == 1) {
            loops.getFirst().attach(List.of(receiver, sender));
        } else {
            loops.getFirst().attach(List.of(sender));
            loops.getLast().attach(List.of(receiver));
        }
    }

    /** Ends them; a thread that nobody uses ends too. */
    synchronized void release(List<PacketLoop> loops, Worker receiver, Worker sender) {
        for (PacketLoop loop : loops) {
            loop.detach(List.of(receiver, sender));
            if (isLeftByAll(loop)) {
                loop.close();
            }
        }
    }

    /** Counts one user less. */
    @SuppressWarnings("ReferenceEquality") // a loop is one object
    private boolean isLeftByAll(PacketLoop loop) {
        for (Shared candidate : shared) {
            if (candidate.loop == loop) {
                candidate.users--;
                if (candidate.users > 0) {
                    return false;
                }
                shared.remove(candidate);
                return true;
            }
        }
        return true;
    }
}
