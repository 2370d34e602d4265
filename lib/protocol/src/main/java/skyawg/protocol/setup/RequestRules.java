package skyawg.protocol.setup;

import skyawg.protocol.names.PublicKey;

/**
 * What a hop looks at in every request before it spends more on it: the time, the ranges, and where a transit would
 * dial. A node's own policy, its capacity and its services come after. Immutable.
 */
public final class RequestRules {
    /** How far a request's time may be from ours. */
    public static final long CLOCK_SECONDS = 120;

    private static final int SHORTEST_PREFIX = 24;
    private static final int LONGEST_PREFIX = 30;

    private final PublicKey self;
    private final DialableAddresses addresses;

    /** @param self our key S */
    public RequestRules(PublicKey self, DialableAddresses addresses) {
        this.self = self;
        this.addresses = addresses;
    }

    /** @param upstream the key S of the neighbour that sent the request */
    Status check(Request request, PublicKey upstream, long unixSeconds) {
        return switch (request) {
            case UnreadableRequest unreadable -> Status.POLICY;
            case TransitRequest transit -> check(transit, upstream, unixSeconds);
            case EgressRequest egress -> check(egress, unixSeconds);
        };
    }

    private Status check(TransitRequest request, PublicKey upstream, long unixSeconds) {
        if (isClockWrong(request.unixSeconds(), unixSeconds)) {
            return Status.CLOCK;
        }
        boolean mayDial = isLifetime(request.lifetimeSeconds())
                && !request.nextHop().equals(self)
                && !request.nextHop().equals(upstream)
                && addresses.contains(request.address())
                && DialableAddresses.isPort(request.port());
        return mayDial ? Status.OK : Status.POLICY;
    }

    private Status check(EgressRequest request, long unixSeconds) {
        if (isClockWrong(request.unixSeconds(), unixSeconds)) {
            return Status.CLOCK;
        }
        boolean isLegal = isLifetime(request.lifetimeSeconds())
                && request.ipv4PrefixLength() >= SHORTEST_PREFIX
                && request.ipv4PrefixLength() <= LONGEST_PREFIX
                && request.lspNumber() != 0;
        return isLegal ? Status.OK : Status.POLICY;
    }

    private boolean isClockWrong(long requestSeconds, long unixSeconds) {
        return Math.abs(requestSeconds - unixSeconds) > CLOCK_SECONDS;
    }

    private static boolean isLifetime(int seconds) {
        return seconds >= Request.SHORTEST_LIFETIME && seconds <= Request.LONGEST_LIFETIME;
    }
}
