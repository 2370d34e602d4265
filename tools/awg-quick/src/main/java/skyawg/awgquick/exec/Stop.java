package skyawg.awgquick.exec;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets SIGINT, SIGTERM and SIGHUP end a verb between two steps.
 *
 * <p>The JVM answers these signals by running its shutdown hooks and then ends with 128 plus the signal's number. Our
 * hook ends what the main thread is waiting for (the running command gets a SIGTERM, a look-up of names an interrupt),
 * the main thread's next {@link #check} throws, its way out undoes what was done, and only then does the JVM end.
 */
public final class Stop {
    /** Time for the main thread to undo its work; a command that ignores SIGTERM is killed after half of it. */
    private static final long GRACE_SECONDS = 20;

    /** The status of a verb that a signal ended: the JVM itself sets the process's. */
    public static final int STOPPED = -1;

    private final CountDownLatch finished = new CountDownLatch(1);
    private final Object lock = new Object();
    private boolean requested;
    private boolean shielded;
    private @Nullable Process running;

    /** Installs the shutdown hook; the calling thread is the one that is stopped. */
    public static Stop onSignals() {
        Stop stop = new Stop();
        Thread main = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop.request(main), "stop"));
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
        // An interrupt that was meant for the steps before must not cut short a wait of the steps that undo.
        Thread.interrupted();
    }

    /** Nothing is left to do: a shutdown may go on at once. */
    public void finish() {
        finished.countDown();
    }

    /**
     * Waits for a command, which a signal ends early.
     *
     * @return its status
     */
    int await(Process process) throws FailureException {
        synchronized (lock) {
            running = process;
            if (requested && !shielded) {
                process.destroy();
            }
        }
        try {
            int status = process.waitFor();
            check();
            return status;
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw FailureException.passingOn(STOPPED);
        } finally {
            synchronized (lock) {
                running = null;
            }
        }
    }

    private void request(Thread main) {
        if (finished.getCount() == 0) {
            return;
        }
        synchronized (lock) {
            requested = true;
            if (running != null && !shielded) {
                running.destroy();
            } else if (!shielded) {
                main.interrupt();
            }
        }
        try {
            if (finished.await(GRACE_SECONDS / 2, TimeUnit.SECONDS)) {
                return;
            }
            synchronized (lock) {
                if (!shielded) {
                    main.interrupt();
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
