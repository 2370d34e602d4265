package skyawg.protocol.crypto;

import java.util.List;

/**
 * A library's ChaCha20-Poly1305, as a maker of {@link Aead} contexts. {@link #best} is the one to use; the others are
 * its fallbacks. Any thread may call it; the contexts it makes belong to one thread each.
 */
public sealed interface Aeads permits ProviderAeads, EvpAeads, JdkAeads, DeferredAeads {
    /** The fastest that is there and has passed its self-test. Chosen once. */
    static Aeads best() {
        return AeadLadder.LADDER.best();
    }

    /** The same, but chosen when its first context is made: for a start that has something else to do meanwhile. */
    static Aeads bestWhenNeeded() {
        return new DeferredAeads();
    }

    /** Every one that works here, fastest first. */
    static List<Aeads> all() {
        return AeadLadder.LADDER.all();
    }

    /** What a log line calls it. */
    String name();

    /** A context with a copy of the 32 bytes at {@code keyAddress}; the copy is zeroed when the context is closed. */
    Rfc8439Aead create(long keyAddress);
}
