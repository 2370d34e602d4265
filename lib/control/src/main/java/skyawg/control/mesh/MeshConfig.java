package skyawg.control.mesh;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
 */
public record MeshConfig(
        MeshName name,
        Optional<KeptKey> secret,
        KeptKey privateKey,
        NodeOffer offer,
        List<AddressedRecord> records,
        List<RecordFile> recordFiles,
        List<TunnelConfig> tunnels)
        implements AutoCloseable {

    public static final int MAX_RECORDS = 2_000;
    public static final int MAX_TUNNELS = 64;

    /** @throws IllegalArgumentException saying what is wrong */
    public MeshConfig {
        records = List.copyOf(records);
        recordFiles = List.copyOf(recordFiles);
        tunnels = List.copyOf(tunnels);
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
        return new MeshConfig(name, secret.map(KeptKey::copy), privateKey.copy(), offer, others, recordFiles, tunnels);
    }

    public MeshConfig withTunnels(List<TunnelConfig> others) {
        return new MeshConfig(name, secret.map(KeptKey::copy), privateKey.copy(), offer, records, recordFiles, others);
    }

    /** Wipes the keys. */
    @Override
    public void close() {
        privateKey.key().close();
        secret.ifPresent(kept -> kept.key().close());
    }
}
