package skyawg.datapath.forward;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import skyawg.datapath.peer.TunnelPeer;
import skyawg.protocol.crypto.Aeads;
import skyawg.protocol.crypto.X25519Keys;
import skyawg.protocol.names.Endpoint;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.names.Secret;
import skyawg.protocol.noise.DynamicPeerBounds;
import skyawg.protocol.noise.DynamicPeerEnd;
import skyawg.protocol.tunnel.InterfaceUpdate;
import skyawg.protocol.tunnel.TunnelRefusedException;
import skyawg.protocol.wire.Memory;

/** A mesh device that lets strangers in and goes to them; it writes down what it hears. */
final class OpenNode implements AutoCloseable, AdjacencyListener {
    /** Messages of neighbours, with the link's padding. */
    final Queue<byte[]> heard = new ConcurrentLinkedQueue<>();

    final Queue<String> news = new ConcurrentLinkedQueue<>();
    final MeshDevice device;
    private final Secret key = X25519Keys.generate();

    OpenNode(String name, PacketLoops threads, Secret network, DynamicPeerBounds bounds, long clockErrorNanos)
            throws IOException {
        device = MeshDevice.open(
                name,
                new TunnelOptions(
                        threads, true, Aeads.best(), () -> Tunnel.unixNanos() + clockErrorNanos, TimestampStore.NONE),
                new AdjacencyPolicy(network, true, bounds, this),
                (_, message, length, _) -> heard.add(Memory.bytes(message, length)),
                (_, _, _) -> {
                    throw new AssertionError("no path ends here");
                });
        try (InterfaceUpdate update = new Change().privateKey(key).build()) {
            device.apply(update);
        } catch (TunnelRefusedException e) {
            throw new AssertionError("refused: " + e.getMessage(), e);
        }
    }

    PublicKey publicKey() {
        return X25519Keys.publicKey(key);
    }

    void goTo(OpenNode other) {
        goTo(other.publicKey(), other.device.snapshot().listenPort());
    }

    void goTo(PublicKey other, int port) {
        onConductor(now -> {
            Endpoint endpoint = Endpoint.of(TunnelPair.V4, port);
            present(device.adjacencies().add(other, endpoint, false, now));
        });
    }

    void say(PublicKey other, byte[] message) {
        onConductor(_ -> {
            device.send(present(device.find(other)), message);
        });
    }

    void use(PublicKey other, boolean isInUse) {
        onConductor(now -> {
            device.adjacencies().setInUse(present(device.find(other)), isInUse, now);
        });
    }

    void drop(PublicKey other) {
        onConductor(now -> {
            device.adjacencies().remove(present(device.find(other)), now);
        });
    }

    private void onConductor(LongConsumer task) {
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        device.execute(now -> {
            try {
                task.accept(now);
                done.complete(null);
            } catch (RuntimeException | AssertionError e) {
                done.completeExceptionally(e);
            }
        });
        done.join();
    }

    private static TunnelPeer present(@Nullable TunnelPeer peer) {
        if (peer == null) {
            throw new AssertionError("no such neighbour");
        }
        return peer;
    }

    @Override
    public void came(TunnelPeer neighbour, long nowNanos) {
        news.add("came " + neighbour.publicKey());
    }

    @Override
    public void went(TunnelPeer neighbour, DynamicPeerEnd end, long nowNanos) {
        news.add("went " + neighbour.publicKey() + " " + end);
    }

    @Override
    public void close() {
        device.close();
        key.close();
    }
}
