package skyawg.awg;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import skyawg.control.config.ConfigWriter;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.crypto.X25519Keys;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.names.Secret;
import skyawg.protocol.names.UintRange;
import skyawg.protocol.obfuscation.Parameter;
import skyawg.protocol.obfuscation.ParameterGenerator;
import skyawg.protocol.obfuscation.ParameterGenerator.Generated;
import skyawg.protocol.obfuscation.ParameterGenerator.Wishes;
import skyawg.protocol.obfuscation.ParameterSet;
import skyawg.protocol.obfuscation.ParameterValue;
import skyawg.protocol.obfuscation.RefusedParametersException;
import skyawg.protocol.obfuscation.RuleViolation;

/**
 * The two ends of a tunnel, freshly drawn. What both must have alike is drawn once; decoys and times, which each end
 * sees to by itself, are drawn for each, so that the ends have no habit in common.
 */
final class ConfigPair implements AutoCloseable {
    /** The two machines. */
    enum End {
        /** The one that is reached. */
        GATEWAY,
        /** The one that begins. */
        CLIENT
    }

    /** Parameters without which the ends do not understand each other. */
    static final Set<Parameter> SHARED = Set.of(
            Parameter.S1,
            Parameter.S2,
            Parameter.S3,
            Parameter.S4,
            Parameter.H1,
            Parameter.H2,
            Parameter.H3,
            Parameter.H4,
            Parameter.HEADER_PROTECTION_KEY,
            Parameter.RANDOM_TRAILERS);

    private static final TunnelAddress USUAL_GATEWAY = TunnelAddress.parseGateway("10.8.0.1/24");
    private static final Cidr ALL_IPV4 = Cidr.parse("0.0.0.0/0");
    private static final Cidr ALL_IPV6 = Cidr.parse("::/0");

    /** RFC 8200 §5: a link with less carries no IPv6. */
    private static final int LEAST_IPV6_MTU = 1280;

    private final ParameterSet gatewayParameters;
    private final ParameterSet clientParameters;
    private final Secret gatewayKey = X25519Keys.generate();
    private final Secret clientKey = X25519Keys.generate();
    private final Secret presharedKey = X25519Keys.generatePresharedKey();
    private final List<TunnelAddress> gatewayAddresses;
    private final List<Cidr> clientAllowedIps;
    private final List<String> dns;
    private final Optional<String> endpoint;
    private final UintRange keepalive;
    private final int mtu;
    private final int port;
    private final List<RuleViolation> warnings;

    private ConfigPair(
            GenConfRequest request, Generated client, ParameterSet gateway, List<RuleViolation> warnings, long ula) {
        gatewayParameters = gateway;
        clientParameters = client.parameters();
        keepalive = client.persistentKeepalive();
        mtu = client.mtu();
        dns = List.copyOf(request.dns());
        this.warnings = List.copyOf(warnings);
        port = request.endpoint().isPresent() ? request.endpoint().get().port().orElse(client.port()) : client.port();
        endpoint = request.endpoint().isPresent()
                ? Optional.of(request.endpoint().get().withPort(port))
                : Optional.empty();
        gatewayAddresses = request.addresses().isEmpty() ? usualAddresses(ula) : List.copyOf(request.addresses());
        clientAllowedIps = request.allowedIps().isEmpty() ? everything() : List.copyOf(request.allowedIps());
    }

    /** @throws RefusedParametersException when hand-set values break a rule */
    static ConfigPair draw(GenConfRequest request, Entropy entropy) throws RefusedParametersException {
        Wishes wishes = request.wishes();
        ParameterGenerator generator = new ParameterGenerator(entropy);
        Generated client = generator.generate(request.level(), wishes);
        Map<Parameter, ParameterValue> settled = new EnumMap<>(Parameter.class);
        settled.putAll(wishes.handSet());
        for (Parameter parameter : SHARED) {
            if (client.parameters().names(parameter)) {
                settled.put(parameter, client.parameters().get(parameter));
            }
        }
        ParameterSet gateway;
        Set<RuleViolation> warnings = new LinkedHashSet<>(client.warnings());
        try {
            Generated generated = generator.generate(
                    request.level(), new Wishes(settled, wishes.pathMtu(), wishes.isOverIpv6(), wishes.isBehindNat()));
            gateway = generated.parameters();
            warnings.addAll(generated.warnings());
        } catch (RefusedParametersException e) {
            client.parameters().headerProtectionKey().close();
            throw e;
        }
        long ula = entropy.uniform(0, (1L << 40) - 1);
        return new ConfigPair(request, client, gateway, List.copyOf(warnings), ula);
    }

