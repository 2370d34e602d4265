package skyawg.skydiscover;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skyawg.control.cli.ExitStatus;
import skyawg.protocol.record.AddressedRecord;
import skyawg.skydiscover.discv5.Discovery;
import skyawg.skydiscover.discv5.Enr;

/** This node of discovery: what it publishes follows the daemon's record, under a sequence that only grows. */
final class LocalNode implements AutoCloseable {
    private final DiscoveryState state;
    private final List<InetSocketAddress> listen;
    private final List<Enr> boot;
    private final Progress progress;
    private @Nullable Discovery discovery;
    private Optional<AddressedRecord> published = Optional.empty();

    LocalNode(DiscoveryState state, List<InetSocketAddress> listen, List<Enr> boot, Progress progress) {
        this.state = state;
        this.listen = List.copyOf(listen);
        this.boot = List.copyOf(boot);
        this.progress = progress;
    }

    /**
     * Publishes this, if it does not already. Without a record the node takes part unseen: it asks others, and its ENR
     * has no address.
     */
    void publish(Optional<AddressedRecord> record) throws FailureException {
        Discovery running = discovery;
        if (running != null && record.equals(published)) {
            return;
        }
        try {
            boolean isSamePlace = running != null
                    && !published.isEmpty()
                    && !record.isEmpty()
                    && published.get().ip4().equals(record.get().ip4())
                    && published.get().ip6().equals(record.get().ip6());
            if (running != null && isSamePlace) {
                state.reserve(running.own().sequence() + 1);
                running.republish(record.orElseThrow().node());
            } else {
                close();
                running = start(record);
                discovery = running;
            }
            published = record;
            state.keepOwn(running.own());
            progress.published(running.own().text());
        } catch (IOException e) {
            throw new FailureException(
                    ExitStatus.FAILED, "the state cannot be written, so nothing new is published: " + e.getMessage());
        }
    }

    private Discovery start(Optional<AddressedRecord> record) throws IOException, FailureException {
        Enr own = sign(state, record, listen);
        List<Enr> first = new ArrayList<>(boot);
        first.addAll(state.known());
        first.removeIf(node -> node.nodeId().equals(own.nodeId()));
        try {
            return Discovery.start(state.key(), own, listen, first);
        } catch (IOException e) {
            throw new FailureException(
                    ExitStatus.FAILED,
                    "cannot listen at " + listen + ": " + e.getMessage()
                            + ": end the process that has the port, or name another one with --listen");
        }
    }

    /** The ENR of before if it says the same, else one with the next sequence. */
    static Enr sign(DiscoveryState state, Optional<AddressedRecord> record, List<InetSocketAddress> listen)
            throws IOException {
        Enr same = sign(state, state.sequence(), record, listen);
        if (same.text().equals(state.own())) {
            return same;
        }
        state.reserve(state.sequence() + 1);
        return sign(state, state.sequence(), record, listen);
    }

    private static Enr sign(
            DiscoveryState state, long sequence, Optional<AddressedRecord> record, List<InetSocketAddress> listen) {
        return record.map(own -> state.key().sign(sequence, own, port(listen, false), port(listen, true)))
                .orElseGet(() -> state.key().signBare(sequence));
    }

    private static int port(List<InetSocketAddress> listen, boolean isV6) {
        for (InetSocketAddress address : listen) {
            if (address.getAddress() instanceof Inet6Address == isV6) {
                return address.getPort();
            }
        }
        return 0;
    }

    /** Null before the first record is known. */
    @Nullable
    Discovery discovery() {
        return discovery;
    }

    @Override
    public void close() {
        Discovery running = discovery;
        discovery = null;
        if (running != null) {
            running.close();
        }
    }
}
