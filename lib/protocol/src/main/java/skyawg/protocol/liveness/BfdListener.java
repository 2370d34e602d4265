package skyawg.protocol.liveness;

/** Told of changes of a session, from within the call that led to it. */
@FunctionalInterface
public interface BfdListener {
    /** A change from {@link BfdState#UP} or {@link BfdState#INIT} to {@link BfdState#DOWN} means: the link is down. */
    void stateChanged(BfdState from, BfdState to, BfdDiagnostic diagnostic);
}
