package skyawg.mesh.path;

import skyawg.mesh.nodes.Source;
import skyawg.mesh.nodes.Standing;
import skyawg.protocol.names.PublicKey;

/**
 * Why one hop of one path is this node.
 *
 * @param path its number in the choice, from 0
 * @param position on the path, from 0
 * @param share of all weight that stood to be drawn for the place, 0 to 1
 * @param standing of its record
 * @param source of its record
 */
public record ChosenHop(
        int path,
        int position,
        Place place,
        PublicKey node,
        ChosenAs reason,
        double share,
        Standing standing,
        Source source) {}
