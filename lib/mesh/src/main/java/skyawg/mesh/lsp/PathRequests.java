package skyawg.mesh.lsp;

import java.util.ArrayList;
import java.util.List;
import skyawg.mesh.path.Hop;
import skyawg.mesh.path.Path;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.mpls.LspMode;
import skyawg.protocol.record.NodeRecord;
import skyawg.protocol.setup.Blur;
import skyawg.protocol.setup.EgressRequest;
import skyawg.protocol.setup.PathHop;
import skyawg.protocol.setup.Request;
import skyawg.protocol.setup.TransitRequest;

/** Writes what each hop of a path is asked, so that no two of them find a number in common. */
final class PathRequests {
    private final Entropy entropy;

    PathRequests(Entropy entropy) {
        this.entropy = entropy;
    }

    List<PathHop> of(Path path, PathTerms terms, long unixSeconds) {
        List<PathHop> requests = new ArrayList<>();
        List<Hop> hops = path.hops();
        for (int i = 0; i < hops.size(); i++) {
            NodeRecord node = hops.get(i).addressed().node();
            Request request =
                    i + 1 < hops.size() ? transit(hops.get(i + 1), terms, unixSeconds) : egress(terms, unixSeconds);
            requests.add(new PathHop(node.staticKey(), node.mediumTermKey(), node.mediumTermKeyId(), request));
        }
        return requests;
    }

    private TransitRequest transit(Hop next, PathTerms terms, long unixSeconds) {
        return new TransitRequest(
                terms.mode() == LspMode.FAST,
                Blur.lifetimeSeconds(entropy, terms.lifetimeSeconds()),
                terms.bandwidthClass(),
                Blur.unixSeconds(entropy, unixSeconds),
                next.addressed().node().mediumTermKeyId(),
                next.key(),
                next.endpoint().address(),
                next.endpoint().port(),
                0);
    }

    private EgressRequest egress(PathTerms terms, long unixSeconds) {
        return new EgressRequest(
                terms.mode() == LspMode.FAST,
                terms.isJoining(),
                Blur.lifetimeSeconds(entropy, terms.lifetimeSeconds()),
                terms.bandwidthClass(),
                terms.exitService(),
                terms.ipv4PrefixLength(),
                Blur.unixSeconds(entropy, unixSeconds),
                terms.tunnelId(),
                terms.lspNumber(),
                0,
                terms.localName());
    }
}
