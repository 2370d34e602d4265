package skyawg.datapath.forward;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiFunction;
import skyawg.datapath.peer.TunnelPeer;
import skyawg.protocol.crypto.Aeads;
import skyawg.protocol.crypto.SystemEntropy;
import skyawg.protocol.crypto.X25519Keys;
import skyawg.protocol.mpls.LabelledPacket;
import skyawg.protocol.mpls.Lfib;
import skyawg.protocol.mpls.Lsp;
import skyawg.protocol.mpls.LspBounds;
import skyawg.protocol.mpls.LspEnd;
import skyawg.protocol.mpls.LspListener;
import skyawg.protocol.mpls.Neighbour;
import skyawg.protocol.mpls.ReleaseReason;
import skyawg.protocol.names.Endpoint;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.names.Secret;
import skyawg.protocol.onion.LspCiphers;
import skyawg.protocol.tunnel.InterfaceUpdate;
import skyawg.protocol.tunnel.TunnelRefusedException;
import skyawg.protocol.wire.Memory;

/** A node of the mesh on loopback, with labels set by hand; it keeps whatever arrives. */
final class MeshNode implements AutoCloseable, LspListener<TunnelPeer, LspCiphers> {
    /** Messages of neighbours, with the link's padding. */
    final Queue<byte[]> messages = new ConcurrentLinkedQueue<>();
    /** Packets whose path ends here, without it. */
    final Queue<byte[]> packets = new ConcurrentLinkedQueue<>();

    final MeshDevice device;
    final Lfib<TunnelPeer, LspCiphers> lfib = new Lfib<>(new SystemEntropy(), LspBounds.DEFAULT, this);
    private final Secret key = X25519Keys.generate();
    private final Map<PublicKey, Neighbour<TunnelPeer, LspCiphers>> neighbours = new HashMap<>();

    MeshNode(String name, PacketLoops threads) throws IOException {
        device = MeshDevice.open(
                name,
                new TunnelOptions(threads, true, Aeads.best()),
                (from, message, length, _) -> messages.add(Memory.bytes(message, length)),
                (_, packet, _) -> packets.add(Memory.bytes(packet, LabelledPacket.lengthWithoutPadding(packet))));
        apply(new Change().privateKey(key));
    }

    PublicKey publicKey() {
        return X25519Keys.publicKey(key);
    }

    /** Makes the other a neighbour, and us one of its. */
    void meet(MeshNode other) {
        other.apply(new Change().peer(publicKey(), Optional.empty()));
        apply(new Change()
                .peer(
                        other.publicKey(),
                        Optional.of(Endpoint.of(
                                TunnelPair.V4, other.device.snapshot().listenPort()))));
    }

    /** Does something on the conductor, with what this node keeps of the other. */
    <T> T with(MeshNode other, BiFunction<Neighbour<TunnelPeer, LspCiphers>, Long, T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        device.execute(now -> {
            try {
                result.complete(task.apply(neighbour(other), now));
            } catch (RuntimeException | AssertionError e) {
                result.completeExceptionally(e);
            }
        });
        return result.join();
    }

    /** On the conductor. */
    Neighbour<TunnelPeer, LspCiphers> neighbour(MeshNode other) {
        return neighbours.computeIfAbsent(other.publicKey(), key -> {
            TunnelPeer peer = device.find(key);
            if (peer == null) {
                throw new AssertionError("no such neighbour");
            }
            Neighbour<TunnelPeer, LspCiphers> neighbour = lfib.addNeighbour(peer);
            peer.setLabels(neighbour.labels());
            return neighbour;
        });
    }

    private void apply(Change change) {
        try (InterfaceUpdate update = change.build()) {
            device.apply(update);
        } catch (TunnelRefusedException e) {
            throw new AssertionError("refused: " + e.getMessage(), e);
        }
    }

    @Override
    public void sendRelease(TunnelPeer adjacency, int entry, int reasonCode) {
        throw new AssertionError("nothing is released here");
    }

    @Override
    public void sendBroken(Lsp<TunnelPeer, LspCiphers> lsp, ReleaseReason reason) {
        throw new AssertionError("nothing breaks here");
    }

    @Override
    public void ended(Lsp<TunnelPeer, LspCiphers> lsp, LspEnd end) {
        throw new AssertionError("nothing ends here");
    }

    @Override
    public void close() {
        device.close();
        key.close();
    }
}
