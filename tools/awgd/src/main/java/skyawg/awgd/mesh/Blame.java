package skyawg.awgd.mesh;

import java.util.List;
import java.util.Set;
import skyawg.mesh.lsp.SetupFailure;
import skyawg.mesh.nodes.Failure;
import skyawg.mesh.nodes.NodeSample;
import skyawg.mesh.path.Hop;
import skyawg.mesh.path.Path;
import skyawg.protocol.mpls.LspEnd;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.setup.ReplyRecord;
import skyawg.protocol.setup.RequestRules;

/**
 * Turns what became of a path into what is held against its nodes. Where any hop may be to blame, all are, half; but
 * not one that stands in another path that works (the egress of a tunnel, as a rule). On the conductor.
 */
public final class Blame {
    private final NodeSample sample;

    public Blame(NodeSample sample) {
        this.sample = sample;
    }

    /** @param working nodes of paths that carry payload now */
    void failed(Path path, SetupFailure failure, Set<PublicKey> working, long unixSeconds) {
        List<Hop> hops = path.hops();
        switch (failure) {
            case SetupFailure.Refused(int hop, ReplyRecord reply) -> refused(hops, hop, reply, working, unixSeconds);
            case SetupFailure.FalseRecord(int hop, ReplyRecord reply) -> isTrue(hops.get(hop - 1), reply, unixSeconds);
            case SetupFailure.Spoiled(int hop) -> shared(hops.subList(0, hop), working, unixSeconds);
            case SetupFailure.FirstHop() -> sample.failed(path.firstHop().key(), Failure.SILENT, unixSeconds);
            case SetupFailure.NoReply(), SetupFailure.Contradictory(), SetupFailure.BadKey() ->
                shared(hops, working, unixSeconds);
        }
    }

    private void refused(List<Hop> hops, int hop, ReplyRecord reply, Set<PublicKey> working, long unixSeconds) {
        Hop refusing = hops.get(hop - 1);
        if (!isTrue(refusing, reply, unixSeconds)) {
            return;
        }
        switch (reply.status()) {
            case CLOCK -> {
                // A node may want times later than its start, which blur can miss by 20 s: nobody's fault.
                boolean isFar = Math.abs(reply.unixSeconds() - unixSeconds) > RequestRules.CLOCK_SECONDS;
                if (isFar) {
                    sample.failed(refusing.key(), Failure.REFUSED, unixSeconds);
                }
            }
            case UNKNOWN_TUNNEL, TUNNEL_EXISTS -> {
                // The egress was restarted, or a reply was lost: the tunnel is begun anew.
            }
            case NEXT_HOP_UNREACHABLE ->
                shared(hops.subList(hop - 1, Math.min(hop + 1, hops.size())), working, unixSeconds);
            case PATH_MTU -> {
                Hop behind = hops.get(Math.min(hop, hops.size() - 1));
                sample.failed(behind.key(), Failure.PATH_MTU, unixSeconds);
            }
            default -> sample.failed(refusing.key(), Failure.REFUSED, unixSeconds);
        }
    }

    private boolean isTrue(Hop hop, ReplyRecord reply, long unixSeconds) {
        return sample.prove(hop.key(), hop.addressed().digest(), reply.digest(), reply.previousDigest(), unixSeconds);
    }

    /** Payload does not come through. */
    void silent(Path path, Set<PublicKey> working, long unixSeconds) {
        shared(path.hops(), working, unixSeconds);
    }

    /** The path is whole up to one hop: that one and the next share the blame, whoever says so. */
    void cut(Path path, int hop, Set<PublicKey> working, long unixSeconds) {
        List<Hop> hops = path.hops();
        if (hop == 0) {
            sample.failed(path.firstHop().key(), Failure.BROKEN_LINK, unixSeconds);
        } else {
            shared(hops.subList(hop - 1, Math.min(hop + 1, hops.size())), working, unixSeconds);
        }
    }

    void broke(Path path, LspEnd end, Set<PublicKey> working, long unixSeconds) {
        switch (end) {
            case LINK_DOWN -> sample.failed(path.firstHop().key(), Failure.BROKEN_LINK, unixSeconds);
            case PATH_MTU -> sample.failed(path.firstHop().key(), Failure.PATH_MTU, unixSeconds);
            case RELEASED, NO_REPLY -> shared(path.hops(), working, unixSeconds);
            case REFUSED, UNCONFIRMED, IDLE, LIFETIME, DONE, EVICTED, SHUTTING_DOWN -> {
                // Time, or this node itself.
            }
        }
    }

    /** Every hop agreed, and payload came back. */
    void worked(Path path, List<ReplyRecord> replies, long unixSeconds) {
        for (int i = 0; i < path.hops().size(); i++) {
            Hop hop = path.hops().get(i);
            if (i < replies.size()) {
                isTrue(hop, replies.get(i), unixSeconds);
            }
            sample.succeeded(hop.key(), unixSeconds);
        }
    }

    private void shared(List<Hop> hops, Set<PublicKey> working, long unixSeconds) {
        for (Hop hop : hops) {
            if (!working.contains(hop.key())) {
                sample.failed(hop.key(), Failure.SILENT_PATH, unixSeconds);
            }
        }
    }
}
