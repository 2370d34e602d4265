package skyawg.mesh.nodes;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.names.PublicKey;

/** The sample's nodes and claims, found by key, by publisher, by block of addresses and by M, all in step. */
final class ClaimTables {
    private final Map<PublicKey, Node> byKey = new HashMap<>();
    private final List<Node> nodes = new ArrayList<>();
    /** Guards and nodes of the operator's list: few among many, and looked at every second. */
    private final Set<Node> listed = new LinkedHashSet<>();

    private final Map<Origin, Claim> byPublisher = new HashMap<>();
    private final AddressBlocks blocks = new AddressBlocks();
    private final MediumTermClaims mediumTermKeys = new MediumTermClaims();

    @Nullable
    Node find(PublicKey key) {
        return byKey.get(key);
    }

    /** What the publisher of {@code origin} said last. */
    @Nullable
    Claim of(Origin origin) {
        return byPublisher.get(origin.publisherKey());
    }

    /** In no order; not to be changed. */
    List<Node> nodes() {
        return Collections.unmodifiableList(nodes);
    }

    /** Guards and nodes of the operator's list. */
    List<Node> listed() {
        return List.copyOf(listed);
    }

    /** To be called when a node has become a guard or is none any more, or its claims have changed. */
    void noteListing(Node node) {
        if (has(node) && (node.isGuard() || node.isStatic())) {
            listed.add(node);
        } else {
            listed.remove(node);
        }
    }

    List<Claim> claims() {
        return List.copyOf(byPublisher.values());
    }

    AddressBlocks blocks() {
        return blocks;
    }

    MediumTermClaims mediumTermKeys() {
        return mediumTermKeys;
    }

    boolean has(Node node) {
        return node.index >= 0;
    }

    void attach(Claim claim) {
        Node node = claim.node();
        if (!has(node)) {
            node.index = nodes.size();
            nodes.add(node);
            byKey.put(node.key(), node);
        }
        node.modifiableClaims().add(claim);
        byPublisher.put(claim.origin().publisherKey(), claim);
        blocks.add(claim);
        mediumTermKeys.add(claim);
        noteListing(node);
    }

    /** The node stays, maybe without any claim. */
    void detach(Claim claim) {
        claim.node().modifiableClaims().remove(claim);
        byPublisher.remove(claim.origin().publisherKey(), claim);
        blocks.remove(claim);
        mediumTermKeys.remove(claim);
        noteListing(claim.node());
    }

    /** Another publisher says the same, and has it from now on. */
    void handOver(Claim claim, Origin origin, long unixSeconds) {
        byPublisher.remove(claim.origin().publisherKey(), claim);
        claim.heardAgain(origin, unixSeconds);
        byPublisher.put(origin.publisherKey(), claim);
        noteListing(claim.node());
    }

    /** Takes a claim back; a node without any is forgotten. */
    void withdraw(Claim claim) {
        detach(claim);
        keepForGuard(claim);
        dropIfEmpty(claim.node());
    }

    /** A guard keeps its last record, whatever its publisher does: it says whom to ask for the next one. */
    void keepForGuard(Claim detached) {
        Node node = detached.node();
        if (node.isGuard() && node.modifiableClaims().isEmpty()) {
            detached.heardAgain(Origin.kept(node.key()), detached.heardUnixSeconds());
            attach(detached);
        }
    }

    void dropIfEmpty(Node node) {
        if (has(node) && node.modifiableClaims().isEmpty()) {
            remove(node);
        }
    }

    void remove(Node node) {
        for (Claim claim : node.claims()) {
            detach(claim);
        }
        Node last = nodes.getLast();
        nodes.set(node.index, last);
        last.index = node.index;
        nodes.removeLast();
        node.index = -1;
        byKey.remove(node.key());
        listed.remove(node);
    }

    /** Entries in all tables, for the test of their bounds. */
    int entries() {
        return nodes.size() + byKey.size() + byPublisher.size() + blocks.size() + mediumTermKeys.size();
    }
}
