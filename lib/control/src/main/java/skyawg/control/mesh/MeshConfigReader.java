package skyawg.control.mesh;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import skyawg.control.config.ConfigLine;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.names.Secret;
import skyawg.protocol.record.AddressedRecord;
import skyawg.protocol.record.MeshName;
import skyawg.protocol.record.Role;
import skyawg.protocol.setup.DialableAddresses;

/** Reads {@code mesh.conf}, whole or not at all. The first fault ends it. */
public final class MeshConfigReader {
    /** Roles that a node can play now. */
    private static final Set<Role> OFFERED = EnumSet.of(Role.TRANSIT, Role.INTERNET);

    private static final String MESH_KEYS =
            "Name, Secret, SecretFile, PrivateKey, PrivateKeyFile, Offer, Address, Clients, ExitAllow,"
                    + " ListenPort, Capacity, Family, Dial, Record, RecordFile";

    /** Reads a file that the configuration names. */
    @FunctionalInterface
    public interface Files {
        String read(Path file) throws IOException;
    }

    private enum Section {
        NONE,
        MESH,
        TUNNEL,
        FTN,
        LABEL
    }

    private final String label;
    private final Files files;
    private int lineNumber;
    private Section section = Section.NONE;

    private @Nullable MeshName name;
    private @Nullable KeptKey secret;
    private @Nullable KeptKey privateKey;
    private Set<Role> roles = Set.of();
    private Optional<IpAddress> ip4 = Optional.empty();
    private Optional<IpAddress> ip6 = Optional.empty();
    private int port;
    private long capacity;
    private int family;
    private DialableAddresses dialable = DialableAddresses.GLOBAL;
    private final List<AddressedRecord> records = new ArrayList<>();
    private final List<RecordFile> recordFiles = new ArrayList<>();
    private final List<TunnelConfig> tunnels = new ArrayList<>();
    private @Nullable TunnelSettings tunnel;
    private boolean hasTunnelName;
    private NodeEdges edges = NodeEdges.DEFAULT;
    private final List<FtnConfig> ftn = new ArrayList<>();
    private @Nullable FtnSettings rule;
    private final List<LabelConfig> labels = new ArrayList<>();
    private @Nullable LabelSettings labelRule;

    private MeshConfigReader(String label, Files files) {
        this.label = label;
        this.files = files;
    }

    /**
     * Reads a whole file. The caller closes the result.
     *
     * @param label what errors call the file
     * @param files reads those that it names
     */
    public static MeshConfig read(String text, String label, Files files) throws MeshConfigException {
        MeshConfigReader reader = new MeshConfigReader(label, files);
        boolean isRead = false;
        try {
            for (String line : text.split("\n", -1)) {
                reader.lineNumber++;
                reader.take(line);
            }
            MeshConfig config = reader.finish();
            isRead = true;
            return config;
        } finally {
            if (!isRead) {
                reader.wipe();
            }
        }
    }

    private void wipe() {
        for (KeptKey kept : new KeptKey[] {secret, privateKey}) {
            if (kept != null) {
                kept.key().close();
            }
        }
    }

    private void take(String line) throws MeshConfigException {
        int comment = line.indexOf('#');
        String content = (comment < 0 ? line : line.substring(0, comment)).strip();
        if (content.isEmpty()) {
            return;
        }
        if (content.startsWith("[")) {
            beginSection(content);
            return;
        }
        int equals = content.indexOf('=');
        if (equals < 0) {
            throw fault("a line is 'Key = value' or '[Section]'");
        }
        String key = content.substring(0, equals).strip();
        String value = content.substring(equals + 1).strip();
        try {
            boolean isKnown = switch (section) {
                case NONE -> throw fault("the first section is [Mesh]: put it before this line");
                case MESH -> setMesh(key, value);
                case TUNNEL -> setTunnel(key, value);
                case FTN -> rule != null && rule.set(key, value);
                case LABEL -> labelRule != null && labelRule.set(key, value);
            };
            if (!isKnown) {
                throw fault("unknown key '" + key + "': the keys of this section are " + keys());
            }
        } catch (IllegalArgumentException e) {
            throw fault(key + ": " + e.getMessage());
        }
    }

