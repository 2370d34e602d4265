package skyawg.control.mesh;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import skyawg.protocol.mpls.FtnRule;
import skyawg.protocol.record.AddressedRecord;
import skyawg.protocol.record.MeshName;

/**
 * A whole {@code mesh.conf}. The {@code with...} methods give another configuration that has copies of the keys: each
 * is closed by itself.
 *
 * @param secret of the network; empty for a public one
 * @param privateKey S of the node
 * @param records of other nodes, as lines of {@code mesh.conf}
 * @param recordFiles of other nodes, in files of their own
 * @param ftn which packets go by which tunnel
 * @param labels label rules that an operator made
 */
public record MeshConfig(
        MeshName name,
        Optional<KeptKey> secret,
        KeptKey privateKey,
        NodeOffer offer,
        List<AddressedRecord> records,
        List<RecordFile> recordFiles,
        List<TunnelConfig> tunnels,
        NodeEdges edges,
        List<FtnConfig> ftn,
        List<LabelConfig> labels)
        implements AutoCloseable {

    public static final int MAX_RECORDS = 2_000;
    public static final int MAX_TUNNELS = 64;
    public static final int MAX_FTN = 256;
    public static final int MAX_LABELS = 256;

    /** @throws IllegalArgumentException saying what is wrong */
    public MeshConfig {
        records = List.copyOf(records);
        recordFiles = List.copyOf(recordFiles);
        tunnels = List.copyOf(tunnels);
        ftn = List.copyOf(ftn);
        labels = List.copyOf(labels);
        if (privateKey.key().isZero()) {
            throw new IllegalArgumentException("the node's private key is all zero");
        }
        if (secret.isPresent() && secret.get().key().isZero()) {
            throw new IllegalArgumentException("the mesh's secret is all zero; a public mesh has none");
        }
        if (records.size() > MAX_RECORDS) {
            throw new IllegalArgumentException("at most " + MAX_RECORDS + " records, not " + records.size());
        }
        if (tunnels.size() > MAX_TUNNELS) {
            throw new IllegalArgumentException("at most " + MAX_TUNNELS + " tunnels, not " + tunnels.size());
        }
        Set<String> names = new LinkedHashSet<>();
        for (TunnelConfig tunnel : tunnels) {
            if (!names.add(tunnel.name())) {
                throw new IllegalArgumentException("two tunnels are called '" + tunnel.name() + "'");
            }
        }
        requireFitting(tunnels, edges);
        requireClear(ftn);
        requireFree(labels);
    }

    private static void requireFree(List<LabelConfig> labels) {
        if (labels.size() > MAX_LABELS) {
            throw new IllegalArgumentException("at most " + MAX_LABELS + " label rules, not " + labels.size());
        }
        for (int i = 0; i < labels.size(); i++) {
            for (LabelConfig other : labels.subList(i + 1, labels.size())) {
                if (labels.get(i).isSameLabel(other)) {
                    throw new IllegalArgumentException("label " + other.label()
                            + " of the neighbour " + other.in().toBase64()
                            + " is in use: remove its rule first, or take another label");
                }
            }
        }
    }

    private static void requireFitting(List<TunnelConfig> tunnels, NodeEdges edges) {
        for (TunnelConfig tunnel : tunnels) {
            if (tunnel.prefixLength() != edges.clients4().prefixBits()) {
                throw new IllegalArgumentException("the tunnel '" + tunnel.name() + "' asks for a prefix of "
                        + tunnel.prefixLength() + " bits, and Clients has "
                        + edges.clients4().prefixBits()
                        + ": they must be alike");
            }
        }
    }

    private static void requireClear(List<FtnConfig> ftn) {
        if (ftn.size() > MAX_FTN) {
            throw new IllegalArgumentException("at most " + MAX_FTN + " rules, not " + ftn.size());
        }
        for (int i = 0; i < ftn.size(); i++) {
            for (FtnConfig other : ftn.subList(i + 1, ftn.size())) {
                if (ftn.get(i).isSameClass(other)) {
                    throw new IllegalArgumentException(
                            "two rules are about the same packets, to " + other.destination());
                }
                if (isOfKernel(ftn.get(i))
                        && isOfKernel(other)
                        && ftn.get(i).dscp() == other.dscp()
                        && ftn.get(i).destination().equals(other.destination())
                        && !ftn.get(i).tunnel().equals(other.tunnel())) {
                    throw new IllegalArgumentException("packets to " + other.destination()
                            + " go by one tunnel, whichever interface they come from");
                }
            }
            requireRest(ftn.get(i), ftn);
        }
    }

    /** The kernel tells packets apart by interface and destination; a client's packets do not go through it. */
    private static boolean isOfKernel(FtnConfig rule) {
        return rule.client().isEmpty();
    }

    /** The kernel sends packets of any DSCP into the mesh, so all of them must have a tunnel there. */
    private static void requireRest(FtnConfig rule, List<FtnConfig> ftn) {
        boolean hasRest = ftn.stream().anyMatch(other -> other.isFromTheSame(rule) && other.dscp() == FtnRule.ANY_DSCP);
        if (isOfKernel(rule) && !hasRest) {
            throw new IllegalArgumentException("a rule for packets to " + rule.destination() + " with DSCP "
                    + rule.dscp() + " needs one for those with any other beside it");
        }
    }

    /** Those of the file itself and of the files it names. */
    public List<AddressedRecord> allRecords() {
        List<AddressedRecord> all = new ArrayList<>(records);
        for (RecordFile file : recordFiles) {
            all.addAll(file.records());
        }
        return all;
    }

    public Optional<TunnelConfig> tunnel(String tunnelName) {
        return tunnels.stream()
                .filter(tunnel -> tunnel.name().equals(tunnelName))
                .findFirst();
    }

    public MeshConfig withRecords(List<AddressedRecord> others) {
        return with(others, tunnels, ftn, labels);
    }

    public MeshConfig withTunnels(List<TunnelConfig> others) {
        return with(records, others, ftn, labels);
    }

    public MeshConfig withFtn(List<FtnConfig> others) {
        return with(records, tunnels, others, labels);
    }

    public MeshConfig withLabels(List<LabelConfig> others) {
        return with(records, tunnels, ftn, others);
    }

    private MeshConfig with(
            List<AddressedRecord> newRecords,
            List<TunnelConfig> newTunnels,
            List<FtnConfig> newFtn,
            List<LabelConfig> newLabels) {
        return new MeshConfig(
                name,
                secret.map(KeptKey::copy),
                privateKey.copy(),
                offer,
                newRecords,
                recordFiles,
                newTunnels,
                edges,
                newFtn,
                newLabels);
    }

    /** Wipes the keys. */
    @Override
    public void close() {
        privateKey.key().close();
        secret.ifPresent(kept -> kept.key().close());
    }
}
