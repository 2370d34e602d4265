package skyawg.protocol.crypto;

import java.util.List;

/** Probes the ciphers that may be there, from the fastest down. */
final class AeadLadder {
    private static final List<Aeads> WORKING = List.of(new JdkAeads());

    private AeadLadder() {}

    static Aeads best() {
        return WORKING.get(0);
    }

    static List<Aeads> all() {
        return WORKING;
    }
}
