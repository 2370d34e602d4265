package skyawg.control.uapi;

import skyawg.protocol.obfuscation.Parameter;
import skyawg.protocol.obfuscation.ParameterValue;
import skyawg.protocol.tunnel.InterfaceUpdate;
import skyawg.protocol.tunnel.PeerUpdate;

/**
 * Writes an update as the text of a {@code set}, key for key in the order of the reference's tool. Plain code: every
 * command starts it.
 */
final class UpdateWriter {
    private UpdateWriter() {}

    /** From {@code set=1} to the empty line. */
    static void write(TextBuffer out, InterfaceUpdate update) {
        out.line("set", 1);
        if (update.privateKey().isPresent()) {
            out.line(Key.PRIVATE_KEY, update.privateKey().get());
        }
        if (update.listenPort().isPresent()) {
            out.line(Key.LISTEN_PORT, update.listenPort().get());
        }
        if (update.fwmark().isPresent()) {
            out.line(Key.FWMARK, update.fwmark().get());
        }
        if (update.replacePeers()) {
            out.line(Key.REPLACE_PEERS, "true");
        }
        for (Parameter parameter : Parameter.values()) {
            ParameterValue value = update.parameters().get(parameter);
            if (value != null) {
                ParameterText.write(out, parameter, value);
            }
        }
        for (PeerUpdate peer : update.peers()) {
            write(out, peer);
        }
        out.end();
    }

    private static void write(TextBuffer out, PeerUpdate peer) {
        out.line(Key.PUBLIC_KEY, peer.publicKey().toHex());
        if (peer.updateOnly()) {
            out.line(Key.UPDATE_ONLY, "true");
        }
        if (peer.remove()) {
            out.line(Key.REMOVE, "true");
            return;
        }
        if (peer.presharedKey().isPresent()) {
            out.line(Key.PRESHARED_KEY, peer.presharedKey().get());
        }
        if (peer.endpoint().isPresent()) {
            out.line(Key.ENDPOINT, peer.endpoint().get().toString());
        }
        if (peer.persistentKeepalive().isPresent()) {
            out.line(Key.PERSISTENT_KEEPALIVE, peer.persistentKeepalive().get().toString());
        }
        if (peer.replaceAllowedIps()) {
            out.line(Key.REPLACE_ALLOWED_IPS, "true");
        }
        for (PeerUpdate.AllowedIpChange change : peer.allowedIps()) {
            String prefix = change.prefix().toString();
            out.line(Key.ALLOWED_IP, change.isRemoval() ? "-" + prefix : prefix);
        }
    }
}
