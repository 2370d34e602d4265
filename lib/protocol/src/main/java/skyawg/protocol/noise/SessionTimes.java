package skyawg.protocol.noise;

import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.obfuscation.TimingParameters;

/**
 * How long one session's key is used, in nanoseconds from its making, drawn once for the session: a draw at every
 * packet would always end at the low end of the range.
 *
 * @param rekeyAfterSending the initiator asks for a new key when it sends later than this
 * @param rekeyAfterReceiving the initiator asks for a new key, once, when it receives later than this
 * @param expire neither used nor accepted later than this
 * @param keepalive the passive keepalive's delay
 */
record SessionTimes(long rekeyAfterSending, long rekeyAfterReceiving, long expire, long keepalive) {
    static SessionTimes draw(TimingParameters timing, Entropy entropy) {
        long receiving = timing.drawRejectAfterMillis(entropy)
                - timing.minKeepaliveTimeoutMillis()
                - timing.minRekeyTimeoutMillis();
        return new SessionTimes(
                nanos(timing.drawRekeyAfterMillis(entropy)),
                nanos(Math.max(0, receiving)),
                nanos(timing.maxRejectAfterMillis()),
                nanos(timing.drawKeepaliveTimeoutMillis(entropy)));
    }

    private static long nanos(long millis) {
        return millis * Constants.NANOS_PER_MILLI;
    }
}
