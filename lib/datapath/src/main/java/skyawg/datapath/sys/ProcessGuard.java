package skyawg.datapath.sys;

import skyawg.protocol.crypto.KeyVault;

/**
 * Keeps the process's memory from leaving it: no core dump, no reading by other processes of the user, no swap for
 * keys.
 */
public final class ProcessGuard {
    private static final int PR_SET_DUMPABLE = 4;

    private ProcessGuard() {}

    /** Once, at start. A refusal (no CAP_IPC_LOCK, a small RLIMIT_MEMLOCK) leaves things as they are. */
    public static void engage() {
        LibC.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
        KeyVault.watchChunks(LibC::mlock);
    }
}
