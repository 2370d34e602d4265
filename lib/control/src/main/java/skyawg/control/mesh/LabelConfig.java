package skyawg.control.mesh;

import java.util.Optional;
import skyawg.protocol.mpls.LabelStackEntry;
import skyawg.protocol.names.PublicKey;

/**
 * A label rule that an operator makes: what becomes of packets that a neighbour sends with this label. It switches
 * labels and nothing else; tunnels never use it.
 *
 * @param in the neighbour that they come from
 * @param label that they come with, of those that are kept for rules
 * @param swap the label that they leave with; 0 when they end here
 * @param out the neighbour that they leave to; empty when they end here
 */
public record LabelConfig(PublicKey in, int label, int swap, Optional<PublicKey> out) {
    /** @throws IllegalArgumentException saying what is wrong */
    public LabelConfig {
        if (label < LabelStackEntry.MIN_LABEL || label > LabelStackEntry.MAX_STATIC_LABEL) {
            throw new IllegalArgumentException("labels of rules are " + LabelStackEntry.MIN_LABEL + " to "
                    + LabelStackEntry.MAX_STATIC_LABEL + ", not " + label + ": others are drawn for paths");
        }
        if (out.isPresent() && (swap < LabelStackEntry.MIN_LABEL || swap > LabelStackEntry.MAX_LABEL)) {
            throw new IllegalArgumentException("a label to swap for is " + LabelStackEntry.MIN_LABEL + " to "
                    + LabelStackEntry.MAX_LABEL + ", not " + swap);
        }
        if (out.isEmpty() && swap != 0) {
            throw new IllegalArgumentException("a packet with another label goes to another node: name it with Out");
        }
        if (out.isPresent() && out.get().equals(in)) {
            throw new IllegalArgumentException("packets do not go back to the node that they come from");
        }
    }

    /** Whether packets end here. */
    public boolean isPop() {
        return out.isEmpty();
    }

    /** Whether both are about the same packets. */
    public boolean isSameLabel(LabelConfig other) {
        return in.equals(other.in) && label == other.label;
    }
}
