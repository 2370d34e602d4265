package skyawg.protocol.crypto;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.wire.Memory;

/**
 * Probes the ciphers that may be there, from the fastest down. One that cannot be bound, or whose answers are wrong, is
 * left out: a library's private layout may change, a wrong tag must not.
 */
final class AeadLadder {
    static final String PROPERTY = "skyawg.cipher";

    private static final List<Aeads> FASTEST_FIRST = List.of(new ProviderAeads(), new EvpAeads(), new JdkAeads());

    private static @Nullable Aeads chosen;

    private AeadLadder() {}

    static List<Aeads> all() {
        List<Aeads> working = new ArrayList<>();
        for (Aeads candidate : FASTEST_FIRST) {
            if (works(candidate)) {
                working.add(candidate);
            }
        }
        return List.copyOf(working);
    }

    /** Chosen at first use. A named cipher that does not work is the user's to mend: asking again says so again. */
    static synchronized Aeads best() {
        Aeads best = chosen;
        if (best == null) {
            best = choose(System.getProperty(PROPERTY, ""));
            chosen = best;
        }
        return best;
    }

    /**
     * The fastest that works. What is slower is not even tried: the JDK's takes a cold JVM longer than all else here.
     *
     * @param wanted a cipher's name, or nothing for any
     */
    static Aeads choose(String wanted) {
        for (Aeads candidate : FASTEST_FIRST) {
            boolean isWanted = wanted.isEmpty() || candidate.name().equals(wanted);
            if (isWanted && works(candidate)) {
                return candidate;
            }
        }
        if (wanted.isEmpty()) {
            throw new IllegalStateException("no ChaCha20-Poly1305 works here, not even the JDK's");
        }
        throw new IllegalStateException(
                "cipher '" + wanted + "' (" + PROPERTY + ") does not work here; provider, evp and jdk are known");
    }

    /** A binding that is not there shows as an error while its class is initialised. */
    private static boolean works(Aeads candidate) {
        try {
            return passes(candidate);
        } catch (IllegalStateException | LinkageError absent) {
            return false;
        }
    }

    static boolean passes(Aeads candidate) {
        long key = KeyVault.allocate();
        try (Arena arena = Arena.ofConfined()) {
            for (int i = 0; i < KeyVault.KEY_LENGTH; i++) {
                Memory.putByte(key + i, i);
            }
            try (Aead aead = candidate.create(key)) {
                return AeadSelfTest.passes(aead, Memory.allocate(arena, AeadSelfTest.SCRATCH_LENGTH));
            }
        } finally {
            KeyVault.release(key);
        }
    }
}
