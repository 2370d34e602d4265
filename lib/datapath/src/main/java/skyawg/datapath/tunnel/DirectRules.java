package skyawg.datapath.tunnel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.mpls.Ftn;
import skyawg.protocol.mpls.FtnRule;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.wire.IpHeader;
import skyawg.protocol.wire.Memory;

/**
 * Which packets of which interfaces and clients go into the mesh without the kernel: those that a rule names, and of
 * them those that the kernel would send there as well. What is for this machine itself, or for its link alone, is the
 * kernel's. Never changes; any thread.
 */
public final class DirectRules {
    /** What no router forwards. */
    private static final List<Cidr> NEVER_FORWARDED = List.of(
            Cidr.parse("0.0.0.0/8"),
            Cidr.parse("127.0.0.0/8"),
            Cidr.parse("169.254.0.0/16"),
            Cidr.parse("224.0.0.0/4"),
            Cidr.parse("255.255.255.255/32"),
            Cidr.parse("::1/128"),
            Cidr.parse("fe80::/10"),
            Cidr.parse("ff00::/8"));

    private static final int V4_BITS = 32;
    private static final int V6_BITS = 128;

    private static final Way KERNEL = new Way(null, true);

    /** Everything is the kernel's. */
    public static final DirectRules NONE = new DirectRules(List.of(), new ClientPrefixes(null, null), Set.of());

    private final Ftn<Object, Way> ftn = new Ftn<>();
    private final Set<String> interfaces = new HashSet<>();
    private final Set<PublicKey> clients = new HashSet<>();
    private final ClientPrefixes prefixes;

    /**
     * What goes by a tunnel.
     *
     * @param source a client's {@link PublicKey}, the name of the interface that it comes in by, or null for any
     * @param dscp 0 to 63, or {@link FtnRule#ANY_DSCP}
     */
    public record Rule(@Nullable Object source, Cidr destination, int dscp, IngressEdge.Route route) {}

    /** The prefixes that the ingress maps; null: none of that version. */
    public record ClientPrefixes(
            @Nullable Cidr v4, @Nullable Cidr v6) {}

    /**
     * Where a packet goes.
     *
     * @param route null: to the kernel
     * @param isKernelSafe whether the kernel would lead it into the same tunnel, or nowhere
     */
    record Way(IngressEdge.@Nullable Route route, boolean isKernelSafe) {}

    /**
     * @param rules those of any source count for the interfaces that another rule names
     * @param own this machine's addresses
     * @throws IllegalArgumentException when two rules decide about the same packets
     */
    public DirectRules(Collection<Rule> rules, ClientPrefixes prefixes, Collection<IpAddress> own) {
        this.prefixes = prefixes;
        for (Rule rule : rules) {
            switch (rule.source()) {
                case null -> {}
                case String name -> interfaces.add(name);
                case PublicKey key -> clients.add(key);
                default -> throw new IllegalArgumentException("no source of packets: " + rule.source());
            }
        }
        List<FtnRule<Object, Way>> named = new ArrayList<>();
        Map<List<Object>, FtnRule<Object, Way>> ofAny = new LinkedHashMap<>();
        for (Rule rule : rules) {
            Way way = new Way(rule.route(), !(rule.source() instanceof PublicKey));
            FtnRule<Object, Way> entry = new FtnRule<>(rule.source(), rule.destination(), rule.dscp(), way);
            if (rule.source() == null) {
                ofAny.put(List.of(rule.destination(), rule.dscp()), entry);
            } else {
                named.add(entry);
            }
        }
        for (FtnRule<Object, Way> rule : List.copyOf(ofAny.values())) {
            nameForAll(rule, named);
        }
        ofAny.replaceAll((_, rule) -> new FtnRule<>(null, rule.destination(), rule.dscp(), KERNEL));
        NEVER_FORWARDED.forEach(prefix -> leave(prefix, ofAny));
        own.forEach(address -> leave(new Cidr(address, address.isV6() ? V6_BITS : V4_BITS), ofAny));
        named.addAll(ofAny.values());
        ftn.replace(named);
    }

