package skyawg.protocol.crypto;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import skyawg.protocol.wire.Memory;

/**
 * Probes the ciphers that may be there, from the fastest down. One that cannot be bound, or whose answers are wrong, is
 * left out: a library's private layout may change, a wrong tag must not.
 */
final class AeadLadder {
    static final String PROPERTY = "skyawg.cipher";

    private static final List<Aeads> WORKING = probe();

    private AeadLadder() {}

    static List<Aeads> all() {
        return WORKING;
    }

    static Aeads best() {
        return choose(System.getProperty(PROPERTY, ""), WORKING);
    }

    /** @param wanted a cipher's name, or nothing for the fastest */
    static Aeads choose(String wanted, List<Aeads> working) {
        for (Aeads aeads : working) {
            if (wanted.isEmpty() || aeads.name().equals(wanted)) {
                return aeads;
            }
        }
        throw new IllegalStateException(
                "cipher '" + wanted + "' (" + PROPERTY + ") does not work here; provider, evp and jdk are known");
    }

    private static List<Aeads> probe() {
        List<Aeads> working = new ArrayList<>();
        for (Aeads candidate : List.of(new ProviderAeads(), new EvpAeads(), new JdkAeads())) {
            if (works(candidate)) {
                working.add(candidate);
            }
        }
        if (working.isEmpty()) {
            throw new IllegalStateException("no ChaCha20-Poly1305 works here, not even the JDK's");
        }
        return List.copyOf(working);
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
