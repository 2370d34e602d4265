package skyawg.control.mesh;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import skyawg.control.config.ConfigWriter;
import skyawg.protocol.mpls.FtnRule;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.record.AddressedRecord;
import skyawg.protocol.setup.DialableAddresses;

/** Writes a configuration as text, which {@link MeshConfigReader} reads as the same again. */
public final class MeshConfigWriter {
    private static final String HEAD = "# Written by sky-route(8) as well: comments of your own are lost then.\n";

    private MeshConfigWriter() {}

    /** The text holds the private key, and the secret, unless they stand in files of their own. */
    public static String write(MeshConfig config) {
        StringBuilder out = new StringBuilder(HEAD).append("[Mesh]\n");
        ConfigWriter.line(out, "Name", config.name().text());
        config.secret().ifPresent(secret -> key(out, "Secret", secret));
        key(out, "PrivateKey", config.privateKey());
        offer(out, config.offer());
        edges(out, config.edges());
        for (RecordFile file : config.recordFiles()) {
            ConfigWriter.line(out, "RecordFile", file.path().toString());
        }
        for (AddressedRecord known : config.records()) {
            ConfigWriter.line(out, "Record", known.toText());
        }
        for (TunnelConfig tunnel : config.tunnels()) {
            out.append('\n');
            tunnel(out, tunnel);
        }
        for (FtnConfig rule : config.ftn()) {
            out.append("\n[Ftn]\n");
            ConfigWriter.line(out, "To", rule.destination().toString());
            rule.from().ifPresent(from -> ConfigWriter.line(out, "In", from));
            rule.client().ifPresent(client -> ConfigWriter.line(out, "Client", client.toBase64()));
            if (rule.dscp() != FtnRule.ANY_DSCP) {
                ConfigWriter.line(out, "Dscp", Integer.toString(rule.dscp()));
            }
            ConfigWriter.line(out, "Tunnel", rule.tunnel());
        }
        for (LabelConfig rule : config.labels()) {
            out.append('\n');
            label(out, rule);
        }
        return out.toString();
    }

    private static void label(StringBuilder out, LabelConfig rule) {
        out.append("[Label]\n");
        ConfigWriter.line(out, "In", rule.in().toBase64());
        ConfigWriter.line(out, "Label", Integer.toString(rule.label()));
        if (rule.isPop()) {
            ConfigWriter.line(out, "Pop", "on");
        } else {
            ConfigWriter.line(out, "Swap", Integer.toString(rule.swap()));
            ConfigWriter.line(out, "Out", rule.out().orElseThrow().toBase64());
        }
    }

    private static void key(StringBuilder out, String name, KeptKey kept) {
        if (kept.file().isPresent()) {
            ConfigWriter.line(out, name + "File", kept.file().get().toString());
        } else {
            ConfigWriter.line(out, name, kept.key().revealBase64());
        }
    }

    private static void offer(StringBuilder out, NodeOffer offer) {
        if (!offer.roles().isEmpty()) {
            ConfigWriter.line(
                    out,
                    "Offer",
                    EnumSet.copyOf(offer.roles()).stream()
                            .map(role -> role.name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", ")));
        }
        String addresses = Stream.of(offer.ip4(), offer.ip6())
                .flatMap(Optional::stream)
                .map(IpAddress::toString)
                .collect(Collectors.joining(", "));
        if (!addresses.isEmpty()) {
            ConfigWriter.line(out, "Address", addresses);
        }
        if (offer.port() != 0) {
            ConfigWriter.line(out, "ListenPort", Integer.toString(offer.port()));
        }
        if (offer.capacityKbits() != 0) {
            ConfigWriter.line(out, "Capacity", Long.toString(offer.capacityKbits()));
        }
        if (offer.family() != 0) {
            ConfigWriter.line(out, "Family", String.format(Locale.ROOT, "%08x", offer.family()));
        }
        if (offer.dialable() != DialableAddresses.GLOBAL) {
            ConfigWriter.line(out, "Dial", MeshConfigReader.wordOf(offer.dialable()));
        }
    }

    private static void edges(StringBuilder out, NodeEdges edges) {
        if (!edges.clientsText().equals(NodeEdges.DEFAULT.clientsText())) {
            ConfigWriter.line(out, "Clients", edges.clientsText());
        }
        if (!edges.exitAllow().isEmpty()) {
            ConfigWriter.line(out, "ExitAllow", edges.exitAllowText());
        }
    }

    private static void tunnel(StringBuilder out, TunnelConfig tunnel) {
        TunnelConfig usual = TunnelConfig.of(tunnel.name());
        out.append("[Tunnel]\n");
        ConfigWriter.line(out, "Name", tunnel.name());
        for (String key : TunnelSettings.KEYS) {
            String value = value(tunnel, key);
            boolean isAlwaysNamed =
                    key.equals("Exit") || key.equals("Hops") || key.equals("Active") || key.equals("Warm");
            if (isAlwaysNamed || !value.equals(value(usual, key))) {
                ConfigWriter.line(out, key, value);
            }
        }
    }

    /** @param key of {@link TunnelSettings#KEYS} */
    public static String value(TunnelConfig tunnel, String key) {
        return switch (key) {
            case "Exit" -> tunnel.exit().toString();
            case "Hops" -> Integer.toString(tunnel.hops());
            case "Active" -> Integer.toString(tunnel.active());
            case "Warm" -> Integer.toString(tunnel.warm());
            case "Mode" -> tunnel.mode().name().toLowerCase(Locale.ROOT);
            case "Scheduler" -> tunnel.scheduler().text();
            case "Exits" -> keys(tunnel.exits());
            case "FirstHops" -> keys(tunnel.firstHops());
            case "Avoid" -> String.join(", ", tunnel.avoid());
            case "Diverse" -> tunnel.isDiverse() ? "on" : "off";
            case "PrefixLength" -> Integer.toString(tunnel.prefixLength());
            case "Lifetime" -> Integer.toString(tunnel.lifetimeSeconds());
            default -> throw new IllegalArgumentException("a tunnel has no key '" + key + "'");
        };
    }

    private static String keys(Collection<PublicKey> keys) {
        return keys.stream().map(PublicKey::toBase64).collect(Collectors.joining(", "));
    }
}
