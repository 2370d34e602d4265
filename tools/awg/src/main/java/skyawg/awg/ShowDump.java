package skyawg.awg;

import skyawg.protocol.obfuscation.Parameter;
import skyawg.protocol.tunnel.InterfaceSnapshot;
import skyawg.protocol.tunnel.PeerSnapshot;

/** An interface for scripts: one line of 29 columns for it, one of 8 for each peer, parted by tabs. */
final class ShowDump {
    private ShowDump() {}

    /** @param prefix what stands in front of each line */
    static String render(InterfaceSnapshot snapshot, String prefix) {
        StringBuilder out = new StringBuilder(prefix);
        out.append(FieldText.privateKey(snapshot)).append('\t').append(FieldText.publicKey(snapshot));
        out.append('\t').append(snapshot.listenPort());
        for (Parameter parameter : Parameter.values()) {
            out.append('\t').append(FieldText.parameter(snapshot, parameter));
        }
        out.append('\t').append(FieldText.fwmark(snapshot)).append('\n');
        for (PeerSnapshot peer : snapshot.peers()) {
            peer(out.append(prefix), peer);
        }
        return out.toString();
    }

    private static void peer(StringBuilder out, PeerSnapshot peer) {
        out.append(peer.publicKey().toBase64());
        out.append('\t').append(FieldText.presharedKey(peer));
        out.append('\t').append(FieldText.endpoint(peer));
        out.append('\t').append(FieldText.allowedIps(peer, ','));
        out.append('\t').append(peer.lastHandshakeSeconds());
        out.append('\t').append(Long.toUnsignedString(peer.rxBytes()));
        out.append('\t').append(Long.toUnsignedString(peer.txBytes()));
        out.append('\t').append(FieldText.persistentKeepalive(peer)).append('\n');
    }
}
