package skyawg.protocol.onion;

import org.jspecify.annotations.Nullable;
import skyawg.protocol.mpls.Direction;

/** What a node works on the packets of an LSP with, by the place that it has in it. Closing zeroes the keys. */
public sealed interface LspCiphers extends AutoCloseable {
    /** The first node. */
    record Ingress(IngressForward forward, IngressReverse reverse) implements LspCiphers {
        @Override
        public SendingEnd sendingEnd() {
            return forward;
        }

        @Override
        public ReceivingEnd receivingEnd() {
            return reverse;
        }

        @Override
        public void close() {
            forward.close();
            reverse.close();
        }
    }

    /** A node on the way that covers packets with a layer. */
    record Transit(TransitForward forward, TransitReverse reverse) implements LspCiphers {
        /**
         * Adds or takes off this node's layer.
         *
         * @param packet that {@link skyawg.protocol.mpls.LinkPayload#classify} calls a label
         * @return false when it goes no further: it was for this node, or is to be dropped
         */
        public boolean cross(Direction direction, long packet) {
            if (direction == Direction.REVERSE) {
                reverse.relay(packet);
                return true;
            }
            return forward.relay(packet) == Verdict.PASSED;
        }

        @Override
        public void close() {
            forward.close();
            reverse.close();
        }
    }

    /** A node on the way, in mode fast: it has nothing to do but to swap labels. */
    record FastTransit() implements LspCiphers {
        @Override
        public void close() {}
    }

    /** The last node. */
    record Egress(EgressForward forward, EgressReverse reverse) implements LspCiphers {
        @Override
        public SendingEnd sendingEnd() {
            return reverse;
        }

        @Override
        public ReceivingEnd receivingEnd() {
            return forward;
        }

        @Override
        public void close() {
            forward.close();
            reverse.close();
        }
    }

    /** Where this node's own packets begin; null at a transit. */
    default @Nullable SendingEnd sendingEnd() {
        return null;
    }

    /** Where packets for this node are opened; null at a transit. */
    default @Nullable ReceivingEnd receivingEnd() {
        return null;
    }

    @Override
    void close();
}