    /** The kernel asks one table for all packets of a named interface, so any rule there counts for them. */
    private void nameForAll(FtnRule<Object, Way> rule, List<FtnRule<Object, Way>> named) {
        for (String name : interfaces) {
            boolean isThere = named.stream()
                    .anyMatch(other -> name.equals(other.source())
                            && other.dscp() == rule.dscp()
                            && other.destination().equals(rule.destination()));
            if (!isThere) {
                named.add(new FtnRule<>(name, rule.destination(), rule.dscp(), rule.tunnel()));
            }
        }
    }

    private static void leave(Cidr prefix, Map<List<Object>, FtnRule<Object, Way>> ofAny) {
        ofAny.put(List.of(prefix, FtnRule.ANY_DSCP), new FtnRule<>(null, prefix, FtnRule.ANY_DSCP, KERNEL));
    }

    /** Whether there is any interface or client to look at. */
    boolean isEmpty() {
        return interfaces.isEmpty() && clients.isEmpty();
    }

    boolean namesInterface(String name) {
        return interfaces.contains(name);
    }

    boolean namesClient(PublicKey key) {
        return clients.contains(key);
    }

    /**
     * Finds where a packet goes.
     *
     * @param client null when no rule names it
     */
    Way find(@Nullable PublicKey client, String fromInterface, long packet) {
        Way way = IpHeader.version(packet) == 4
                ? ftn.lookupV4(
                        client,
                        fromInterface,
                        Memory.getIntBe(packet + IpHeader.V4_DESTINATION_OFFSET),
                        IpHeader.dscp(packet))
                : ftn.lookupV6(
                        client,
                        fromInterface,
                        Memory.getLongBe(packet + IpHeader.V6_DESTINATION_OFFSET),
                        Memory.getLongBe(packet + IpHeader.V6_DESTINATION_OFFSET + Long.BYTES),
                        IpHeader.dscp(packet));
        return way == null ? KERNEL : way;
    }

    /**
     * The rule that decides about a client's packet, for whoever wants to know why. One without a route leaves the
     * packet to the kernel.
     *
     * @param client null for one that is not told from others
     * @return null when no rule fits: the packet is the kernel's
     */
    public @Nullable FtnRule<Object, IngressEdge.Route> find(
            @Nullable PublicKey client, String fromInterface, IpAddress destination, int dscp) {
        PublicKey named = client != null && namesClient(client) ? client : null;
        if (named == null && !namesInterface(fromInterface)) {
            return null;
        }
        FtnRule<Object, Way> rule = ftn.find(named, fromInterface, destination, dscp);
        if (rule == null) {
            return null;
        }
        Way way = rule.tunnel();
        return new FtnRule<>(rule.source(), rule.destination(), rule.dscp(), way == null ? null : way.route());
    }

    /** Whether routers send on what goes to this address. */
    public static boolean isForwarded(IpAddress destination) {
        return NEVER_FORWARDED.stream().noneMatch(prefix -> prefix.contains(destination));
    }

    /** Whether the ingress can map a packet's source address. */
    boolean isMappable(long packet) {
        return IpHeader.version(packet) == 4
                ? holds(prefixes.v4(), 0, Memory.getIntBe(packet + IpHeader.V4_SOURCE_OFFSET) & 0xffff_ffffL)
                : holds(
                        prefixes.v6(),
                        Memory.getLongBe(packet + IpHeader.V6_SOURCE_OFFSET),
                        Memory.getLongBe(packet + IpHeader.V6_SOURCE_OFFSET + Long.BYTES));
    }

    private static boolean holds(@Nullable Cidr prefix, long high, long low) {
        if (prefix == null) {
            return false;
        }
        IpAddress base = prefix.address();
        int hostBits = (base.isV6() ? V6_BITS : V4_BITS) - prefix.prefixBits();
        return hostBits <= Long.SIZE
                && base.high() == high
                && (hostBits == Long.SIZE || (base.low() ^ low) >>> hostBits == 0);
    }
}
