package skyawg.mesh.tunnel;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.liveness.EndToEndPulse;
import skyawg.protocol.mpls.Lsp;
import skyawg.protocol.onion.Kind;
import skyawg.protocol.onion.LspCiphers;
import skyawg.protocol.tunnelkeys.EgressEpochs;
import skyawg.protocol.tunnelkeys.EpochKeys;
import skyawg.protocol.tunnelkeys.EpochWatcher;
import skyawg.protocol.tunnelkeys.KemVerdict;
import skyawg.protocol.tunnelkeys.TunnelId;

/** A tunnel at its egress. It begins with a grant, and has keys from its first path on. */
final class EgressTunnel<A> {
    private static final byte[] EMPTY = {};

    private final TunnelId id;
    private final Prefixes prefixes;
    private final Object creator;
    private final Entropy entropy;
    private final BitSet usedNumbers = new BitSet();
    private final Map<Lsp<A, LspCiphers>, EndToEndPulse> paths = new LinkedHashMap<>();

    private @Nullable TunnelPackets<A> packets;
    private @Nullable EgressEpochs epochs;
    private int sealingEpoch = -1;
    private long emptyNanos;
    private long userDataNanos;

    /** @param creator the neighbour whose share it counts towards */
    EgressTunnel(TunnelId id, Prefixes prefixes, A creator, Entropy entropy, long nowNanos) {
        this.id = id;
        this.prefixes = prefixes;
        this.creator = creator;
        this.entropy = entropy;
        this.emptyNanos = nowNanos;
        this.userDataNanos = nowNanos;
    }

    Prefixes prefixes() {
        return prefixes;
    }

    Object creator() {
        return creator;
    }

    /** @return false when the number was used before */
    boolean useNumber(int lspNumber) {
        if (usedNumbers.get(lspNumber)) {
            return false;
        }
        usedNumbers.set(lspNumber);
        return true;
    }

    boolean hasPath() {
        return !paths.isEmpty();
    }

    /** Since when it has no path. */
    long emptyNanos() {
        return emptyNanos;
    }

    /** The first path has come. */
    void begin(TunnelPackets<A> tunnelPackets, EpochKeys epoch0, long nowNanos) {
        packets = tunnelPackets;
        EpochWatcher watcher = new EpochWatcher() {
            @Override
            public void usable(EpochKeys keys) {
                tunnelPackets.usable(keys);
            }

            @Override
            public void erased(EpochKeys keys) {
                tunnelPackets.erased(keys.epoch());
            }
        };
        epochs = new EgressEpochs(id, epoch0, watcher, entropy, nowNanos);
        sealInNewest();
    }

    void add(Lsp<A, LspCiphers> lsp, long nowNanos) {
        paths.put(lsp, new EndToEndPulse(entropy, nowNanos));
        if (packets != null) {
            packets.attach(lsp);
            packets.carryOn(paths());
        }
    }

    void remove(Lsp<A, LspCiphers> lsp, long nowNanos) {
        if (paths.remove(lsp) != null && packets != null) {
            packets.detach(lsp);
            packets.carryOn(paths());
        }
        if (paths.isEmpty()) {
            emptyNanos = nowNanos;
        }
    }

    /** @return false when it was the last word: the tunnel is over */
    boolean onControl(Lsp<A, LspCiphers> lsp, int epoch, int kind, byte[] content, long nowNanos) {
        TunnelPackets<A> answers = packets;
        EgressEpochs agreed = epochs;
        if (answers == null || agreed == null) {
            return true;
        }
        agreed.onGoodPacket(epoch, nowNanos);
        sealInNewest();
        switch (kind) {
            case Kind.KEM_OFFER -> {
                KemVerdict verdict = agreed.onOffer(content, 0, content.length, nowNanos);
                byte[] answer = agreed.answer();
                if (answer != null && (verdict == KemVerdict.ACCEPTED || verdict == KemVerdict.REPEATED)) {
                    answers.send(lsp, Kind.KEM_ANSWER, answer);
                }
            }
            case Kind.ECHO_REQUEST -> answers.send(lsp, Kind.ECHO_ANSWER, content);
            case Kind.TUNNEL_CLOSE -> {
                return false;
            }
            default -> {
                // Nothing, or a kind of a later version: its epoch was noted.
            }
        }
        return true;
    }

    void onUserData(int epoch, long nowNanos) {
        userDataNanos = nowNanos;
        if (epochs != null) {
            epochs.onGoodPacket(epoch, nowNanos);
            sealInNewest();
        }
    }

    /** Erases what is over, and sends an empty packet on each path that needs one. */
    void advance(long nowNanos) {
        if (epochs != null) {
            epochs.expire(nowNanos);
        }
        TunnelPackets<A> sender = packets;
        if (sender == null) {
            return;
        }
        paths.forEach((lsp, pulse) -> {
            if (nowNanos - pulse.nextDeadline(userDataNanos, nowNanos) >= 0) {
                pulse.onSent(nowNanos);
                sender.send(lsp, Kind.NOTHING, EMPTY);
            }
        });
    }

    /** Nanoseconds until the next empty packet is due; a second when none is sooner. */
    long nanosToNextPulse(long nowNanos) {
        long least = EgressTunnels.CARE_NANOS;
        for (EndToEndPulse pulse : paths.values()) {
            least = Math.min(least, pulse.nextDeadline(userDataNanos, nowNanos) - nowNanos);
        }
        return least;
    }

    List<Lsp<A, LspCiphers>> paths() {
        return List.copyOf(paths.keySet());
    }

    private void sealInNewest() {
        if (epochs != null && packets != null && epochs.sending().epoch() != sealingEpoch) {
            sealingEpoch = epochs.sending().epoch();
            packets.sealIn(sealingEpoch);
        }
    }

    void close() {
        if (epochs != null) {
            epochs.close();
        }
        if (packets != null) {
            packets.close();
        }
    }
}
