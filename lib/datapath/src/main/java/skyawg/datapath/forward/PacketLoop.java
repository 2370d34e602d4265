package skyawg.datapath.forward;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import skyawg.datapath.sys.BootClock;
import skyawg.datapath.sys.LibC;
import skyawg.datapath.sys.PollFd;
import skyawg.datapath.sys.ThreadSchedule;
import skyawg.datapath.sys.WakeUp;
import skyawg.protocol.wire.Memory;

/**
 * A packet thread: waits until a descriptor of its workers is ready or somebody calls {@link #wake}, then lets each
 * worker do its work. Workers come and go while it runs.
 */
final class PacketLoop implements Runnable, AutoCloseable {
    /** Of all workers together, and the loop's own. */
    private static final int MAX_DESCRIPTORS = 32;

    private static final System.Logger LOG = System.getLogger(PacketLoop.class.getName());
    private static final long REPORT_NANOS = 10_000_000_000L;
    private static final long CYCLE_PAUSE_NANOS = 50_000L;

    private static final long NANOS_PER_MILLI = 1_000_000L;
    private static final int LONGEST_SLEEP_MILLIS = 60_000;

    private static final Worker[] NONE = new Worker[0];

    private final BootClock clock;
    private final Arena arena = Arena.ofShared();
    private final WakeUp wakeUp;
    private final long pollFds;
    private final Thread thread;
    private final ThreadSchedule schedule;
    private final Precedence precedence;
    private final BarrenCycles barren = new BarrenCycles();
    private final boolean wantsPrecedence;

    /** Replaced whole; an array, since a list would make an iterator every cycle. */
    private volatile Worker[] workers = NONE;

    private volatile boolean running = true;
    /** While true the thread holds nothing that it read from shared tables. */
    private volatile boolean parked;

    private long faults;
    private long reportedNanos;

    /** Cycles begun; only the thread itself writes. */
    private volatile long cycles;

    /** @param name of the thread */
    PacketLoop(String name, BootClock clock, boolean wantsPrecedence) throws IOException {
        this.clock = clock;
        this.wakeUp = new WakeUp(arena);
        this.pollFds = Memory.allocate(arena, (long) MAX_DESCRIPTORS * PollFd.SIZE);
        this.wantsPrecedence = wantsPrecedence;
        this.schedule = new ThreadSchedule(arena);
        this.precedence = new Precedence(Runtime.getRuntime().availableProcessors());
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this);
    }

    /** Lets the thread run these workers as well, in this order; the first call starts it. Any thread. */
    synchronized void attach(List<Worker> newcomers) {
        List<Worker> all = new ArrayList<>(List.of(workers));
        all.addAll(newcomers);
        int descriptors = 1;
        for (Worker worker : all) {
            descriptors += worker.descriptors();
        }
        if (descriptors > MAX_DESCRIPTORS) {
            throw new IllegalStateException("a packet thread watches at most " + MAX_DESCRIPTORS + " descriptors");
        }
        workers = all.toArray(NONE);
        if (thread.getState() == Thread.State.NEW) {
            thread.start();
        } else {
            wake();
        }
    }

    /** Returns when the thread has let go of these workers and of what they watch. Any thread but its own. */
    synchronized void detach(List<Worker> leavers) {
        List<Worker> all = new ArrayList<>(List.of(workers));
        all.removeAll(leavers);
        workers = all.toArray(NONE);
        if (thread.getState() != Thread.State.NEW) {
            awaitNewCycle();
        }
    }

    /**
     * Waits until the thread has left the poll that it may be in now. The kernel keeps a closed socket, and its port,
     * while a poll that began before still watches it.
     */
    void awaitNewCycle() {
        long mark = cycles;
        wake();
        while (cycles == mark && thread.isAlive()) {
            LockSupport.parkNanos(this, CYCLE_PAUSE_NANOS);
        }
    }

    /** Ends the thread's sleep, so that its workers look at their commands. Any thread. */
    void wake() {
        wakeUp.signal();
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the very workers, not equal ones
    public void run() {
        PollFd.set(pollFds, wakeUp.fd(), PollFd.POLLIN);
        boolean mayGoFirst = wantsPrecedence && goFirst();
        long cycle = 0;
        while (running) {
            parked = true;
            Worker[] present = workers;
            int count = watch(present);
            int ready = LibC.poll(pollFds, count, timeoutMillis(present));
            parked = false;
            // Drained first: who sees the new count and then wakes us must not have that wake-up taken away.
            if (PollFd.returned(pollFds) != 0) {
                wakeUp.drain();
                ready--;
            }
            cycles = ++cycle;
            long now = clock.nowNanos();
            if (mayGoFirst && precedence.isWindowOver(now)) {
                reviewPrecedence(now);
            }
            if (present == workers) { // else somebody has left meanwhile
                int done = work(present, now);
                if (barren.needsRest(ready > 0, done)) {
                    LockSupport.parkNanos(this, BarrenCycles.REST_NANOS);
                }
            }
        }
    }

    /** Returns how many descriptors there are. */
    private int watch(Worker[] present) {
        int count = 1;
        for (Worker worker : present) {
            worker.watch(pollFds + (long) count * PollFd.SIZE);
            count += worker.descriptors();
        }
        return count;
    }

    /** How long the poll may take, rounded up; -1 for as long as it likes. */
    private int timeoutMillis(Worker[] present) {
        long wake = Worker.NEVER;
        for (Worker worker : present) {
            wake = Math.min(wake, worker.wakeNanos());
        }
        if (wake == Worker.NEVER) {
            return -1;
        }
        long millis = Math.ceilDiv(wake - clock.nowNanos(), NANOS_PER_MILLI);
        return Math.clamp(millis, 0, LONGEST_SLEEP_MILLIS);
    }

    /** Returns how much of use was done. */
    private int work(Worker[] present, long now) {
        long at = pollFds + PollFd.SIZE;
        int done = 0;
        for (Worker worker : present) {
            done += work(worker, at, now);
            at += (long) worker.descriptors() * PollFd.SIZE;
        }
        return done;
    }

    /** One worker's fault is not the others': it is logged, and the worker goes on with what comes next. */
    private int work(Worker worker, long pollFds, long now) {
        try {
            return worker.doWork(pollFds, now);
        } catch (RuntimeException e) {
            faults++;
            if (faults == 1 || now - reportedNanos >= REPORT_NANOS) {
                reportedNanos = now;
                LOG.log(System.Logger.Level.ERROR, "a fault of ours, number " + faults + " on this thread", e);
            }
            LockSupport.parkNanos(CYCLE_PAUSE_NANOS);
            return 0;
        }
    }

    /** Returns false where the system doesn't permit it: then the thread stays an ordinary one. */
    private boolean goFirst() {
        precedence.begin(clock.nowNanos(), schedule.ownNanos(), schedule.processNanos());
        return schedule.putFirst();
    }

    private void reviewPrecedence(long now) {
        if (precedence.changesAfter(now, schedule.ownNanos(), schedule.processNanos())) {
            if (precedence.isFirst()) {
                schedule.putFirst();
            } else {
                schedule.makeOrdinary();
            }
        }
    }

    /** A mark for {@link #hasPassed}. */
    long mark() {
        return cycles;
    }

    /** True when the thread can't hold anything that was unlinked before {@code mark} was taken. */
    boolean hasPassed(long mark) {
        return parked || cycles != mark || !thread.isAlive();
    }

    /** Stops the thread and waits for its end. */
    @Override
    public void close() {
        running = false;
        wake();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        wakeUp.close();
        arena.close();
    }
}
