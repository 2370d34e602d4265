package skyawg.datapath.forward;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import skyawg.protocol.crypto.Aeads;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.names.Secret;

/**
 * Two ends in one process, joined over the loopback interface.
 *
 * <pre>
 *   test -> MemoryTun -> Tunnel a -> UDP 127.0.0.1 or ::1 -> Tunnel b -> MemoryTun -> test
 * </pre>
 *
 * {@code a} knows where {@code b} is; {@code b} learns where {@code a} is from its first message.
 */
final class TunnelPair implements AutoCloseable {
    static final IpAddress V4 = IpAddress.parse("127.0.0.1");
    static final IpAddress V6 = IpAddress.parse("::1");
    static final TunnelOptions TWO_THREADS = new TunnelOptions(PacketLoops.apart(false), true, Aeads.best());
    static final TunnelOptions ONE_THREAD = new TunnelOptions(PacketLoops.together(true), true, Aeads.best());
    static final TunnelOptions NO_OFFLOADS = new TunnelOptions(PacketLoops.apart(false), false, Aeads.best());

    final TunnelEnd a;
    final TunnelEnd b;
    final IpAddress outer;

    private TunnelPair(TunnelOptions options, IpAddress outer) throws IOException {
        this.a = new TunnelEnd(options);
        this.b = new TunnelEnd(options);
        this.outer = outer;
    }

    static TunnelPair open(List<String> parameters) throws IOException {
        return open(TWO_THREADS, V4, parameters, parameters, Secret.zero());
    }

    static TunnelPair open(TunnelOptions options, IpAddress outer, List<String> parameters) throws IOException {
        return open(options, outer, parameters, parameters, Secret.zero());
    }

    static TunnelPair open(
            TunnelOptions options, IpAddress outer, List<String> ofA, List<String> ofB, Secret presharedKey)
            throws IOException {
        TunnelPair pair = new TunnelPair(options, outer);
        pair.a.apply(new Change().privateKey(pair.a.privateKey()).parameters(ParameterLines.whole(ofA)));
        pair.b.apply(new Change().privateKey(pair.b.privateKey()).parameters(ParameterLines.whole(ofB)));
        pair.a.setLink(true);
        pair.b.setLink(true);
        pair.introduce(presharedKey);
        return pair;
    }

    /** Makes each the other's only peer. */
    void introduce(Secret presharedKey) {
        b.apply(new Change().replacePeers().peer(a.publicKey(), Optional.of(presharedKey.copy()), Optional.empty()));
        a.apply(new Change()
                .replacePeers()
                .peer(b.publicKey(), Optional.of(presharedKey.copy()), Optional.of(b.endpoint(outer))));
    }

    PacketStream fromAToB() {
        return new PacketStream(a, b);
    }

    PacketStream fromBToA() {
        return new PacketStream(b, a);
    }

    String events() {
        return a.events() + " " + b.events();
    }

    @Override
    public void close() {
        a.close();
        b.close();
    }
}
