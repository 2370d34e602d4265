package skyawg.awg;

import java.util.Optional;
import skyawg.protocol.obfuscation.Parameter;
import skyawg.protocol.tunnel.InterfaceSnapshot;
import skyawg.protocol.tunnel.PeerSnapshot;

/** One field of an interface: a line for the interface, or a line for each peer that begins with the peer's key. */
final class ShowField {
    /** The fields that are no parameters, as the usage lists them. */
    static final String[] NAMES = {
        "public-key",
        "private-key",
        "listen-port",
        "fwmark",
        "peers",
        "preshared-keys",
        "endpoints",
        "allowed-ips",
        "latest-handshakes",
        "transfer",
        "persistent-keepalive",
        "dump"
    };

    private ShowField() {}

    /**
     * @param prefix what stands in front of each line
     * @return empty when there is no such field
     */
    static Optional<String> render(InterfaceSnapshot snapshot, String field, String prefix) {
        String value = switch (field) {
            case "public-key" -> FieldText.publicKey(snapshot);
            case "private-key" -> FieldText.privateKey(snapshot);
            case "listen-port" -> Integer.toString(snapshot.listenPort());
            case "fwmark" -> FieldText.fwmark(snapshot);
            default -> parameter(snapshot, field);
        };
        if (!value.isEmpty()) {
            return Optional.of(prefix.concat(value).concat("\n"));
        }
        if (!isOfPeers(field)) {
            return Optional.empty();
        }
        StringBuilder out = new StringBuilder();
        for (PeerSnapshot peer : snapshot.peers()) {
            out.append(prefix).append(peer.publicKey().toBase64());
            ofPeer(out, peer, field);
            out.append('\n');
        }
        return Optional.of(out.toString());
    }

    /** The parameter that a field names, in one of the spellings that are about. */
    static Optional<Parameter> parameterNamed(String field) {
        if (field.equals("max-handshake-attemps") || field.equals("max_handshake_attempts")) {
            return Optional.of(Parameter.MAX_HANDSHAKE_ATTEMPTS);
        }
        for (Parameter parameter : Parameter.values()) {
            if (parameter.option().equals(field)) {
                return Optional.of(parameter);
            }
        }
        return Optional.empty();
    }

    private static String parameter(InterfaceSnapshot snapshot, String field) {
        Optional<Parameter> parameter = parameterNamed(field);
        return parameter.isEmpty() ? "" : FieldText.parameter(snapshot, parameter.get());
    }

    static boolean isOfPeers(String field) {
        return switch (field) {
            case "peers",
                    "preshared-keys",
                    "endpoints",
                    "allowed-ips",
                    "latest-handshakes",
                    "transfer",
                    "persistent-keepalive" -> true;
            default -> false;
        };
    }

    private static void ofPeer(StringBuilder out, PeerSnapshot peer, String field) {
        switch (field) {
            case "preshared-keys" -> out.append('\t').append(FieldText.presharedKey(peer));
            case "endpoints" -> out.append('\t').append(FieldText.endpoint(peer));
            case "allowed-ips" -> out.append('\t').append(FieldText.allowedIps(peer, ' '));
            case "latest-handshakes" -> out.append('\t').append(peer.lastHandshakeSeconds());
            case "transfer" ->
                out.append('\t')
                        .append(Long.toUnsignedString(peer.rxBytes()))
                        .append('\t')
                        .append(Long.toUnsignedString(peer.txBytes()));
            case "persistent-keepalive" -> out.append('\t').append(FieldText.persistentKeepalive(peer));
            default -> {
                // "peers": the key is all.
            }
        }
    }
}
