package skyawg.protocol.crypto;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Probes the ciphers that may be there, from the fastest down. One that cannot be bound, or whose answers are wrong, is
 * left out: a library's private layout may change, a wrong answer must not. Any thread may call it.
 */
final class CipherLadder<C> {
    static final String PROPERTY = "skyawg.cipher";

    private final String cipher;
    private final List<C> fastestFirst;
    private final Function<C, String> name;
    private final Predicate<C> passes;

    private @Nullable C chosen;

    /**
     * @param cipher what the candidates are, for messages
     * @param name of a candidate, as {@link #PROPERTY} calls it
     * @param passes a candidate's self-test
     */
    CipherLadder(String cipher, List<C> fastestFirst, Function<C, String> name, Predicate<C> passes) {
        this.cipher = cipher;
        this.fastestFirst = fastestFirst;
        this.name = name;
        this.passes = passes;
    }

    List<C> all() {
        List<C> working = new ArrayList<>();
        for (C candidate : fastestFirst) {
            if (works(candidate)) {
                working.add(candidate);
            }
        }
        return List.copyOf(working);
    }

    /** Chosen at first use. A named cipher that does not work is the user's to mend: asking again says so again. */
    synchronized C best() {
        C best = chosen;
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
    C choose(String wanted) {
        for (C candidate : fastestFirst) {
            boolean isWanted = wanted.isEmpty() || name.apply(candidate).equals(wanted);
            if (isWanted && works(candidate)) {
                return candidate;
            }
        }
        if (wanted.isEmpty()) {
            throw new IllegalStateException("no " + cipher + " works here, not even the JDK's");
        }
        throw new IllegalStateException("cipher '" + wanted + "' (" + PROPERTY + ") does not work here as " + cipher
                + "; provider, evp and jdk are known");
    }

    /** A binding that is not there shows as an error while its class is initialised. */
    private boolean works(C candidate) {
        try {
            return passes.test(candidate);
        } catch (IllegalStateException | LinkageError absent) {
            return false;
        }
    }
}