    List<End> ends() {
        return List.of(End.GATEWAY, End.CLIENT);
    }

    ParameterSet parameters(End end) {
        return switch (end) {
            case GATEWAY -> gatewayParameters;
            case CLIENT -> clientParameters;
        };
    }

    PublicKey publicKey(End end) {
        return X25519Keys.publicKey(privateKey(end));
    }

    private Secret privateKey(End end) {
        return switch (end) {
            case GATEWAY -> gatewayKey;
            case CLIENT -> clientKey;
        };
    }

    List<TunnelAddress> addresses(End end) {
        return switch (end) {
            case GATEWAY -> gatewayAddresses;
            case CLIENT -> gatewayAddresses.stream().map(TunnelAddress::next).toList();
        };
    }

    /** What the end sends to the other one. */
    List<Cidr> allowedIps(End end) {
        return switch (end) {
            case GATEWAY ->
                addresses(End.CLIENT).stream().map(TunnelAddress::alone).toList();
            case CLIENT -> clientAllowedIps;
        };
    }

    /** The gateway as the client's file names it. */
    Optional<String> endpoint() {
        return endpoint;
    }

    /** Of the client, seconds. */
    UintRange keepalive() {
        return keepalive;
    }

    int mtu() {
        return mtu;
    }

    /** The gateway's UDP port. */
    int port() {
        return port;
    }

    List<RuleViolation> warnings() {
        return warnings;
    }

    /** An end's file, which holds its private key. */
    String text(End end) {
        StringBuilder out = new StringBuilder("[Interface]\n");
        ConfigWriter.line(out, "PrivateKey", privateKey(end).revealBase64());
        if (end == End.GATEWAY) {
            ConfigWriter.line(out, "ListenPort", Integer.toString(port));
        }
        ConfigWriter.line(out, "Address", list(addresses(end)));
        if (end == End.CLIENT && !dns.isEmpty()) {
            ConfigWriter.line(out, "DNS", list(dns));
        }
        ConfigWriter.line(out, "MTU", Integer.toString(mtu));
        for (Parameter parameter : Parameter.values()) {
            if (parameters(end).names(parameter)) {
                ConfigWriter.parameter(out, parameter, parameters(end).get(parameter));
            }
        }
        out.append("\n[Peer]\n");
        ConfigWriter.line(
                out,
                "PublicKey",
                publicKey(end == End.GATEWAY ? End.CLIENT : End.GATEWAY).toBase64());
        ConfigWriter.line(out, "PresharedKey", presharedKey.revealBase64());
        ConfigWriter.line(out, "AllowedIPs", list(allowedIps(end)));
        if (end == End.CLIENT && endpoint.isPresent()) {
            ConfigWriter.line(out, "Endpoint", endpoint.get());
        }
        if (end == End.CLIENT && !keepalive.isZero()) {
            ConfigWriter.line(out, "PersistentKeepalive", keepalive.toString());
        }
        return out.toString();
    }

    @Override
    public void close() {
        presharedKey.close();
        for (End end : ends()) {
            privateKey(end).close();
            parameters(end).headerProtectionKey().close();
        }
    }

    /** RFC 4193 §3.2: a prefix of 40 random bits. Both ends have it, none where the tunnel is too narrow for IPv6. */
    private List<TunnelAddress> usualAddresses(long ula) {
        List<TunnelAddress> addresses = new ArrayList<>();
        addresses.add(USUAL_GATEWAY);
        if (mtu >= LEAST_IPV6_MTU) {
            addresses.add(new TunnelAddress(IpAddress.v6(0xfdL << 56 | ula << 16, 1), 64));
        }
        return List.copyOf(addresses);
    }

    private List<Cidr> everything() {
        List<Cidr> prefixes = new ArrayList<>();
        for (TunnelAddress address : gatewayAddresses) {
            Cidr all = address.address().isV6() ? ALL_IPV6 : ALL_IPV4;
            if (!prefixes.contains(all)) {
                prefixes.add(all);
            }
        }
        return List.copyOf(prefixes);
    }

    private static String list(List<?> items) {
        StringBuilder text = new StringBuilder();
        for (Object item : items) {
            text.append(text.isEmpty() ? "" : ", ").append(item);
        }
        return text.toString();
    }
}
