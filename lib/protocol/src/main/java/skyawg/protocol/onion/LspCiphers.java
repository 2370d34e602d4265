package skyawg.protocol.onion;

import org.jspecify.annotations.Nullable;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.mpls.Direction;
import skyawg.protocol.wire.WireClock;

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

    /**
     * A node on the way that covers packets with a layer.
     *
     * @param messageRate of its hop messages
     */
    record Transit(TransitForward forward, TransitReverse reverse, HopMessageRate messageRate) implements LspCiphers {
        /** @param keys of which copies are taken */
        public Transit(HopKeys keys, long nowNanos) {
            this(new TransitForward(keys), new TransitReverse(keys), new HopMessageRate(nowNanos));
        }

        /**
         * Adds or takes off this node's layer.
         *
         * @param packet that {@link skyawg.protocol.mpls.LinkPayload#classify} calls a label
         * @return {@link Verdict#PASSED}, {@link Verdict#HOP_MESSAGE}, or why it is dropped
         */
        public Verdict cross(Direction direction, long packet) {
            if (direction == Direction.REVERSE) {
                reverse.relay(packet);
                return Verdict.PASSED;
            }
            return forward.relay(packet);
        }

        /**
         * Seals the answer to a hop message, for the ingress.
         *
         * @param message that {@link #cross} called one
         * @param answer where a packet is made, another one; it then needs a label
         * @return false when nothing is to be sent: it was no question, or there were too many
         */
        public boolean answer(long message, long answer, Entropy entropy, long nowNanos) {
            if (HopMessage.kind(message) != Kind.HOP_ECHO_REQUEST || !messageRate.allow(nowNanos)) {
                return false;
            }
            int length = HopMessage.drawLength(entropy);
            HopMessage.putEcho(
                    answer, Kind.HOP_ECHO_ANSWER, WireClock.micros(nowNanos), HopMessage.token(message), length);
            return reverse.send(answer, length);
        }

        /**
         * Seals the word that the link behind this node is broken, for the ingress.
         *
         * @param packet where it is made; it then needs a label
         * @param reason as in a release
         * @return false when it must not be sent: there were too many
         */
        public boolean sealBroken(long packet, int reason, Entropy entropy, long nowNanos) {
            if (!messageRate.allow(nowNanos)) {
                return false;
            }
            int length = HopMessage.drawLength(entropy);
            HopMessage.putBroken(packet, WireClock.micros(nowNanos), reason, length);
            return reverse.send(packet, length);
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
