package skyawg.protocol.obfuscation;

import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.names.UintRange;

/**
 * The five timing ranges with WireGuard's defaults in place of what is unset. Ranges are in seconds; draws are uniform
 * in milliseconds from the low end to the high end, both included, so that no session ends on a whole second.
 *
 * <p>Draw RekeyAfterTime, RejectAfterTime and KeepaliveTimeout once a session and RekeyTimeout once an attempt. A draw
 * at every packet would always end at the low end under load, which is a pattern of its own.
 *
 * @param maxHandshakeAttempts a count, not seconds
 */
public record TimingParameters(
        UintRange rekeyAfterTime,
        UintRange rekeyTimeout,
        UintRange rejectAfterTime,
        UintRange keepaliveTimeout,
        UintRange maxHandshakeAttempts) {
    public static final TimingParameters DEFAULTS = of(ParameterSet.DEFAULTS);

    private static final long MILLIS_PER_SECOND = 1000;

    public static TimingParameters of(ParameterSet set) {
        return new TimingParameters(
                orDefault(set.range(Parameter.REKEY_AFTER_TIME), 120),
                orDefault(set.range(Parameter.REKEY_TIMEOUT), 5),
                orDefault(set.range(Parameter.REJECT_AFTER_TIME), 180),
                orDefault(set.range(Parameter.KEEPALIVE_TIMEOUT), 10),
                orDefault(set.range(Parameter.MAX_HANDSHAKE_ATTEMPTS), 18));
    }

    /** A draw from a range of seconds, in milliseconds. Serves the persistent keepalive too. */
    public static long drawMillis(UintRange seconds, Entropy entropy) {
        long low = seconds.low() * MILLIS_PER_SECOND;
        return seconds.isSingle() ? low : entropy.uniform(low, seconds.high() * MILLIS_PER_SECOND);
    }

    public long drawRekeyAfterMillis(Entropy entropy) {
        return drawMillis(rekeyAfterTime, entropy);
    }

    public long drawRekeyTimeoutMillis(Entropy entropy) {
        return drawMillis(rekeyTimeout, entropy);
    }

    public long drawRejectAfterMillis(Entropy entropy) {
        return drawMillis(rejectAfterTime, entropy);
    }

    public long drawKeepaliveTimeoutMillis(Entropy entropy) {
        return drawMillis(keepaliveTimeout, entropy);
    }

    /** How many initiations may follow the first without an answer. */
    public int drawMaxHandshakeAttempts(Entropy entropy) {
        return (int) entropy.uniform(maxHandshakeAttempts.low(), maxHandshakeAttempts.high());
    }

    /** The least time between two initiations to one peer. */
    public long minRekeyTimeoutMillis() {
        return rekeyTimeout.low() * MILLIS_PER_SECOND;
    }

    public long minKeepaliveTimeoutMillis() {
        return keepaliveTimeout.low() * MILLIS_PER_SECOND;
    }

    public long maxKeepaliveTimeoutMillis() {
        return keepaliveTimeout.high() * MILLIS_PER_SECOND;
    }

    /** How long a key may live. Keys are erased after three times as long. */
    public long maxRejectAfterMillis() {
        return rejectAfterTime.high() * MILLIS_PER_SECOND;
    }

    private static UintRange orDefault(UintRange range, long defaultValue) {
        return range.isZero() ? UintRange.of(defaultValue) : range;
    }
}
