package skyawg.mesh.tunnel;

import java.util.List;
import org.jspecify.annotations.Nullable;
import skyawg.mesh.lsp.Deadlines;
import skyawg.mesh.path.Path;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.liveness.EndToEndPulse;
import skyawg.protocol.mpls.Lsp;
import skyawg.protocol.onion.LspCiphers;
import skyawg.protocol.setup.ReplyRecord;

/** One path of a tunnel, as its ingress knows it. */
final class TunnelPath<A> {
    /** What a path's probe may take, in which it is repeated twice. */
    static final long PROBE_NANOS = 2_000_000_000L;

    private static final long PROBE_SPACING_NANOS = 600_000_000L;

    /** Three intervals at their longest: each is a quarter more at most. */
    private static final long QUARTERS_OF_SILENCE = 15;

    private static final long LEAST_SILENCE_NANOS = 3_000_000_000L;

    private final Path path;
    private final int lspNumber;
    private final long token;
    private @Nullable Lsp<A, LspCiphers> lsp;
    private List<ReplyRecord> replies = List.of();
    private long establishedNanos;
    private long probedNanos;
    private long heardNanos;
    private @Nullable EndToEndPulse pulse;
    private boolean isUp;

    /** @param token of its probe, random */
    TunnelPath(Path path, int lspNumber, long token) {
        this.path = path;
        this.lspNumber = lspNumber;
        this.token = token;
    }

    Path path() {
        return path;
    }

    int lspNumber() {
        return lspNumber;
    }

    long token() {
        return token;
    }

    /** Null until every hop has agreed. */
    @Nullable
    Lsp<A, LspCiphers> lsp() {
        return lsp;
    }

    List<ReplyRecord> replies() {
        return replies;
    }

    void establish(Lsp<A, LspCiphers> established, List<ReplyRecord> said, Entropy entropy, long nowNanos) {
        pulse = new EndToEndPulse(entropy, nowNanos);
        heardNanos = nowNanos;
        lsp = established;
        replies = said;
        establishedNanos = nowNanos;
        probedNanos = nowNanos - PROBE_SPACING_NANOS;
    }

    /** Payload came back through it. */
    void markUp() {
        isUp = true;
    }

    boolean isUp() {
        return isUp;
    }

    long roundTripNanos(long nowNanos) {
        return nowNanos - probedNanos;
    }

    /** @return true when a probe is to be sent now */
    boolean probe(long nowNanos) {
        if (lsp == null || isUp || nowNanos - probedNanos < PROBE_SPACING_NANOS) {
            return false;
        }
        probedNanos = nowNanos;
        return true;
    }

    /** Every hop agreed, and nothing came back in time. */
    boolean isSilent(long nowNanos) {
        return lsp != null && !isUp && nowNanos - establishedNanos >= PROBE_NANOS;
    }

    /** A packet came through it. */
    void heard(long nowNanos) {
        heardNanos = nowNanos;
    }

    /**
     * It was up, and nothing came for so long that the other end's packets must be getting lost.
     *
     * @param userDataNanos when the tunnel last carried user data
     */
    boolean isLost(long userDataNanos, long nowNanos) {
        return isUp && nowNanos - heardNanos >= longestSilence(userDataNanos, nowNanos);
    }

    private static long longestSilence(long userDataNanos, long nowNanos) {
        long intervals = EndToEndPulse.interval(userDataNanos, nowNanos) / 4 * QUARTERS_OF_SILENCE;
        return Math.max(intervals, LEAST_SILENCE_NANOS);
    }

    /** @return true when an empty packet is to be sent now, so that the other end hears something */
    boolean pulse(long userDataNanos, long nowNanos) {
        EndToEndPulse present = pulse;
        if (present == null || nowNanos - present.nextDeadline(userDataNanos, nowNanos) < 0) {
            return false;
        }
        present.onSent(nowNanos);
        return true;
    }

    /** When one of the above next says something else; far away while there is nothing to say. */
    long nextDeadline(long userDataNanos, long nowNanos) {
        EndToEndPulse present = pulse;
        if (lsp == null || present == null) {
            return Deadlines.NEVER;
        }
        long pulseNext = present.nextDeadline(userDataNanos, nowNanos);
        if (isUp) {
            long lostNext = heardNanos + longestSilence(userDataNanos, nowNanos);
            return pulseNext - lostNext < 0 ? pulseNext : lostNext;
        }
        long probeNext = probedNanos + PROBE_SPACING_NANOS;
        long end = establishedNanos + PROBE_NANOS;
        long next = probeNext - end < 0 ? probeNext : end;
        return next - pulseNext < 0 ? next : pulseNext;
    }
}
