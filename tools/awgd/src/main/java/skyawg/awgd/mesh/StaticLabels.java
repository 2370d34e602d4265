package skyawg.awgd.mesh;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import skyawg.control.mesh.LabelConfig;
import skyawg.datapath.peer.TunnelPeer;
import skyawg.protocol.mpls.LabelSpace;
import skyawg.protocol.mpls.Lsp;
import skyawg.protocol.mpls.Neighbour;
import skyawg.protocol.mpls.Nhlfe;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.onion.LspCiphers;

/**
 * Label rules that an operator made. One is in force while there are links to its neighbours, which are made and kept
 * for it; a neighbour that comes back gets its labels again. Rules switch labels between neighbours and nothing else:
 * packets of tunnels come with labels that were drawn for them, and never with a rule's. On the conductor.
 */
final class StaticLabels {
    private final MeshNode node;
    private final Consumer<PublicKey> reach;
    private final Map<LabelConfig, Bound> bound = new LinkedHashMap<>();
    private List<LabelConfig> rules = List.of();

    /** A rule as it stands in the table of the neighbour that its packets come from. */
    private record Bound(TunnelPeer in, @Nullable TunnelPeer out, Nhlfe<TunnelPeer, LspCiphers> entry) {
        boolean isBetween(@Nullable TunnelPeer newIn, @Nullable TunnelPeer newOut) {
            return in.equals(newIn) && (out == null || out.equals(newOut));
        }
    }

    /** A rule and its entry, which is null while a link is missing. */
    record Shown(LabelConfig rule, @Nullable Nhlfe<TunnelPeer, LspCiphers> entry) {}

    /** @param reach makes a link to a node if it is known where that is; called once a second */
    StaticLabels(MeshNode node, Consumer<PublicKey> reach) {
        this.node = node;
        this.reach = reach;
    }

    /** Makes the rules be these. */
    void keep(List<LabelConfig> newRules) {
        List<LabelConfig> gone = new ArrayList<>(rules);
        gone.removeAll(newRules);
        rules = List.copyOf(newRules);
        for (LabelConfig rule : gone) {
            unbind(rule);
            letGo(rule.in());
            rule.out().ifPresent(this::letGo);
        }
        advance();
    }

    /** Puts rules into the tables of neighbours that have come. */
    void advance() {
        for (LabelConfig rule : rules) {
            TunnelPeer in = held(rule.in());
            TunnelPeer out = rule.out().isEmpty() ? null : held(rule.out().get());
            Bound present = bound.get(rule);
            if (present != null && !present.isBetween(in, out)) {
                unbind(rule);
            }
            LabelSpace<TunnelPeer, LspCiphers> labels = in == null ? null : in.labels();
            if (in != null && labels != null && (rule.isPop() || out != null) && !bound.containsKey(rule)) {
                Nhlfe<TunnelPeer, LspCiphers> entry = out == null
                        ? Nhlfe.manualPop(node.nowNanos())
                        : Nhlfe.manual(out, rule.swap(), node.nowNanos());
                if (labels.bindManually(rule.label(), entry)) {
                    bound.put(rule, new Bound(in, out, entry));
                }
            }
        }
    }

    /** A neighbour has been removed. */
    void gone(TunnelPeer neighbour) {
        for (Map.Entry<LabelConfig, Bound> each : List.copyOf(bound.entrySet())) {
            Bound present = each.getValue();
            if (present.in().equals(neighbour) || neighbour.equals(present.out())) {
                unbind(each.getKey());
            }
        }
    }

    /** All rules in their order. */
    List<Shown> shown() {
        List<Shown> shown = new ArrayList<>();
        for (LabelConfig rule : rules) {
            Bound present = bound.get(rule);
            shown.add(new Shown(rule, present == null ? null : present.entry()));
        }
        return shown;
    }

    private void unbind(LabelConfig rule) {
        Bound present = bound.remove(rule);
        LabelSpace<TunnelPeer, LspCiphers> labels =
                present == null ? null : present.in().labels();
        if (labels != null) {
            labels.release(rule.label(), node.nowNanos());
        }
    }

    /** The neighbour, kept from going; one without a session is called. */
    private @Nullable TunnelPeer held(PublicKey key) {
        TunnelPeer neighbour = node.device().find(key);
        if (neighbour == null || neighbour.current() == null) {
            reach.accept(key);
        }
        if (neighbour != null) {
            node.device().adjacencies().setInUse(neighbour, true, node.nowNanos());
        }
        return neighbour;
    }

    private void letGo(PublicKey key) {
        TunnelPeer neighbour = node.device().find(key);
        boolean isWanted = rules.stream()
                .anyMatch(rule ->
                        rule.in().equals(key) || rule.out().map(key::equals).orElse(false));
        if (neighbour != null && !isWanted && !carriesPath(neighbour)) {
            node.device().adjacencies().setInUse(neighbour, false, node.nowNanos());
        }
    }

    private boolean carriesPath(TunnelPeer neighbour) {
        for (Lsp<TunnelPeer, LspCiphers> lsp : node.lfib().all()) {
            if (isSide(lsp.upstream(), neighbour) || isSide(lsp.downstream(), neighbour)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSide(@Nullable Neighbour<TunnelPeer, LspCiphers> side, TunnelPeer neighbour) {
        return side != null && side.adjacency().equals(neighbour);
    }
}