    private String keys() {
        return switch (section) {
            case TUNNEL -> "Name, " + String.join(", ", TunnelSettings.KEYS);
            case FTN -> String.join(", ", FtnSettings.KEYS);
            case LABEL -> String.join(", ", LabelSettings.KEYS);
            case NONE, MESH -> MESH_KEYS;
        };
    }

    private void beginSection(String content) throws MeshConfigException {
        endTunnel();
        endRule();
        switch (content.toLowerCase(Locale.ROOT)) {
            case "[mesh]" -> section = Section.MESH;
            case "[tunnel]" -> {
                section = Section.TUNNEL;
                tunnel = new TunnelSettings(TunnelConfig.of("unnamed"));
                hasTunnelName = false;
            }
            case "[ftn]" -> {
                section = Section.FTN;
                rule = new FtnSettings();
            }
            case "[label]" -> {
                section = Section.LABEL;
                labelRule = new LabelSettings();
            }
            default -> throw fault("unknown section '" + content + "': there are [Mesh], [Tunnel], [Ftn] and [Label]");
        }
    }

    private void endTunnel() throws MeshConfigException {
        TunnelSettings described = tunnel;
        if (described != null) {
            if (!hasTunnelName) {
                throw fault("the [Tunnel] before this line has no Name: add 'Name = ...'");
            }
            tunnels.add(described.tunnel());
            tunnel = null;
        }
    }

    private void endRule() throws MeshConfigException {
        FtnSettings described = rule;
        rule = null;
        LabelSettings ofLabel = labelRule;
        labelRule = null;
        try {
            if (described != null) {
                ftn.add(described.rule());
            }
            if (ofLabel != null) {
                labels.add(ofLabel.rule());
            }
        } catch (IllegalArgumentException e) {
            throw fault("the " + (described != null ? "[Ftn]" : "[Label]") + " before this line: " + e.getMessage());
        }
    }

