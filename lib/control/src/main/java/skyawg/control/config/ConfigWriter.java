package skyawg.control.config;

import skyawg.protocol.names.Cidr;
import skyawg.protocol.obfuscation.Parameter;
import skyawg.protocol.obfuscation.ParameterValue;
import skyawg.protocol.tunnel.InterfaceSnapshot;
import skyawg.protocol.tunnel.PeerSnapshot;

/** Writes a running interface as a file, as {@code awg showconf} does: what the daemon reported and is not zero. */
public final class ConfigWriter {
    private ConfigWriter() {}

    /** The text holds the private key, the preshared keys and the header protection key. */
    public static String write(InterfaceSnapshot snapshot) {
        StringBuilder out = new StringBuilder("[Interface]\n");
        if (snapshot.listenPort() != 0) {
            line(out, "ListenPort", Integer.toString(snapshot.listenPort()));
        }
        if (snapshot.fwmark() != 0) {
            line(out, "FwMark", "0x".concat(Long.toHexString(snapshot.fwmark())));
        }
        if (snapshot.privateKey().isPresent()) {
            line(out, "PrivateKey", snapshot.privateKey().get().revealBase64());
        }
        for (Parameter parameter : Parameter.values()) {
            if (snapshot.parameters().names(parameter)) {
                parameter(out, parameter, snapshot.parameters().get(parameter));
            }
        }
        out.append('\n');
        for (int i = 0; i < snapshot.peers().size(); i++) {
            if (i > 0) {
                out.append('\n');
            }
            peer(out, snapshot.peers().get(i));
        }
        return out.toString();
    }

    /** {@code Key = value}; nothing for a value that is unset. */
    public static void parameter(StringBuilder out, Parameter parameter, ParameterValue value) {
        switch (parameter.kind()) {
            case NUMBER, RANGE -> {
                if (!((ParameterValue.Range) value).range().isZero()) {
                    line(
                            out,
                            parameter.configKey(),
                            ((ParameterValue.Range) value).range().toString());
                }
            }
            case TAGS -> {
                if (!((ParameterValue.Tags) value).text().isEmpty()) {
                    line(out, parameter.configKey(), ((ParameterValue.Tags) value).text());
                }
            }
            case KEY -> {
                if (!((ParameterValue.Key) value).secret().isZero()) {
                    line(
                            out,
                            parameter.configKey(),
                            ((ParameterValue.Key) value).secret().revealBase64());
                }
            }
            case SWITCH -> line(out, parameter.configKey(), ((ParameterValue.Switch) value).on() ? "on" : "off");
        }
    }

    private static void peer(StringBuilder out, PeerSnapshot peer) {
        out.append("[Peer]\n");
        line(out, "PublicKey", peer.publicKey().toBase64());
        if (peer.presharedKey().isPresent()) {
            line(out, "PresharedKey", peer.presharedKey().get().revealBase64());
        }
        if (!peer.allowedIps().isEmpty()) {
            out.append("AllowedIPs = ");
            String separator = "";
            for (Cidr prefix : peer.allowedIps()) {
                out.append(separator).append(prefix);
                separator = ", ";
            }
            out.append('\n');
        }
        if (peer.endpoint().isPresent()) {
            line(out, "Endpoint", peer.endpoint().get().toString());
        }
        if (!peer.persistentKeepalive().isZero()) {
            line(out, "PersistentKeepalive", peer.persistentKeepalive().toString());
        }
    }

    /** {@code key = value}, the form that every reader takes. */
    public static void line(StringBuilder out, String key, String value) {
        out.append(key).append(" = ").append(value).append('\n');
    }
}
