package skyawg.mesh.path;

import java.util.List;
import java.util.Map;
import skyawg.protocol.names.PublicKey;

/**
 * What became of all nodes of the sample with regard to one place.
 *
 * @param eligible how many could have stood there, by themselves
 * @param rejected those that do not stand there, by reason; eligible ones are among them as not drawn, in use, or near
 *     one that was chosen
 */
public record Tally(int eligible, Map<Rejection, List<PublicKey>> rejected) {
    public int count(Rejection reason) {
        return rejected.getOrDefault(reason, List.of()).size();
    }
}
