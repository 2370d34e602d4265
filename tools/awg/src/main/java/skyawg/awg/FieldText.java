package skyawg.awg;

import java.util.List;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.obfuscation.Parameter;
import skyawg.protocol.obfuscation.ParameterSet;
import skyawg.protocol.tunnel.InterfaceSnapshot;
import skyawg.protocol.tunnel.PeerSnapshot;

/** Single values for scripts: never empty, never with a tab. */
final class FieldText {
    static final String NONE = "(none)";
    private static final String NULL = "(null)";
    private static final String OFF = "off";

    private FieldText() {}

    static String privateKey(InterfaceSnapshot snapshot) {
        return snapshot.privateKey().isEmpty()
                ? NONE
                : snapshot.privateKey().get().revealBase64();
    }

    static String publicKey(InterfaceSnapshot snapshot) {
        return snapshot.publicKey().isEmpty()
                ? NONE
                : snapshot.publicKey().get().toBase64();
    }

    static String fwmark(InterfaceSnapshot snapshot) {
        return snapshot.fwmark() == 0 ? OFF : "0x".concat(Long.toHexString(snapshot.fwmark()));
    }

    static String parameter(InterfaceSnapshot snapshot, Parameter parameter) {
        ParameterSet set = snapshot.parameters();
        return switch (parameter.kind()) {
            // A daemon of plain WireGuard does not say its type words: they are unknown, not 1 to 4.
            case NUMBER, RANGE -> set.names(parameter) ? set.range(parameter).toString() : "0";
            case TAGS -> set.tags(parameter).isEmpty() ? NULL : set.tags(parameter);
            case KEY ->
                set.headerProtectionKey().isZero()
                        ? NONE
                        : set.headerProtectionKey().revealBase64();
            case SWITCH -> set.isOn(parameter) ? "on" : OFF;
        };
    }

    static String presharedKey(PeerSnapshot peer) {
        return peer.presharedKey().isEmpty() ? NONE : peer.presharedKey().get().revealBase64();
    }

    static String endpoint(PeerSnapshot peer) {
        return peer.endpoint().isEmpty() ? NONE : peer.endpoint().get().toString();
    }

    static String allowedIps(PeerSnapshot peer, char separator) {
        List<Cidr> prefixes = peer.allowedIps();
        if (prefixes.isEmpty()) {
            return NONE;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < prefixes.size(); i++) {
            if (i > 0) {
                text.append(separator);
            }
            text.append(prefixes.get(i));
        }
        return text.toString();
    }

    static String persistentKeepalive(PeerSnapshot peer) {
        return peer.persistentKeepalive().isZero()
                ? OFF
                : peer.persistentKeepalive().toString();
    }
}
