package skyawg.protocol.multipath;

/**
 * One path for an inner flow, so that nothing of it is ever reordered. The path with the highest number drawn from flow
 * and LSP together wins (rendezvous hashing): when one goes, only its flows move.
 */
public final class FlowScheduler implements Scheduler {
    private static final long MULTIPLIER = 0x9e37_79b9_7f4a_7c15L;

    @Override
    public int choose(SendPaths paths, int bodyLength, int flowHash, long nowNanos) {
        int best = -1;
        long highest = 0;
        for (int rest = paths.candidates(); rest != 0; rest &= rest - 1) {
            int slot = Integer.numberOfTrailingZeros(rest);
            long number = draw(flowHash, paths.path(slot).lspNumber());
            if (best < 0 || Long.compareUnsigned(number, highest) > 0) {
                best = slot;
                highest = number;
            }
        }
        return best < 0 ? SendPaths.NONE : 1 << best;
    }

    @Override
    public boolean readsFlowHash() {
        return true;
    }

    private static long draw(int flowHash, int lspNumber) {
        long mixed = ((long) flowHash << 16 | lspNumber) * MULTIPLIER;
        mixed = (mixed ^ (mixed >>> 32)) * MULTIPLIER;
        return mixed ^ (mixed >>> 29);
    }
}
