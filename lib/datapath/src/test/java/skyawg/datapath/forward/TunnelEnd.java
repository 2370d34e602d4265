package skyawg.datapath.forward;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import skyawg.datapath.tun.MemoryTun;
import skyawg.datapath.tun.SwitchedLink;
import skyawg.protocol.crypto.X25519Keys;
import skyawg.protocol.names.Endpoint;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.names.Secret;
import skyawg.protocol.noise.Verdict;
import skyawg.protocol.tunnel.InterfaceUpdate;
import skyawg.protocol.tunnel.TunnelRefusedException;

/** One end of a tunnel, whole but for the TUN: the test stands in for the system behind it. Needs no root. */
final class TunnelEnd implements AutoCloseable {
    static final int MTU = 1420;
    private static final AtomicInteger COUNT = new AtomicInteger();

    final String name = "end" + COUNT.incrementAndGet();
    final MemoryTun tun = new MemoryTun(true);
    final SwitchedLink link = new SwitchedLink(MTU);
    final AtomicInteger timesGone = new AtomicInteger();
    final Tunnel tunnel;
    private Secret privateKey = X25519Keys.generate();

    @SuppressWarnings("MustBeClosedChecker") // the tunnel closes it
    TunnelEnd(TunnelOptions options) throws IOException {
        tunnel = Tunnel.open(name, Arena.ofShared(), tun, link, options, timesGone::incrementAndGet);
    }

    Secret privateKey() {
        return privateKey;
    }

    PublicKey publicKey() {
        return X25519Keys.publicKey(privateKey);
    }

    /** Takes a new private key, which must still be applied. */
    void drawPrivateKey() {
        privateKey = X25519Keys.generate();
    }

    void apply(Change change) {
        try (InterfaceUpdate update = change.build()) {
            tunnel.apply(update);
        } catch (TunnelRefusedException e) {
            throw new AssertionError("refused: " + e.getMessage(), e);
        }
    }

    void setLink(boolean up) {
        link.set(up);
        tunnel.linkChanged();
        // The answer comes behind the change: the conductor does one after the other.
        tunnel.snapshot();
    }

    int port() {
        return tunnel.snapshot().listenPort();
    }

    Endpoint endpoint(IpAddress address) {
        return Endpoint.of(address, port());
    }

    /** The threads of this end that are alive. */
    List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(name + " "))
                .toList();
    }

    /** Every counter that is not zero, for messages. */
    String events() {
        List<String> events = new ArrayList<>();
        for (DropReason reason : DropReason.values()) {
            if (tunnel.drops(reason) > 0) {
                events.add(reason + " " + tunnel.drops(reason));
            }
        }
        for (Verdict verdict : Verdict.values()) {
            if (tunnel.verdicts(verdict) > 0) {
                events.add(verdict + " " + tunnel.verdicts(verdict));
            }
        }
        return name + events;
    }

    long handshakes() {
        return tunnel.verdicts(Verdict.INITIATION_ACCEPTED) + tunnel.verdicts(Verdict.RESPONSE_ACCEPTED);
    }

    long drops() {
        long all = 0;
        for (DropReason reason : DropReason.values()) {
            all += tunnel.drops(reason);
        }
        return all;
    }

    @Override
    public void close() {
        if (!tun.isClosed()) {
            tunnel.close();
        }
        privateKey.close();
    }
}