    private boolean setMesh(String key, String value) throws MeshConfigException {
        switch (key.toLowerCase(Locale.ROOT)) {
            case "name" -> name = new MeshName(value);
            case "secret" -> secret = replace(secret, KeptKey.inline(secret(value)));
            case "secretfile" -> secret = replace(secret, keyFile(value));
            case "privatekey" -> privateKey = replace(privateKey, KeptKey.inline(secret(value)));
            case "privatekeyfile" -> privateKey = replace(privateKey, keyFile(value));
            case "offer" -> roles = TunnelSettings.listed(value, MeshConfigReader::role);
            case "address" -> readAddresses(value);
            case "listenport" -> port = TunnelSettings.number(value);
            case "capacity" -> capacity = capacity(value);
            case "family" -> family = family(value);
            case "dial" -> dialable = dialable(value);
            case "clients" -> edges = NodeEdges.withClients(edges, TunnelSettings.listed(value, Cidr::parse));
            case "exitallow" ->
                edges = new NodeEdges(
                        edges.clients4(), edges.clients6(), List.copyOf(TunnelSettings.listed(value, Cidr::parse)));
            case "record" -> records.add(AddressedRecord.parse(value));
            case "recordfile" -> recordFiles.add(recordFile(value));
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean setTunnel(String key, String value) {
        TunnelSettings described = tunnel;
        if (described == null) {
            throw new IllegalStateException("a section of a tunnel describes one");
        }
        if (!key.equalsIgnoreCase("name")) {
            return described.set(key, value);
        }
        tunnel = new TunnelSettings(renamed(described.tunnel(), value));
        hasTunnelName = true;
        return true;
    }

    private static TunnelConfig renamed(TunnelConfig t, String name) {
        return new TunnelConfig(
                name,
                t.exit(),
                t.hops(),
                t.active(),
                t.warm(),
                t.mode(),
                t.scheduler(),
                t.exits(),
                t.firstHops(),
                t.avoid(),
                t.isDiverse(),
                t.prefixLength(),
                t.lifetimeSeconds());
    }

    private MeshConfig finish() throws MeshConfigException {
        endTunnel();
        endRule();
        MeshName network = name;
        KeptKey key = privateKey;
        if (network == null) {
            throw new MeshConfigException(label + ": the mesh has no name: add 'Name = ...' to [Mesh]");
        }
        if (key == null) {
            throw new MeshConfigException(
                    label + ": the node has no key: add 'PrivateKey = ...' to [Mesh];" + " 'awg genkey' makes one");
        }
        try {
            NodeOffer offer = new NodeOffer(roles, ip4, ip6, port, capacity, family, dialable);
            return new MeshConfig(
                    network,
                    Optional.ofNullable(secret),
                    key,
                    offer,
                    records,
                    recordFiles,
                    tunnels,
                    edges,
                    ftn,
                    labels);
        } catch (IllegalArgumentException e) {
            throw new MeshConfigException(label + ": " + ConfigLine.withoutKeys(String.valueOf(e.getMessage())));
        }
    }

    private static KeptKey replace(@Nullable KeptKey before, KeptKey after) {
        if (before != null) {
            before.key().close();
        }
        return after;
    }

    private static Secret secret(String text) {
        try {
            return Secret.parseBase64(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a key has 44 characters of base64, as 'awg genkey' prints them", e);
        }
    }

    private KeptKey keyFile(String text) throws MeshConfigException {
        Path file = Path.of(text);
        return new KeptKey(Optional.of(file), secret(readNamed(file).strip()));
    }

    private RecordFile recordFile(String text) throws MeshConfigException {
        Path file = Path.of(text);
        return new RecordFile(file, RecordLines.read(readNamed(file), file.toString()));
    }

    private String readNamed(Path file) throws MeshConfigException {
        try {
            return files.read(file);
        } catch (IOException e) {
            throw new MeshConfigException(
                    label + ":" + lineNumber + ": " + file + ": cannot be read: " + e.getMessage());
        }
    }

    private static Role role(String text) {
        for (Role role : OFFERED) {
            if (role.name().equalsIgnoreCase(text)) {
                return role;
            }
        }
        throw new IllegalArgumentException("a node can offer transit and internet, not '" + text + "'");
    }

    private void readAddresses(String text) {
        ip4 = Optional.empty();
        ip6 = Optional.empty();
        for (IpAddress address : TunnelSettings.listed(text, IpAddress::parse)) {
            Optional<IpAddress> before = address.isV6() ? ip6 : ip4;
            if (before.isPresent()) {
                throw new IllegalArgumentException(
                        "a node has one IPv4 and one IPv6 address, not " + before.get() + " and " + address);
            }
            if (address.isV6()) {
                ip6 = Optional.of(address);
            } else {
                ip4 = Optional.of(address);
            }
        }
    }

    private static long capacity(String text) {
        if (!text.matches("[0-9]{1,12}")) {
            throw new IllegalArgumentException("a capacity is in kbit/s, not '" + text + "'");
        }
        return Long.parseLong(text);
    }

    private static int family(String text) {
        if (!text.matches("[0-9A-Fa-f]{1,8}")) {
            throw new IllegalArgumentException("a family is 1 to 8 hex digits, not '" + text + "'");
        }
        return Integer.parseUnsignedInt(text, 16);
    }

    private static DialableAddresses dialable(String text) {
        for (DialableAddresses each : DialableAddresses.values()) {
            if (wordOf(each).equalsIgnoreCase(text)) {
                return each;
            }
        }
        throw new IllegalArgumentException(
                "where paths may lead is global, private (as well) or any, not '" + text + "'");
    }

    static String wordOf(DialableAddresses dialable) {
        return switch (dialable) {
            case GLOBAL -> "global";
            case GLOBAL_AND_PRIVATE -> "private";
            case ANY -> "any";
        };
    }

    /** A secret may stand anywhere, by a slip of the hand. */
    private MeshConfigException fault(String what) {
        return new MeshConfigException(label + ":" + lineNumber + ": " + ConfigLine.withoutKeys(what));
    }
}
