package skyawg.control.config;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.names.Endpoint;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.names.Secret;
import skyawg.protocol.names.UintRange;
import skyawg.protocol.obfuscation.Parameter;
import skyawg.protocol.obfuscation.ParameterValue;
import skyawg.protocol.tunnel.InterfaceUpdate;
import skyawg.protocol.tunnel.PeerUpdate;

/**
 * Reads a file line by line as {@code awg setconf} does: keys and sections in any case, several {@code [Interface]}
 * sections are one, a repeated key counts as last written, repeated AllowedIPs add up, and the first fault ends it.
 */
public final class ConfigReader implements AutoCloseable {
    /** More than any configuration has: a stream without end is not read for ever. */
    private static final long LENGTH_LIMIT = 256L << 20;

    private static final Map<String, Parameter> PARAMETERS = byLowerCaseKey();

    private final EndpointResolver resolver;
    private final Consumer<String> warnings;
    private boolean inInterface;
    private Optional<Secret> privateKey = Optional.empty();
    private Optional<Integer> listenPort = Optional.empty();
    private Optional<Long> fwmark = Optional.empty();
    private final Map<Parameter, ParameterValue> parameters = new EnumMap<>(Parameter.class);
    private final List<PeerSection> peers = new ArrayList<>();
    private boolean asksAdvancedSecurity;

    /** @param warnings takes lines about what is odd but read */
    public ConfigReader(EndpointResolver resolver, Consumer<String> warnings) {
        this.resolver = resolver;
        this.warnings = warnings;
    }

    /** Reads a whole file. The caller closes the result. */
    public static ParsedConfig read(Reader file, EndpointResolver resolver, Consumer<String> warnings)
            throws IOException, ConfigException {
        try (ConfigReader config = new ConfigReader(resolver, warnings)) {
            BufferedReader lines = new BufferedReader(file);
            long length = 0;
            String line;
            while ((line = lines.readLine()) != null) {
                length += line.length();
                if (length > LENGTH_LIMIT) {
                    throw new IOException("longer than " + LENGTH_LIMIT + " characters");
                }
                config.accept(line);
            }
            return config.finish();
        }
    }

    /** Takes the next line. A line that is refused leaves what was read before. */
    public void accept(String text) throws ConfigException {
        ConfigLine line = ConfigLine.of(text);
        if (line == null) {
            return;
        }
        if (line.isSection("Interface")) {
            inInterface = true;
        } else if (line.isSection("Peer")) {
            inInterface = false;
            peers.add(new PeerSection());
        } else {
            readPair(line);
        }
    }

    /** Ends the file. @throws ConfigException when a peer has no key */
    public ParsedConfig finish() throws ConfigException {
        List<PeerUpdate> updates = new ArrayList<>();
        for (PeerSection peer : peers) {
            updates.add(peer.finish());
        }
        ParsedConfig config = new ParsedConfig(
                new InterfaceUpdate(privateKey, listenPort, fwmark, false, parameters, updates), asksAdvancedSecurity);
        privateKey = Optional.empty();
        parameters.clear();
        peers.clear();
        return config;
    }

    /** Wipes what was read and not handed out. */
    @Override
    public void close() {
        new InterfaceUpdate(privateKey, listenPort, fwmark, false, parameters, List.of()).close();
        for (PeerSection peer : peers) {
            peer.wipe();
        }
    }

    private void readPair(ConfigLine line) throws ConfigException {
        String value = line.value();
        String key = line.key().toLowerCase(Locale.ROOT);
        PeerSection peer = peers.isEmpty() || inInterface ? null : peers.getLast();
        if (value == null || (value.isEmpty() && !mayBeEmpty(key)) || (!inInterface && peer == null)) {
            throw unrecognized(line);
        }
        if (peer != null) {
            peer.read(key, line, value);
        } else {
            readDevice(key, line, value);
        }
    }

    private void readDevice(String key, ConfigLine line, String value) throws ConfigException {
        switch (key) {
            case "privatekey" -> privateKey = replace(privateKey, ConfigValue.secret(value));
            case "listenport" -> listenPort = Optional.of(ConfigValue.port(value));
            case "fwmark" -> fwmark = Optional.of(ConfigValue.fwmark(value));
            default -> {
                Parameter parameter = PARAMETERS.get(key);
                if (parameter == null) {
                    throw unrecognized(line);
                }
                ParameterValue before =
                        parameters.put(parameter, ConfigValue.parameter(parameter, parameter.configKey(), value));
                if (before != null && parameter.kind() == Parameter.Kind.KEY) {
                    ((ParameterValue.Key) before).secret().close();
                }
            }
        }
    }

    /** An empty signature packet is an unset one. */
    private static boolean mayBeEmpty(String key) {
        Parameter parameter = PARAMETERS.get(key);
        return parameter != null && parameter.kind() == Parameter.Kind.TAGS;
    }

    private static Optional<Secret> replace(Optional<Secret> before, Secret after) {
        if (before.isPresent()) {
            before.get().close();
        }
        return Optional.of(after);
    }

    private static ConfigException unrecognized(ConfigLine line) {
        return ConfigException.parsing("Line unrecognized: `" + line.quoted() + "'");
    }

    private static Map<String, Parameter> byLowerCaseKey() {
        Map<String, Parameter> map = new HashMap<>();
        for (Parameter parameter : Parameter.values()) {
            map.put(parameter.configKey().toLowerCase(Locale.ROOT), parameter);
        }
        return map;
    }

    /** The lines behind one {@code [Peer]}. */
    private final class PeerSection {
        private @Nullable PublicKey publicKey;
        private Optional<Secret> presharedKey = Optional.empty();
        private Optional<Endpoint> endpoint = Optional.empty();
        private Optional<UintRange> persistentKeepalive = Optional.empty();
        private final List<PeerUpdate.AllowedIpChange> allowedIps = new ArrayList<>();

        void read(String key, ConfigLine line, String value) throws ConfigException {
            switch (key) {
                case "publickey" -> publicKey = ConfigValue.publicKey(value);
                case "presharedkey" -> presharedKey = replace(presharedKey, ConfigValue.secret(value));
                case "endpoint" -> endpoint = Optional.of(resolver.resolve(value));
                case "persistentkeepalive" ->
                    persistentKeepalive = Optional.of(ConfigValue.keepalive("PersistentKeepalive", value));
                case "allowedips" -> allowedIps.addAll(ConfigValue.allowedIps(value, warnings));
                case "advancedsecurity" -> {
                    boolean ignored = ConfigValue.onOff("AdvancedSecurity", value);
                    asksAdvancedSecurity = true;
                }
                default -> throw unrecognized(line);
            }
        }

        PeerUpdate finish() throws ConfigException {
            if (publicKey == null) {
                throw new ConfigException(ConfigException.Epilogue.INVALID, "A peer is missing a public key");
            }
            return new PeerUpdate(
                    publicKey, false, false, presharedKey, endpoint, persistentKeepalive, true, allowedIps);
        }

        void wipe() {
            if (presharedKey.isPresent()) {
                presharedKey.get().close();
            }
        }
    }
}
