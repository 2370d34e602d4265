package skyawg.control.uapi;

import skyawg.protocol.names.Cidr;
import skyawg.protocol.names.Secret;
import skyawg.protocol.obfuscation.Parameter;
import skyawg.protocol.obfuscation.ParameterValue;
import skyawg.protocol.tunnel.InterfaceSnapshot;
import skyawg.protocol.tunnel.PeerSnapshot;

/** Writes an interface as the answer to {@code get=1}, key for key in the reference's order, without the errno. */
final class SnapshotWriter {
    private static final Secret NO_KEY = Secret.zero();

    private SnapshotWriter() {}

    /** The interface without its peers. */
    static void writeInterface(TextBuffer out, InterfaceSnapshot snapshot) {
        snapshot.privateKey().ifPresent(key -> out.line(Key.PRIVATE_KEY, key));
        if (snapshot.listenPort() != 0) {
            out.line(Key.LISTEN_PORT, snapshot.listenPort());
        }
        if (snapshot.fwmark() != 0) {
            out.line(Key.FWMARK, snapshot.fwmark());
        }
        for (Parameter parameter : Parameter.values()) {
            ParameterValue value = snapshot.parameters().get(parameter);
            if (isPrinted(value)) {
                ParameterText.write(out, parameter, value);
            }
        }
    }

    static void writePeer(TextBuffer out, PeerSnapshot peer) {
        out.line(Key.PUBLIC_KEY, peer.publicKey().toHex());
        out.line(Key.PRESHARED_KEY, peer.presharedKey().orElse(NO_KEY));
        out.line(Key.PROTOCOL_VERSION, 1);
        peer.endpoint().ifPresent(endpoint -> out.line(Key.ENDPOINT, endpoint.toString()));
        out.line(Key.LAST_HANDSHAKE_SECONDS, peer.lastHandshakeSeconds());
        out.line(Key.LAST_HANDSHAKE_NANOS, peer.lastHandshakeNanos());
        out.line(Key.TX_BYTES, peer.txBytes());
        out.line(Key.RX_BYTES, peer.rxBytes());
        if (!peer.persistentKeepalive().isZero()) {
            out.line(Key.PERSISTENT_KEEPALIVE, peer.persistentKeepalive().toString());
        }
        for (Cidr prefix : peer.allowedIps()) {
            out.line(Key.ALLOWED_IP, prefix.toString());
        }
    }

    /**
     * Zero and empty are unset and left out, except that a switch is always there. H ranges are never zero unless set
     * so.
     */
    private static boolean isPrinted(ParameterValue value) {
        return switch (value) {
            case ParameterValue.Range(var range) -> !range.isZero();
            case ParameterValue.Tags(var text) -> !text.isEmpty();
            case ParameterValue.Key(var secret) -> !secret.isZero();
            case ParameterValue.Switch ignored -> true;
        };
    }
}
