package skyawg.skydiscover.discv5;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.tuweni.bytes.Bytes;
import org.ethereum.beacon.discovery.DiscoverySystem;
import org.ethereum.beacon.discovery.DiscoverySystemBuilder;
import org.ethereum.beacon.discovery.message.handler.ExternalAddressSelector;
import org.ethereum.beacon.discovery.storage.NewAddressHandler;
import skyawg.protocol.record.DiscoveryRecord;
import skyawg.protocol.record.NodeRecord;

/**
 * A running node of discovery. It answers others from its own threads; what it is asked here may be called from any
 * thread.
 *
 * <p>Its ENR says what the daemon says. Others' word on our address is not taken: replies of the daemon carry a digest
 * over record and addresses, and an ENR with another address would be a false one.
 */
public final class Discovery implements AutoCloseable {
    private static final Duration START_PATIENCE = Duration.ofSeconds(10);
    private static final Duration GREETING_PATIENCE = Duration.ofSeconds(5);
    private static final Duration LOOKUP_PATIENCE = Duration.ofSeconds(20);

    /** The library's own lookups cannot be switched off; ours come as they are needed. */
    private static final Duration IDLE_LOOKUPS = Duration.ofMinutes(10);

    private final DiscoverySystem system;
    private final List<Enr> boot;

    private Discovery(DiscoverySystem system, List<Enr> boot) {
        this.system = system;
        this.boot = boot;
    }

    /**
     * Starts to listen, and greets the boot nodes.
     *
     * @param boot nodes to begin with; may be none: then the others come to this one
     * @throws IOException when an address cannot be listened at
     */
    public static Discovery start(DiscoveryKey key, Enr own, List<InetSocketAddress> listen, List<Enr> boot)
            throws IOException {
        DiscoverySystem system = new DiscoverySystemBuilder()
                .signer(key.signer())
                .localNodeRecord(own.record())
                .listen(listen.toArray(InetSocketAddress[]::new))
                .bootnodes(boot.stream().map(Enr::record).toList())
                .newAddressHandler(NewAddressHandler.NOOP)
                .externalAddressSelector(ExternalAddressSelector.NOOP)
                .addressAccessPolicy(new Reach(own, boot))
                .recursiveLookupInterval(IDLE_LOOKUPS)
                .build();
        try {
            system.start()
                    .orTimeout(START_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException e) {
            system.stop();
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(cause.getMessage() == null ? cause.toString() : cause.getMessage(), e);
        }
        return new Discovery(system, List.copyOf(boot));
    }

    /** What it publishes. */
    public Enr own() {
        return new Enr(system.getLocalNodeRecord());
    }

    /** Publishes another record at the same addresses; the sequence grows by one. */
    public void republish(NodeRecord record) {
        system.updateCustomFieldValue(DiscoveryRecord.SKY, Bytes.wrap(record.toBytes()));
    }

    /**
     * Looks up a random place, by up to 15 questions, and greets whom it heard of. Completes with those that answered,
     * also when it fails: others' word may be old, and the daemon takes what it is told as fresh.
     */
    public CompletableFuture<List<Enr>> lookUp() {
        return system.searchForNewPeers()
                .orTimeout(LOOKUP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .handle((found, error) -> found == null ? List.<Enr>of() : enrs(found))
                .thenCompose(this::whoAnswer);
    }

    private CompletableFuture<List<Enr>> whoAnswer(List<Enr> found) {
        List<CompletableFuture<Boolean>> answers =
                found.stream().map(this::answers).toList();
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApply(_ -> {
                    List<Enr> present = new ArrayList<>(found.size());
                    for (int i = 0; i < found.size(); i++) {
                        if (answers.get(i).join()) {
                            present.add(found.get(i));
                        }
                    }
                    return present;
                });
    }

    private CompletableFuture<Boolean> answers(Enr node) {
        return system.ping(node.record())
                .orTimeout(GREETING_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .handle((_, error) -> error == null);
    }

    private static List<Enr> enrs(Collection<org.ethereum.beacon.discovery.schema.NodeRecord> records) {
        List<Enr> enrs = new ArrayList<>(records.size());
        for (org.ethereum.beacon.discovery.schema.NodeRecord record : records) {
            Enr enr = new Enr(record);
            if (enr.isValid()) {
                enrs.add(enr);
            }
        }
        return enrs;
    }

    /** Nodes that have answered, each once. */
    public List<Enr> live() {
        Map<String, Enr> live = new LinkedHashMap<>();
        system.streamLiveNodes().map(Enr::new).forEach(enr -> live.merge(enr.nodeId(), enr, Discovery::newer));
        return List.copyOf(live.values());
    }

    private static Enr newer(Enr one, Enr other) {
        return Long.compareUnsigned(one.sequence(), other.sequence()) < 0 ? other : one;
    }

    /** Greets the boot nodes again: for a node that has lost all others. */
    public void greetBootNodes() {
        for (Enr node : boot) {
            // Who answers is among the live nodes; who does not is greeted again some time.
            var _ = system.ping(node.record()).exceptionally(error -> null);
        }
    }

    @Override
    public void close() {
        system.stop();
    }
}
