package skyawg.awgquick.exec;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets SIGINT, SIGTERM and SIGHUP end a verb between two steps.
 *
 * <p>The JVM answers these signals by running its shutdown hooks and then ends with 128 plus the signal's number. Our
 * hook ends what the main thread is waiting for (the running command gets a SIGTERM, a look-up of names is left alone),
 * the main thread's next {@link #check} throws, its way out undoes what was done, and only then does the JVM end. At
 * other times the main thread is not interrupted: that would close the record under its hands.
 */
public final class Stop {
    /** The status of a verb that a signal ended: the JVM itself sets the process's. */
    public static final int STOPPED = -1;

    /** Time for the main thread to undo its work; a command that ignores SIGTERM is killed after half of it. */
    private static final long GRACE_SECONDS = 20;

    private final CountDownLatch finished = new CountDownLatch(1);
    private final Object lock = new Object();
    private boolean requested;
    private boolean shielded;
    private @Nullable Process running;
    private @Nullable Thread waiting;

    /** Installs the shutdown hook. */
    public static Stop onSignals() {
        Stop stop = new Stop();
        Runtime.getRuntime().addShutdownHook(new Thread(stop::request, "stop"));
        return stop;
    }

    /**
     * Called before each step.
     *
     * @throws FailureException when a signal has come
     */
    public void check() throws FailureException {
        synchronized (lock) {
            if (requested && !shielded) {
                throw FailureException.passingOn(STOPPED);
            }
        }
    }

    /** From here on steps are not stopped any more: they undo. */
    public void shield() {
        synchronized (lock) {
            shielded = true;
        }
    }

    /** Nothing is left to do: a shutdown may go on at once. */
    public void finish() {
        finished.countDown();
    }

    /** Work that may wait long for something outside. */
    public interface Waiting {
        void run() throws FailureException;
    }

    /**
     * Does work that a signal may cut short. It is done on a thread of its own, which is left behind then: the system's
     * look-up of a name cannot be interrupted.
     *
     * @throws FailureException that of the work, or when a signal has come
     */
    public void interruptibly(Waiting work) throws FailureException {
        FutureTask<Boolean> task = new FutureTask<>(() -> {
            work.run();
            return true;
        });
        Thread worker = new Thread(task, "waiting");
        worker.setDaemon(true);
        worker.start();
        synchronized (lock) {
            check();
            waiting = Thread.currentThread();
        }
        try {
            task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof FailureException failure) {
                throw failure;
            }
            throw new IllegalStateException("unexpected", e.getCause());
        } catch (InterruptedException e) {
            throw FailureException.passingOn(STOPPED);
        } finally {
            synchronized (lock) {
                waiting = null;
                // One that came too late must not close a file under our hands.
                Thread.interrupted();
            }
        }
        check();
    }

    /** A command has been started, which a signal is to end; {@link #await} must follow. */
    void watch(Process process) {
        synchronized (lock) {
            running = process;
            if (requested && !shielded) {
                process.destroy();
            }
        }
    }

    /**
     * Waits for the command that is watched.
     *
     * @return its status
     * @throws FailureException when a signal has come
     */
    int await(Process process) throws FailureException {
        try {
            while (true) {
                try {
                    int status = process.waitFor();
                    check();
                    return status;
                } catch (InterruptedException e) {
                    // Nobody interrupts this thread here; the command's end is what counts.
                }
            }
        } finally {
            synchronized (lock) {
                running = null;
            }
        }
    }

    private void request() {
        if (finished.getCount() == 0) {
            return;
        }
        synchronized (lock) {
            requested = true;
            if (shielded) {
                // Undoing: it goes on to its end.
            } else if (running != null) {
                running.destroy();
            } else if (waiting != null) {
                waiting.interrupt();
            }
        }
        try {
            if (finished.await(GRACE_SECONDS / 2, TimeUnit.SECONDS)) {
                return;
            }
            synchronized (lock) {
                if (running != null) {
                    running.destroyForcibly();
                }
            }
            if (!finished.await(GRACE_SECONDS / 2, TimeUnit.SECONDS)) {
                System.err.println("awg-quick: stopped before all was undone: run awg-quick down");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
