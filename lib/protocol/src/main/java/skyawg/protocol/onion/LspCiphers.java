package skyawg.protocol.onion;

/** What a node works on the packets of an LSP with, by the place that it has in it. Closing zeroes the keys. */
public sealed interface LspCiphers extends AutoCloseable {
    /** The first node. */
    record Ingress(IngressForward forward, IngressReverse reverse) implements LspCiphers {
        @Override
        public void close() {
            forward.close();
            reverse.close();
        }
    }

    /** A node on the way that covers packets with a layer. */
    record Transit(TransitForward forward, TransitReverse reverse) implements LspCiphers {
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
        public void close() {
            forward.close();
            reverse.close();
        }
    }

    @Override
    void close();
}
