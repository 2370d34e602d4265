package skyawg.control.mesh;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import skyawg.protocol.mpls.LspMode;
import skyawg.protocol.multipath.SchedulerKind;
import skyawg.protocol.names.PublicKey;

/**
 * A tunnel that is wanted. The sets keep their order, so that a file reads back as it was written.
 *
 * @param name 1 to 32 characters of {@code A-Z a-z 0-9 _ - .}
 * @param hops of each path, the egress counted: 1 to 6
 * @param active paths that carry user data, 1 to 16
 * @param warm paths kept ready; both together at most 16
 * @param exits nodes to end at; empty for any that offers the service
 * @param firstHops nodes to begin with; empty for the guards
 * @param avoid tags of nodes to keep away from: {@code family:0123abcd}
 * @param isDiverse no two nodes of a tunnel in one /16 or /32
 * @param prefixLength of the IPv4 prefix that is asked of the egress, 24 to 30
 * @param lifetimeSeconds of each path, 60 to 3540
 */
public record TunnelConfig(
        String name,
        ExitService exit,
        int hops,
        int active,
        int warm,
        LspMode mode,
        SchedulerKind scheduler,
        Set<PublicKey> exits,
        Set<PublicKey> firstHops,
        Set<String> avoid,
        boolean isDiverse,
        int prefixLength,
        int lifetimeSeconds) {

    public static final int MAX_HOPS = 6;
    public static final int MAX_PATHS = 16;
    public static final int MAX_NAME_LENGTH = 32;

    private static final int MAX_LISTED = 64;
    private static final int SHORTEST_PREFIX = 24;
    private static final int LONGEST_PREFIX = 30;
    private static final int SHORTEST_LIFETIME = 60;
    private static final int LONGEST_LIFETIME = 3540;
    private static final String FAMILY_TAG = "family:[0-9a-f]{8}";

    /** @throws IllegalArgumentException saying what is wrong */
    public TunnelConfig {
        requireName(name);
        require(hops >= 1 && hops <= MAX_HOPS, "a path has 1 to 6 hops, the exit counted, not " + hops);
        require(
                active >= 1 && warm >= 0 && active + warm <= MAX_PATHS,
                "a tunnel has 1 to 16 paths, at least one of them active, not " + active + " active and " + warm
                        + " warm ones");
        require(
                prefixLength >= SHORTEST_PREFIX && prefixLength <= LONGEST_PREFIX,
                "a tunnel's IPv4 prefix has 24 to 30 bits, not " + prefixLength);
        require(
                lifetimeSeconds >= SHORTEST_LIFETIME && lifetimeSeconds <= LONGEST_LIFETIME,
                "a path lives 60 to 3540 seconds, not " + lifetimeSeconds);
        for (Collection<?> listed : new Collection<?>[] {exits, firstHops, avoid}) {
            require(listed.size() <= MAX_LISTED, "at most " + MAX_LISTED + " nodes or tags can be named");
        }
        for (String tag : avoid) {
            require(tag.matches(FAMILY_TAG), "what can be avoided is family:0123abcd, not '" + tag + "'");
        }
        exits = new LinkedHashSet<>(exits);
        firstHops = new LinkedHashSet<>(firstHops);
        avoid = new LinkedHashSet<>(avoid);
    }

    /** Three hops, three active paths and two warm ones, to the Internet. */
    public static TunnelConfig of(String name) {
        return new TunnelConfig(
                name,
                ExitService.INTERNET,
                3,
                3,
                2,
                LspMode.ONION,
                SchedulerKind.ECF,
                Set.of(),
                Set.of(),
                Set.of(),
                true,
                28,
                600);
    }

    /** Nodes between the ingress and the exit. */
    public int transits() {
        return hops - 1;
    }

    static void requireName(String name) {
        require(
                name.matches("[A-Za-z0-9_.-]{1," + MAX_NAME_LENGTH + "}"),
                "a tunnel's name has 1 to " + MAX_NAME_LENGTH + " characters A-Z a-z 0-9 _ - . and is not '" + name
                        + "'");
    }

    private static void require(boolean isTrue, String otherwise) {
        if (!isTrue) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
