package skyawg.protocol.noise;

/**
 * The protocol's numbers under the paper's names (WireGuard paper §6). Times are in nanoseconds, counters and message
 * numbers unsigned.
 *
 * <p>REKEY_AFTER_TIME, REJECT_AFTER_TIME, REKEY_TIMEOUT and KEEPALIVE_TIMEOUT are ranges in AmneziaWG and live in
 * {@link skyawg.protocol.obfuscation.TimingParameters}, with the paper's values as their defaults.
 */
public final class Constants {
    /** Above this many messages under one key the sender asks for a new one. */
    public static final long REKEY_AFTER_MESSAGES = 1L << 60;

    /** At this counter, 2^64 - 2^13 - 1, a key is neither used nor accepted any more. Unsigned. */
    public static final long REJECT_AFTER_MESSAGES = -(1L << 13) - 1;

    /** A cookie, and the secret that cookies are made with, serve this long. */
    public static final long COOKIE_REFRESH_TIME = 120_000_000_000L;

    /** Two accepted initiations of one peer are further apart than this. */
    public static final long HANDSHAKE_INITIATION_SPACING = 20_000_000L;

    /**
     * A retransmission is late by a whole number of milliseconds from 0 to this, so that two peers do not stay in step.
     */
    public static final long REKEY_TIMEOUT_JITTER_MAX_MILLIS = 333;

    /** Handshake messages that may wait for the conductor; those beyond are dropped. */
    public static final int HANDSHAKE_QUEUE_LENGTH = 1024;

    /** From this many waiting handshake messages on an interface is under load. */
    public static final int UNDER_LOAD_QUEUE_LENGTH = HANDSHAKE_QUEUE_LENGTH / 8;

    /** An interface stays under load for this long after its queue was last that long. */
    public static final long UNDER_LOAD_AFTER_TIME = 1_000_000_000L;

    public static final int MAX_PEERS = 65_536;

    static final long NANOS_PER_MILLI = 1_000_000L;
    static final long NANOS_PER_SECOND = 1_000_000_000L;

    private Constants() {}
}
