package skyawg.mesh.tunnel;

import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.mpls.Lsp;
import skyawg.protocol.onion.Kind;
import skyawg.protocol.onion.LspCiphers;
import skyawg.protocol.tunnelkeys.EgressEpochs;
import skyawg.protocol.tunnelkeys.EpochKeys;
import skyawg.protocol.tunnelkeys.KemVerdict;
import skyawg.protocol.tunnelkeys.TunnelId;

/** A tunnel at its egress. It begins with a grant, and has keys from its first path on. */
final class EgressTunnel<A> {
    private static final int MOST_PATHS = 16;

    private final TunnelId id;
    private final Prefixes prefixes;
    private final Object creator;
    private final Entropy entropy;
    private final BitSet usedNumbers = new BitSet();
    private final Set<Lsp<A, LspCiphers>> paths = new LinkedHashSet<>();
    /** Those that the ingress does not use any more. */
    private final Set<Lsp<A, LspCiphers>> retired = new LinkedHashSet<>();

    private @Nullable Begun<A> begun;
    private long emptyNanos;

    /** What there is from the first path on. */
    private record Begun<A>(TunnelPackets<A> packets, EgressEpochs epochs, SealingEpoch sealing) {
        void onGoodPacket(int epoch, long nowNanos) {
            epochs.onGoodPacket(epoch, nowNanos);
            sealing.follow(epochs.sending());
        }
    }

    /** @param creator the neighbour whose share it counts towards */
    EgressTunnel(TunnelId id, Prefixes prefixes, A creator, Entropy entropy, long nowNanos) {
        this.id = id;
        this.prefixes = prefixes;
        this.creator = creator;
        this.entropy = entropy;
        this.emptyNanos = nowNanos;
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

    boolean hasRoom() {
        return paths.size() < MOST_PATHS;
    }

    /** Since when it has no path. */
    long emptyNanos() {
        return emptyNanos;
    }

    /** The first path has come. */
    void begin(TunnelPackets<A> packets, EpochKeys epoch0, long nowNanos) {
        EgressEpochs epochs = new EgressEpochs(id, epoch0, packets, entropy, nowNanos);
        SealingEpoch sealing = new SealingEpoch(packets);
        sealing.follow(epochs.sending());
        begun = new Begun<>(packets, epochs, sealing);
    }

    void add(Lsp<A, LspCiphers> lsp) {
        paths.add(lsp);
        if (begun != null) {
            begun.packets().attach(lsp);
            begun.packets().carryOn(inUse(), List.of());
        }
    }

    void remove(Lsp<A, LspCiphers> lsp, long nowNanos) {
        retired.remove(lsp);
        if (paths.remove(lsp) && begun != null) {
            begun.packets().detach(lsp);
            begun.packets().carryOn(inUse(), List.of());
        }
        if (paths.isEmpty()) {
            emptyNanos = nowNanos;
        }
    }

    /** @return false when it was the last word: the tunnel is over */
    boolean onControl(Lsp<A, LspCiphers> lsp, int epoch, int kind, byte[] content, long nowNanos) {
        Begun<A> present = begun;
        if (present == null) {
            return true;
        }
        present.onGoodPacket(epoch, nowNanos);
        switch (kind) {
            case Kind.KEM_OFFER -> {
                KemVerdict verdict = present.epochs().onOffer(content, 0, content.length, nowNanos);
                byte[] answer = present.epochs().answer();
                if (answer != null && (verdict == KemVerdict.ACCEPTED || verdict == KemVerdict.REPEATED)) {
                    present.packets().send(lsp, Kind.KEM_ANSWER, answer);
                }
            }
            case Kind.PATH_RETIRED -> {
                if (retired.add(lsp)) {
                    present.packets().carryOn(inUse(), List.of());
                }
                present.packets().send(lsp, Kind.PATH_RETIRED, content);
            }
            case Kind.ECHO_REQUEST -> present.packets().send(lsp, Kind.ECHO_ANSWER, content);
            case Kind.TUNNEL_CLOSE -> {
                return false;
            }
            default -> {
                // Nothing, or a kind of a later version: its epoch was noted.
            }
        }
        return true;
    }

    /** The first packet of this epoch was opened. */
    void onOpened(int epoch, long nowNanos) {
        if (begun != null) {
            begun.onGoodPacket(epoch, nowNanos);
        }
    }

    /** Erases what is over. */
    void advance(long nowNanos) {
        if (begun != null) {
            begun.epochs().expire(nowNanos);
        }
    }

    private List<Lsp<A, LspCiphers>> inUse() {
        return paths.stream().filter(lsp -> !retired.contains(lsp)).toList();
    }

    List<Lsp<A, LspCiphers>> paths() {
        return List.copyOf(paths);
    }

    void close() {
        if (begun != null) {
            begun.epochs().close();
            begun.packets().close();
        }
    }
}
