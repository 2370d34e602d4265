package skyawg.datapath.forward;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.List;
import skyawg.datapath.sys.BootClock;
import skyawg.datapath.sys.LibC;
import skyawg.datapath.sys.PollFd;
import skyawg.datapath.sys.ThreadSchedule;
import skyawg.datapath.sys.WakeUp;
import skyawg.protocol.wire.Memory;

/**
 * A packet thread: waits until a descriptor of its workers is ready or somebody calls {@link #wake}, then lets each
 * worker do its work.
 */
final class PacketLoop implements Runnable, AutoCloseable {
    private final BootClock clock;
    /** An array: a list would make an iterator every cycle. */
    private final Worker[] workers;

    private final Arena arena = Arena.ofShared();
    private final WakeUp wakeUp;
    private final long pollFds;
    private final int count;
    private final Thread thread;
    private final ThreadSchedule schedule;
    private final Precedence precedence;
    private final boolean wantsPrecedence;

    private volatile boolean running = true;
    /** While true the thread holds nothing that it read from shared tables. */
    private volatile boolean parked;

    /** Cycles begun; only the thread itself writes. */
    private volatile long cycles;

    PacketLoop(String interfaceName, BootClock clock, boolean wantsPrecedence, List<Worker> workers)
            throws IOException {
        this.clock = clock;
        this.workers = workers.toArray(new Worker[0]);
        this.wakeUp = new WakeUp(arena);
        int descriptors = 1;
        StringBuilder name = new StringBuilder(interfaceName);
        for (Worker worker : workers) {
            descriptors += worker.descriptors();
            name.append(' ').append(worker.roleName());
        }
        this.count = descriptors;
        this.pollFds = Memory.allocate(arena, (long) descriptors * PollFd.SIZE);
        this.wantsPrecedence = wantsPrecedence;
        this.schedule = new ThreadSchedule(arena);
        this.precedence = new Precedence(Runtime.getRuntime().availableProcessors());
        this.thread = Thread.ofPlatform().name(name.toString()).daemon().unstarted(this);
    }

    void start() {
        thread.start();
    }

    /** Ends the thread's sleep, so that its workers look at their commands. Any thread. */
    void wake() {
        wakeUp.signal();
    }

    @Override
    public void run() {
        PollFd.set(pollFds, wakeUp.fd(), PollFd.POLLIN);
        boolean mayGoFirst = wantsPrecedence && goFirst();
        long cycle = 0;
        while (running) {
            parked = true;
            long at = pollFds + PollFd.SIZE;
            for (Worker worker : workers) {
                worker.watch(at);
                at += (long) worker.descriptors() * PollFd.SIZE;
            }
            LibC.poll(pollFds, count, -1);
            parked = false;
            cycles = ++cycle;
            if (PollFd.returned(pollFds) != 0) {
                wakeUp.drain();
            }
            long now = clock.nowNanos();
            if (mayGoFirst && precedence.isWindowOver(now)) {
                reviewPrecedence(now);
            }
            at = pollFds + PollFd.SIZE;
            for (Worker worker : workers) {
                worker.doWork(at, now);
                at += (long) worker.descriptors() * PollFd.SIZE;
            }
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

    /** True when the thread has left the poll that it may have been in when {@code mark} was taken. */
    boolean hasBegunCycleSince(long mark) {
        return cycles != mark || !thread.isAlive();
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
