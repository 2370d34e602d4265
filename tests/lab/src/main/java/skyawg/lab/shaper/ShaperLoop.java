package skyawg.lab.shaper;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import skyawg.datapath.sys.LibC;
import skyawg.datapath.sys.PollFd;
import skyawg.datapath.sys.ThreadSchedule;
import skyawg.datapath.sys.Timespec;
import skyawg.datapath.sys.WakeUp;
import skyawg.protocol.wire.Memory;

/**
 * The one thread that carries the frames of all links: reads what arrived, sends what is due, sleeps until either.
 * Under load it sleeps for {@value #REST_NANOS} ns between two cycles, so that a cycle finds more than one frame: what
 * a frame costs falls, and it is late by as much at most. Others have things done on this thread by {@link #ask}.
 */
final class ShaperLoop implements Runnable {
    static final int MOST_WAYS = 256;

    private static final long REST_NANOS = 200_000;
    private static final long LONGEST_SLEEP_NANOS = 1_000_000_000;
    private static final int PR_SET_TIMERSLACK = 29;
    private static final int PRIORITY = 2;
    private static final int NOBODY = -1;

    private final Queue<FutureTask<?>> questions = new ConcurrentLinkedQueue<>();
    private final WakeUp wakeUp = new WakeUp(Arena.global());
    private final long timespec = Memory.allocate(Arena.global(), Timespec.SIZE);
    /** One for each way, and behind them the one that others wake this thread by. */
    private final long pollEntries = Memory.allocate(Arena.global(), (MOST_WAYS + 1L) * PollFd.SIZE);

    private Way[] ways = {};

    ShaperLoop() throws IOException {}

    /**
     * Has the loop carry these ways and no others. Any thread; when it returns, the others are not touched any more.
     */
    void carry(Way... all) {
        if (all.length > MOST_WAYS) {
            throw new IllegalArgumentException("more than " + MOST_WAYS / 2 + " links");
        }
        ask(() -> {
            ways = all;
            preparePoll();
        });
    }

    /** Runs something on the loop's thread, between two cycles, and waits for its end. Any other thread. */
    void ask(Runnable question) {
        FutureTask<?> task = new FutureTask<>(question, null);
        questions.add(task);
        wakeUp.signal();
        try {
            task.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs for ever. */
    @Override
    public void run() {
        // A wire does not wait for its turn on a core, not even for the packet threads of a daemon, which have priority
        // 1.
        // Where this is not permitted, "latest_us" shows what it costs.
        new ThreadSchedule(Arena.global()).putFirst(PRIORITY);
        // Timers of an ordinary thread are up to 50 us late otherwise, so that the kernel can join them.
        LibC.prctl(PR_SET_TIMERSLACK, 1, 0, 0, 0);
        preparePoll();
        long nextDue = FrameRing.NEVER;
        while (true) {
            boolean isAnythingReadable = poll(nextDue);
            long now = System.nanoTime();
            if (isAnythingReadable) {
                take(now);
            }
            nextDue = deliver(now);
            rest(now + REST_NANOS);
        }
    }

    private void preparePoll() {
        for (int i = 0; i < ways.length; i++) {
            PollFd.set(entry(i), ways[i].fd(), PollFd.POLLIN);
        }
        PollFd.set(entry(ways.length), wakeUp.fd(), PollFd.POLLIN);
    }

    private long entry(int index) {
        return pollEntries + (long) index * PollFd.SIZE;
    }

    private boolean poll(long dueNanos) {
        long untilDue = dueNanos == FrameRing.NEVER ? LONGEST_SLEEP_NANOS : dueNanos - System.nanoTime();
        Timespec.set(timespec, Math.clamp(untilDue, 0, LONGEST_SLEEP_NANOS));
        return LibC.ppoll(pollEntries, ways.length + 1L, timespec, 0) > 0;
    }

    private void take(long now) {
        for (int i = 0; i < ways.length; i++) {
            if (PollFd.returned(entry(i)) != 0 && !ways[i].take(now)) {
                PollFd.set(entry(i), NOBODY, 0);
            }
        }
        if (PollFd.returned(entry(ways.length)) != 0) {
            wakeUp.drain();
            answer();
        }
    }

    private void answer() {
        FutureTask<?> task = questions.poll();
        while (task != null) {
            task.run();
            task = questions.poll();
        }
    }

    /** @return when the next frame is due */
    private long deliver(long now) {
        long nextDue = FrameRing.NEVER;
        for (Way way : ways) {
            nextDue = Math.min(nextDue, way.deliver(now));
        }
        return nextDue;
    }

    private void rest(long untilNanos) {
        long nanos = untilNanos - System.nanoTime();
        if (nanos > 0) {
            Timespec.set(timespec, nanos);
            LibC.ppoll(0, 0, timespec, 0);
        }
    }
}
