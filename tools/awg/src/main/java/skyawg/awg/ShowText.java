package skyawg.awg;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import skyawg.control.cli.Colours;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.names.Secret;
import skyawg.protocol.names.UintRange;
import skyawg.protocol.obfuscation.Parameter;
import skyawg.protocol.obfuscation.ParameterSet;
import skyawg.protocol.tunnel.InterfaceSnapshot;
import skyawg.protocol.tunnel.PeerSnapshot;

/** An interface for people: {@code label: value} lines, a block for the interface and one for each peer. */
final class ShowText {
    private static final String HIDDEN = "(hidden)";

    /** Newest handshake first; those without one last. */
    private static final Comparator<PeerSnapshot> LATEST_FIRST = new Comparator<>() {
        @Override
        public int compare(PeerSnapshot a, PeerSnapshot b) {
            int bySeconds = Long.compare(b.lastHandshakeSeconds(), a.lastHandshakeSeconds());
            return bySeconds != 0 ? bySeconds : Integer.compare(b.lastHandshakeNanos(), a.lastHandshakeNanos());
        }
    };

    private final Colours colours;
    private final boolean showsKeys;
    private final long nowSeconds;
    private final StringBuilder out = new StringBuilder();

    /** @param nowSeconds Unix time */
    ShowText(Colours colours, boolean showsKeys, long nowSeconds) {
        this.colours = colours;
        this.showsKeys = showsKeys;
        this.nowSeconds = nowSeconds;
    }

    String render(InterfaceSnapshot snapshot) {
        out.append(colours.reset());
        heading("interface", colours.green(), snapshot.name());
        if (snapshot.publicKey().isPresent()) {
            line("public key", snapshot.publicKey().get().toBase64());
        }
        if (snapshot.privateKey().isPresent()) {
            line("private key", key(snapshot.privateKey().get()));
        }
        if (snapshot.listenPort() != 0) {
            line("listening port", Integer.toString(snapshot.listenPort()));
        }
        if (snapshot.fwmark() != 0) {
            line("fwmark", "0x".concat(Long.toHexString(snapshot.fwmark())));
        }
        for (Parameter parameter : Parameter.values()) {
            if (snapshot.parameters().names(parameter)) {
                parameter(parameter, snapshot.parameters());
            }
        }
        List<PeerSnapshot> peers = new ArrayList<>(snapshot.peers());
        peers.sort(LATEST_FIRST);
        for (PeerSnapshot peer : peers) {
            out.append('\n');
            peer(peer);
        }
        return out.toString();
    }

    private void parameter(Parameter parameter, ParameterSet set) {
        switch (parameter.kind()) {
            case NUMBER, RANGE -> {
                UintRange range = set.range(parameter);
                if (!range.isZero() && !isUsualTypeWord(parameter, range)) {
                    line(parameter.label(), range.toString());
                }
            }
            case TAGS -> {
                if (!set.tags(parameter).isEmpty()) {
                    line(parameter.label(), set.tags(parameter));
                }
            }
            case KEY -> {
                if (!set.headerProtectionKey().isZero()) {
                    line(parameter.label(), key(set.headerProtectionKey()));
                }
            }
            case SWITCH -> line(parameter.label(), set.isOn(parameter) ? "on" : "off");
        }
    }

    /** Plain WireGuard's type words are not worth a line. */
    private static boolean isUsualTypeWord(Parameter parameter, UintRange range) {
        int usual = switch (parameter) {
            case H1 -> 1;
            case H2 -> 2;
            case H3 -> 3;
            case H4 -> 4;
            default -> -1;
        };
        return range.isSingle() && range.low() == usual;
    }

    private void peer(PeerSnapshot peer) {
        heading("peer", colours.yellow(), peer.publicKey().toBase64());
        if (peer.presharedKey().isPresent()) {
            line("preshared key", key(peer.presharedKey().get()));
        }
        if (peer.endpoint().isPresent()) {
            line("endpoint", peer.endpoint().get().toString());
        }
        label("allowed ips");
        allowedIps(peer.allowedIps());
        if (peer.lastHandshakeSeconds() != 0) {
            label("latest handshake");
            out.append(Quantities.ago(nowSeconds - peer.lastHandshakeSeconds(), colours))
                    .append('\n');
        }
        if (peer.rxBytes() != 0 || peer.txBytes() != 0) {
            label("transfer");
            out.append(Quantities.bytes(peer.rxBytes(), colours)).append(" received, ");
            out.append(Quantities.bytes(peer.txBytes(), colours)).append(" sent\n");
        }
        if (!peer.persistentKeepalive().isZero()) {
            line("persistent keepalive", peer.persistentKeepalive().toString());
        }
    }

    private void allowedIps(List<Cidr> prefixes) {
        if (prefixes.isEmpty()) {
            out.append("(none)");
        }
        String separator = "";
        for (Cidr prefix : prefixes) {
            out.append(separator).append(prefix.address());
            out.append(colours.cyan()).append('/').append(colours.reset()).append(prefix.prefixBits());
            separator = ", ";
        }
        out.append('\n');
    }

    private void heading(String kind, String colour, String name) {
        out.append(colour).append(colours.bold()).append(kind).append(colours.reset());
        out.append(": ").append(colour).append(name).append(colours.reset()).append('\n');
    }

    private void line(String label, String value) {
        label(label);
        out.append(value).append('\n');
    }

    private void label(String label) {
        out.append("  ")
                .append(colours.bold())
                .append(label)
                .append(colours.reset())
                .append(": ");
    }

    private String key(Secret key) {
        return showsKeys ? key.revealBase64() : HIDDEN;
    }
}
