package skyawg.awgd.mesh;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import skyawg.datapath.peer.TunnelPeer;
import skyawg.protocol.mpls.Direction;
import skyawg.protocol.mpls.LabelStackEntry;
import skyawg.protocol.mpls.Lsp;
import skyawg.protocol.mpls.LspMode;
import skyawg.protocol.mpls.Neighbour;
import skyawg.protocol.mpls.Nhlfe;
import skyawg.protocol.mpls.Operation;
import skyawg.protocol.names.Endpoint;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.names.Secret;
import skyawg.protocol.onion.LspCiphers;
import skyawg.protocol.tunnel.PeerSnapshot;

/** A node's links and labels, as the control socket shows them. */
final class LabelReport {
    /** Entries of the label table that one answer shows. */
    static final int MAX_ENTRIES = 10_000;

    private static final String LINK_TYPE = "awg";
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final JoinedMesh mesh;

    LabelReport(JoinedMesh mesh) {
        this.mesh = mesh;
    }

    /** Adjacencies, and how many LSPs lead over each. Not on the conductor. */
    List<Object> transports() {
        Map<PublicKey, Integer> lsps = mesh.ask(this::lspsByNeighbour);
        List<Object> shown = new ArrayList<>();
        for (PeerSnapshot peer : mesh.node().device().snapshot().peers()) {
            peer.presharedKey().ifPresent(Secret::close);
            Map<String, Object> link = new LinkedHashMap<>();
            link.put("type", LINK_TYPE);
            link.put("id", linkId(peer.publicKey()).toString());
            link.put("remote_pk", peer.publicKey().toBase64());
            link.put("mode", "regular");
            link.put("label", "automatic");
            link.put("endpoint", peer.endpoint().map(Endpoint::toString).orElse(""));
            link.put("latest_handshake", peer.lastHandshakeSeconds());
            link.put("rx_bytes", peer.rxBytes());
            link.put("tx_bytes", peer.txBytes());
            link.put("lsps", lsps.getOrDefault(peer.publicKey(), 0));
            shown.add(link);
        }
        return shown;
    }

    /** Keys of all neighbours. Not on the conductor. */
    List<PublicKey> neighbours() {
        List<PublicKey> keys = new ArrayList<>();
        for (PeerSnapshot peer : mesh.node().device().snapshot().peers()) {
            peer.presharedKey().ifPresent(Secret::close);
            keys.add(peer.publicKey());
        }
        return keys;
    }

    private Map<PublicKey, Integer> lspsByNeighbour() {
        Map<PublicKey, Integer> counts = new HashMap<>();
        for (Lsp<TunnelPeer, LspCiphers> lsp : mesh.node().lfib().all()) {
            for (Neighbour<TunnelPeer, LspCiphers> side : sides(lsp)) {
                counts.merge(side.adjacency().publicKey(), 1, Integer::sum);
            }
        }
        return counts;
    }

    private static List<Neighbour<TunnelPeer, LspCiphers>> sides(Lsp<TunnelPeer, LspCiphers> lsp) {
        List<Neighbour<TunnelPeer, LspCiphers>> sides = new ArrayList<>(2);
        if (lsp.upstream() != null) {
            sides.add(lsp.upstream());
        }
        if (lsp.downstream() != null) {
            sides.add(lsp.downstream());
        }
        return sides;
    }

    /**
     * As Skywire makes it of two keys and a type: the same at both ends.
     *
     * @param remote the neighbour's key
     */
    UUID linkId(PublicKey remote) {
        boolean isLow = mesh.self().toHex().compareTo(remote.toHex()) < 0;
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            hash.update(new byte[16]);
            hash.update((isLow ? mesh.self() : remote).toBytes());
            hash.update((isLow ? remote : mesh.self()).toBytes());
            hash.update(LINK_TYPE.getBytes(StandardCharsets.US_ASCII));
            byte[] id = hash.digest();
            id[6] &= 0x0f;
            id[8] = (byte) ((id[8] & 0x3f) | 0x80);
            ByteBuffer halves = ByteBuffer.wrap(id);
            return new UUID(halves.getLong(), halves.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Whether a rule is in force; it waits while there is no session with one of its neighbours. */
    static String state(StaticLabels.Shown rule) {
        Nhlfe<TunnelPeer, LspCiphers> entry = rule.entry();
        TunnelPeer out = entry == null ? null : entry.outAdjacency();
        boolean isIn = entry != null && (out == null || out.current() != null);
        return isIn ? "installed" : "waiting";
    }

    private Map<String, Object> entry(StaticLabels.Shown rule) {
        Nhlfe<TunnelPeer, LspCiphers> entry = rule.entry();
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("role", "static");
        shown.put("direction", MeshReport.word(Direction.FORWARD));
        shown.put("in_pk", rule.rule().in().toBase64());
        shown.put("in_label", rule.rule().label());
        shown.put("operation", MeshReport.word(rule.rule().isPop() ? Operation.POP : Operation.SWAP));
        shown.put("out_pk", rule.rule().out().map(PublicKey::toBase64).orElse(""));
        shown.put("out_label", rule.rule().swap());
        shown.put(
                "out_transport_id",
                rule.rule().out().map(out -> linkId(out).toString()).orElse(""));
        shown.put("mode", MeshReport.word(LspMode.FAST));
        shown.put("state", state(rule));
        shown.put("expires_in", 0L);
        shown.put("packets", entry == null ? 0L : entry.packets());
        shown.put("bytes", entry == null ? 0L : entry.bytes());
        return shown;
    }

    /** Every rule, and every direction of every LSP: at most {@link #MAX_ENTRIES} of them. On the conductor. */
    Map<String, Object> labels() {
        List<Object> entries = new ArrayList<>();
        for (StaticLabels.Shown rule : mesh.labels().shown()) {
            entries.add(entry(rule));
        }
        int left = 0;
        for (Lsp<TunnelPeer, LspCiphers> lsp : mesh.node().lfib().all()) {
            if (entries.size() >= MAX_ENTRIES) {
                left++;
                continue;
            }
            Nhlfe<TunnelPeer, LspCiphers> forward = lsp.forward();
            if (forward != null) {
                entries.add(entry(lsp, forward, lsp.upstream()));
            }
            entries.add(entry(lsp, lsp.reverse(), lsp.downstream()));
        }
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("entries", entries);
        shown.put("lsps_left_out", left);
        return shown;
    }

    private Map<String, Object> entry(
            Lsp<TunnelPeer, LspCiphers> lsp,
            Nhlfe<TunnelPeer, LspCiphers> entry,
            @Nullable Neighbour<TunnelPeer, LspCiphers> from) {
        TunnelPeer out = entry.outAdjacency();
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("role", MeshReport.word(lsp.role()));
        shown.put("direction", MeshReport.word(entry.direction()));
        shown.put("in_pk", from == null ? "" : from.adjacency().publicKey().toBase64());
        shown.put("in_label", entry.inLabel());
        shown.put("operation", MeshReport.word(entry.operation()));
        shown.put("out_pk", out == null ? "" : out.publicKey().toBase64());
        shown.put("out_label", out == null ? 0 : LabelStackEntry.label(entry.outEntry()));
        shown.put("out_transport_id", out == null ? "" : linkId(out.publicKey()).toString());
        shown.put("mode", MeshReport.word(lsp.mode()));
        shown.put("state", MeshReport.word(lsp.state()));
        shown.put("expires_in", lsp.remainingNanos(mesh.node().nowNanos()) / NANOS_PER_SECOND);
        shown.put("packets", entry.packets());
        shown.put("bytes", entry.bytes());
        return shown;
    }
}
