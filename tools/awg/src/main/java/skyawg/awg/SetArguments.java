package skyawg.awg;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import skyawg.control.config.ConfigException;
import skyawg.control.config.ConfigValue;
import skyawg.control.config.EndpointResolver;
import skyawg.control.config.ParsedConfig;
import skyawg.protocol.names.Endpoint;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.names.Secret;
import skyawg.protocol.names.UintRange;
import skyawg.protocol.obfuscation.Parameter;
import skyawg.protocol.obfuscation.ParameterValue;
import skyawg.protocol.tunnel.InterfaceUpdate;
import skyawg.protocol.tunnel.PeerUpdate;

/**
 * The words of {@code awg set} behind the interface. Options of the interface come before the first {@code peer}; keys
 * are named by the files they are in, never written on the command line.
 */
final class SetArguments {
    private final String[] words;
    private final EndpointResolver resolver;
    private final Consumer<String> warnings;
    private int next;
    private Optional<Secret> privateKey = Optional.empty();
    private Optional<Integer> listenPort = Optional.empty();
    private Optional<Long> fwmark = Optional.empty();
    private final Map<Parameter, ParameterValue> parameters = new EnumMap<>(Parameter.class);
    private final List<PeerUpdate> peers = new ArrayList<>();
    private @Nullable Peer peer;
    private boolean asksAdvancedSecurity;

    SetArguments(String[] words, EndpointResolver resolver, Consumer<String> warnings) {
        this.words = words;
        this.resolver = resolver;
        this.warnings = warnings;
    }

    /** The caller closes the result. */
    ParsedConfig read() throws ConfigException {
        try {
            while (next < words.length) {
                String option = words[next++];
                if (option.equals("peer")) {
                    String key = value(option);
                    closePeer();
                    peer = new Peer(ConfigValue.publicKey(key));
                } else if (peer != null) {
                    peer.read(option);
                } else {
                    readDevice(option);
                }
            }
        } catch (ConfigException e) {
            finish().close();
            throw e;
        }
        return finish();
    }

    private ParsedConfig finish() {
        closePeer();
        return new ParsedConfig(
                new InterfaceUpdate(privateKey, listenPort, fwmark, false, parameters, peers), asksAdvancedSecurity);
    }

    private void closePeer() {
        if (peer != null) {
            peers.add(peer.finish());
            peer = null;
        }
    }

    private void readDevice(String option) throws ConfigException {
        switch (option) {
            case "private-key" -> privateKey = Optional.of(KeyFile.read(value(option)));
            case "listen-port" -> listenPort = Optional.of(ConfigValue.port(value(option)));
            case "fwmark" -> fwmark = Optional.of(ConfigValue.fwmark(value(option)));
            default -> {
                Optional<Parameter> parameter = ShowField.parameterNamed(option);
                if (parameter.isEmpty()) {
                    throw invalid(option);
                }
                parameters.put(parameter.get(), readParameter(parameter.get(), option));
            }
        }
    }

    private ParameterValue readParameter(Parameter parameter, String option) throws ConfigException {
        String value = value(option);
        return parameter.kind() == Parameter.Kind.KEY
                ? new ParameterValue.Key(KeyFile.read(value))
                : ConfigValue.parameter(parameter, option, value);
    }

    /** The word behind an option. */
    private String value(String option) throws ConfigException {
        if (next == words.length) {
            throw invalid(option);
        }
        return words[next++];
    }

    private static ConfigException invalid(String option) {
        return new ConfigException(ConfigException.Epilogue.NONE, "Invalid argument: " + option);
    }

    /** The options behind one {@code peer KEY}. */
    private final class Peer {
        private final PublicKey publicKey;
        private boolean remove;
        private Optional<Secret> presharedKey = Optional.empty();
        private Optional<Endpoint> endpoint = Optional.empty();
        private Optional<UintRange> persistentKeepalive = Optional.empty();
        private boolean replaceAllowedIps;
        private final List<PeerUpdate.AllowedIpChange> allowedIps = new ArrayList<>();

        Peer(PublicKey publicKey) {
            this.publicKey = publicKey;
        }

        void read(String option) throws ConfigException {
            switch (option) {
                case "remove" -> remove = true;
                case "preshared-key" -> presharedKey = Optional.of(KeyFile.read(value(option)));
                case "endpoint" -> endpoint = Optional.of(resolver.resolve(value(option)));
                case "persistent-keepalive" ->
                    persistentKeepalive = Optional.of(ConfigValue.keepalive(option, value(option)));
                case "allowed-ips" -> {
                    replaceAllowedIps = true;
                    allowedIps.addAll(ConfigValue.allowedIps(value(option).replace(" ", ""), warnings));
                }
                case "advanced-security" -> {
                    boolean ignored = ConfigValue.onOff(option, value(option));
                    asksAdvancedSecurity = true;
                }
                default -> throw invalid(option);
            }
        }

        PeerUpdate finish() {
            return new PeerUpdate(
                    publicKey,
                    false,
                    remove,
                    presharedKey,
                    endpoint,
                    persistentKeepalive,
                    replaceAllowedIps,
                    allowedIps);
        }
    }
}
