package skyawg.datapath.forward;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives things back (keys, sockets) once no packet thread can be using them any more. They must have been unlinked from
 * every shared table before; a thread that has begun a new cycle since, or sleeps, has let go of them. Belongs to the
 * conductor.
 */
final class Reclaimer {
    /** What to release, and where each loop was when it was retired. */
    private static final class Retired {
        private final Runnable release;
        private final long[] marks;

        Retired(Runnable release, long[] marks) {
            this.release = release;
            this.marks = marks;
        }
    }

    private final List<PacketLoop> loops = new ArrayList<>();
    private final ArrayDeque<Retired> retired = new ArrayDeque<>();

    /** Must be called before the loop's thread starts. */
    void watch(PacketLoop loop) {
        loops.add(loop);
    }

    void retire(Runnable release) {
        long[] marks = new long[loops.size()];
        for (int i = 0; i < marks.length; i++) {
            marks[i] = loops.get(i).mark();
        }
        retired.addLast(new Retired(release, marks));
    }

    /** Releases what can be; returns true when something must wait longer. */
    boolean reclaim() {
        while (!retired.isEmpty()) {
            long[] marks = retired.getFirst().marks;
            for (int i = 0; i < marks.length; i++) {
                if (!loops.get(i).hasPassed(marks[i])) {
                    return true;
                }
            }
            retired.removeFirst().release.run();
        }
        return false;
    }
}
