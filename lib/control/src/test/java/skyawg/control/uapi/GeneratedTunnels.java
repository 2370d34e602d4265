package skyawg.control.uapi;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.names.Endpoint;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.names.Secret;
import skyawg.protocol.names.UintRange;
import skyawg.protocol.obfuscation.Parameter;
import skyawg.protocol.obfuscation.ParameterSet;
import skyawg.protocol.obfuscation.ParameterValue;
import skyawg.protocol.tunnel.InterfaceSnapshot;
import skyawg.protocol.tunnel.InterfaceUpdate;
import skyawg.protocol.tunnel.PeerSnapshot;
import skyawg.protocol.tunnel.PeerUpdate;

/** Random updates and snapshots: every field is there in some of them, and every value fits its field. */
public final class GeneratedTunnels {
    private static final String[] TAGS = {"<b 0xc0ffee>", "<r 12>", "<rc 5>", "<rd 7>", "<t>", " ", "text", "<r 5><t>"};

    private final Random random;

    public GeneratedTunnels(long seed) {
        this.random = new Random(seed);
    }

    public InterfaceUpdate update() {
        List<PeerUpdate> peers = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            peers.add(peerUpdate());
        }
        return new InterfaceUpdate(
                maybe(secret()),
                maybe(random.nextInt(0x10000)),
                maybe(number(UintRange.MAX)),
                random.nextBoolean(),
                parameters(),
                peers);
    }

    public InterfaceSnapshot snapshot(String name) {
        List<PeerSnapshot> peers = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            peers.add(peerSnapshot());
        }
        return new InterfaceSnapshot(
                name,
                maybe(secret()),
                Optional.empty(),
                random.nextInt(0x10000),
                number(UintRange.MAX),
                ParameterSet.DEFAULTS.with(parameters()),
                peers);
    }

    private PeerUpdate peerUpdate() {
        if (random.nextInt(5) == 0) {
            return new PeerUpdate(
                    publicKey(), false, true, Optional.empty(), Optional.empty(), Optional.empty(), false, List.of());
        }
        List<PeerUpdate.AllowedIpChange> prefixes = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            prefixes.add(new PeerUpdate.AllowedIpChange(prefix(), random.nextInt(4) == 0));
        }
        return new PeerUpdate(
                publicKey(),
                random.nextBoolean(),
                false,
                maybe(secret()),
                maybe(endpoint()),
                maybe(range(0xffff)),
                random.nextBoolean(),
                prefixes);
    }

    private PeerSnapshot peerSnapshot() {
        List<Cidr> prefixes = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            prefixes.add(prefix());
        }
        return new PeerSnapshot(
                publicKey(),
                maybe(secret()),
                maybe(endpoint()),
                random.nextInt(3) == 0 ? 0 : number(1L << 40),
                random.nextInt(1_000_000_000),
                random.nextLong(),
                random.nextLong(),
                range(0xffff),
                prefixes);
    }

    /** Never zero: that is what unset reads back as. */
    private Map<Parameter, ParameterValue> parameters() {
        Map<Parameter, ParameterValue> values = new EnumMap<>(Parameter.class);
        for (Parameter parameter : Parameter.values()) {
            if (random.nextBoolean()) {
                values.put(parameter, value(parameter));
            }
        }
        return values;
    }

    private ParameterValue value(Parameter parameter) {
        return switch (parameter.kind()) {
            case NUMBER -> new ParameterValue.Range(UintRange.of(1 + number(parameter.limit() - 1)));
            case RANGE -> {
                UintRange range = range(parameter.limit());
                yield new ParameterValue.Range(range.isZero() ? UintRange.of(1) : range);
            }
            case TAGS -> new ParameterValue.Tags(tags());
            case KEY -> new ParameterValue.Key(secret());
            case SWITCH -> new ParameterValue.Switch(random.nextBoolean());
        };
    }

    private String tags() {
        StringBuilder tags = new StringBuilder("<t>");
        for (int i = random.nextInt(4); i > 0; i--) {
            tags.append(TAGS[random.nextInt(TAGS.length)]);
        }
        return tags.append("<t>").toString();
    }

    private Endpoint endpoint() {
        if (random.nextInt(5) == 0) {
            // A zone belongs to a link-local address, and names an interface that every machine has.
            return new Endpoint(IpAddress.v6(0xfe80L << 48, random.nextLong()), "lo", random.nextInt(0x10000));
        }
        return Endpoint.of(address(), random.nextInt(0x10000));
    }

    private Cidr prefix() {
        IpAddress address = address();
        return new Cidr(address, random.nextInt(address.bits() + 1));
    }

    private IpAddress address() {
        if (random.nextBoolean()) {
            return IpAddress.v4(random.nextInt());
        }
        long low = random.nextInt(3) == 0 ? random.nextInt(0x10000) : random.nextLong();
        return IpAddress.v6(random.nextInt(3) == 0 ? 0 : random.nextLong(), low);
    }

    private PublicKey publicKey() {
        byte[] bytes = new byte[PublicKey.LENGTH];
        random.nextBytes(bytes);
        return PublicKey.of(bytes);
    }

    private Secret secret() {
        byte[] bytes = new byte[Secret.LENGTH];
        random.nextBytes(bytes);
        return Secret.owning(bytes);
    }

    private UintRange range(long limit) {
        long low = number(limit);
        return random.nextBoolean() ? UintRange.of(low) : new UintRange(low, low + number(limit - low));
    }

    /** From 0 to the limit, small ones and the limit itself among them. */
    private long number(long limit) {
        return switch (random.nextInt(4)) {
            case 0 -> Math.min(limit, random.nextInt(10));
            case 1 -> limit - Math.min(limit, random.nextInt(2));
            default -> random.nextLong(limit + 1);
        };
    }

    private <T> Optional<T> maybe(T value) {
        return random.nextBoolean() ? Optional.of(value) : Optional.empty();
    }
}
