package skyawg.protocol.setup;

import java.util.List;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.onion.HopKeys;
import skyawg.protocol.tunnelkeys.EpochKeys;

/** What a reply said once the ingress has unwound it. */
public sealed interface Unwound {
    /**
     * Every hop agrees. Whether each digest is that of the record used is still to be checked.
     *
     * @param forwardLse the label for packets to the first hop, as an LSE
     * @param replies first hop first
     * @param keys first hop first; the receiver closes them
     * @param epoch0 of a new tunnel, else null; the receiver closes it
     */
    record Established(
            int forwardLse,
            List<ReplyRecord> replies,
            List<HopKeys> keys,
            @Nullable EpochKeys epoch0) implements Unwound {
        public Established {
            replies = List.copyOf(replies);
            keys = List.copyOf(keys);
        }
    }

    /** @param hop who refused, 1 for the first */
    record Refused(int hop, ReplyRecord reply) implements Unwound {}

    /**
     * The slot of this hop does not open: it, or a hop before it, spoiled the reply.
     *
     * @param hop 1 for the first
     */
    record Spoiled(int hop) implements Unwound {}

    /** The first hop calls the path refused, and no hop's slot says so. */
    record Contradictory() implements Unwound {}
}
