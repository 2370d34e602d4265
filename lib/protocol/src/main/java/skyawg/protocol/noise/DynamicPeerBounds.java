package skyawg.protocol.noise;

/**
 * How many peers that nobody configured there may be, how long they stay and how fast they come. At a bound nobody is
 * put out for a newcomer.
 *
 * @param maxStrangers that came by themselves; as many may be added by us
 * @param maxUnconfirmed strangers that have not used their session yet
 * @param maxRememberedKeys whose stamps are kept, of peers that are there and that have gone
 * @param sourcePerSecond strangers from one source, an IPv4 address or an IPv6 /64
 * @param sourceBurst how many of them at once: at most those of two seconds
 * @param confirmNanos after which a peer without a confirmed session goes
 * @param idleNanos after which a peer that is not in use goes
 */
public record DynamicPeerBounds(
        int maxStrangers,
        int maxUnconfirmed,
        int maxRememberedKeys,
        int sourcePerSecond,
        int sourceBurst,
        long confirmNanos,
        long idleNanos) {
    /** The specification's. */
    public static final DynamicPeerBounds DEFAULT = new DynamicPeerBounds(
            4_096, 512, 65_536, 5, 10, 5 * Constants.NANOS_PER_SECOND, 60 * Constants.NANOS_PER_SECOND);

    public DynamicPeerBounds {
        if (maxStrangers < 1 || maxUnconfirmed < 1 || maxRememberedKeys < 1 || confirmNanos < 1 || idleNanos < 1) {
            throw new IllegalArgumentException("every bound is at least 1");
        }
        if (sourcePerSecond < 1 || sourceBurst < 1 || sourceBurst > 2L * sourcePerSecond) {
            throw new IllegalArgumentException("a source's burst is that of two seconds at most, and at least 1");
        }
    }
}
