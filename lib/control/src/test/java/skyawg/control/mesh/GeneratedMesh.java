package skyawg.control.mesh;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import skyawg.protocol.mpls.FtnRule;
import skyawg.protocol.mpls.LabelStackEntry;
import skyawg.protocol.mpls.LspMode;
import skyawg.protocol.multipath.SchedulerKind;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.names.Secret;
import skyawg.protocol.record.AddressedRecord;
import skyawg.protocol.record.MeshName;
import skyawg.protocol.record.NodeRecord;
import skyawg.protocol.record.Role;
import skyawg.protocol.setup.DialableAddresses;

/** Random configurations that are valid. */
final class GeneratedMesh {
    private final Random random;
    private final int prefixLength;

    GeneratedMesh(long seed) {
        random = new Random(seed);
        prefixLength = 24 + random.nextInt(7);
    }

    MeshConfig config() {
        return new MeshConfig(
                new MeshName("lab-" + random.nextInt(1000)),
                maybe(() -> KeptKey.inline(secret())),
                KeptKey.inline(secret()),
                offer(),
                several(3, this::addressedRecord),
                List.of(),
                tunnels(),
                edges(),
                rules(),
                labels());
    }

    private List<LabelConfig> labels() {
        List<LabelConfig> labels = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            boolean isPop = random.nextBoolean();
            labels.add(new LabelConfig(
                    publicKey(),
                    LabelStackEntry.MIN_LABEL + random.nextInt(256),
                    isPop ? 0 : LabelStackEntry.MIN_LABEL + random.nextInt(589_824),
                    isPop ? Optional.empty() : Optional.of(publicKey())));
        }
        return labels;
    }

    private NodeEdges edges() {
        return new NodeEdges(
                new Cidr(IpAddress.v4(random.nextInt()), prefixLength),
                new Cidr(IpAddress.v6(random.nextLong(), random.nextLong()), 64),
                several(3, () -> new Cidr(IpAddress.v4(random.nextInt()), random.nextInt(33))));
    }

    private List<FtnConfig> rules() {
        List<FtnConfig> rules = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            Cidr destination = new Cidr(IpAddress.v4(i << 24 | random.nextInt(1 << 24)), 8 + random.nextInt(25));
            Optional<String> from = maybe(() -> "awg" + random.nextInt(9));
            Optional<PublicKey> client = from.isPresent() ? Optional.empty() : maybe(this::publicKey);
            rules.add(new FtnConfig(destination, from, client, FtnRule.ANY_DSCP, "t" + i));
            rules.add(new FtnConfig(destination, from, client, random.nextInt(64), "u" + i));
        }
        return rules;
    }

    private List<TunnelConfig> tunnels() {
        List<TunnelConfig> tunnels = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            tunnels.add(tunnel("t" + i));
        }
        return tunnels;
    }

    private TunnelConfig tunnel(String name) {
        int active = 1 + random.nextInt(8);
        return new TunnelConfig(
                name,
                ExitService.parse(pick("internet", "ygg", "i2p", "local:printer")),
                1 + random.nextInt(6),
                active,
                random.nextInt(9),
                pick(LspMode.values()),
                pick(SchedulerKind.values()),
                new LinkedHashSet<>(several(3, this::publicKey)),
                new LinkedHashSet<>(several(3, this::publicKey)),
                Set.copyOf(several(2, () -> String.format("family:%08x", random.nextInt()))),
                random.nextBoolean(),
                prefixLength,
                60 + random.nextInt(3480));
    }

    private NodeOffer offer() {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        roles.addAll(several(2, () -> pick(Role.TRANSIT, Role.INTERNET)));
        boolean needsAddress = !roles.isEmpty();
        return new NodeOffer(
                roles,
                needsAddress ? Optional.of(IpAddress.v4(random.nextInt())) : Optional.empty(),
                maybe(() -> IpAddress.v6(random.nextLong(), random.nextLong())),
                1024 + random.nextInt(60000),
                random.nextInt(1_000_000),
                random.nextInt(),
                pick(DialableAddresses.values()));
    }

    AddressedRecord addressedRecord() {
        NodeRecord node = new NodeRecord(
                1,
                random.nextInt(30),
                random.nextInt(256),
                random.nextLong(),
                publicKey(),
                publicKey(),
                random.nextInt(Integer.MAX_VALUE),
                0,
                51900,
                0);
        return new AddressedRecord(node, IpAddress.v4(random.nextInt()), AddressedRecord.NO_IP6);
    }

    PublicKey publicKey() {
        return PublicKey.of(bytes());
    }

    private Secret secret() {
        return Secret.owning(bytes());
    }

    private byte[] bytes() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return bytes;
    }

    private <T> Optional<T> maybe(Supplier<T> maker) {
        return random.nextBoolean() ? Optional.of(maker.get()) : Optional.empty();
    }

    private <T> List<T> several(int most, Supplier<T> maker) {
        List<T> all = new ArrayList<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            all.add(maker.get());
        }
        return all;
    }

    @SafeVarargs
    private <T> T pick(T... all) {
        return all[random.nextInt(all.length)];
    }
}
