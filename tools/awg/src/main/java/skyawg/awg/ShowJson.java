package skyawg.awg;

import java.util.Optional;
import skyawg.control.cli.JsonWriter;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.obfuscation.Parameter;
import skyawg.protocol.obfuscation.ParameterSet;
import skyawg.protocol.tunnel.InterfaceSnapshot;
import skyawg.protocol.tunnel.PeerSnapshot;

/**
 * An interface as a member of a JSON object. Names are those of wireguard-tools' JSON script, then AmneziaWG's keys
 * ({@code jc}, {@code h1}, {@code headerProtectionKey}); fields are only ever added.
 *
 * <p>Types: {@code listenPort}, {@code fwmark}, {@code jc}..{@code s4}, {@code latestHandshake} (Unix seconds),
 * {@code transferRx} and {@code transferTx} are numbers; what may be a range is a string, also when it is not one;
 * {@code randomTrailers} and {@code disableCookies} are booleans; {@code allowedIps} is an array, always there. What is
 * unset is left out. Secrets are there only where they were asked for.
 */
final class ShowJson {
    private final JsonWriter json;
    private final boolean showsKeys;
    private final String field;
    private final boolean showsState;

    private ShowJson(JsonWriter json, boolean showsKeys, String field, boolean showsState) {
        this.json = json;
        this.showsKeys = showsKeys;
        this.field = field;
        this.showsState = showsState;
    }

    /**
     * @param field the only one to write; empty or {@code dump} for all
     * @return false, with nothing written, when there is no such field
     */
    static boolean write(JsonWriter json, InterfaceSnapshot snapshot, String field, boolean showsKeys) {
        boolean isAll = field.isEmpty() || field.equals("dump");
        if (!isAll && ShowField.render(snapshot, field, "").isEmpty()) {
            return false;
        }
        new ShowJson(json, showsKeys, isAll ? "" : field, true).write(snapshot);
        return true;
    }

    /** What {@code showconf} shows: keys, as a file has them, and neither handshakes nor counters. */
    static void writeConfiguration(JsonWriter json, InterfaceSnapshot snapshot) {
        new ShowJson(json, true, "", false).write(snapshot);
    }

    private void write(InterfaceSnapshot snapshot) {
        json.name(snapshot.name()).beginObject();
        if (wants("public-key") && snapshot.publicKey().isPresent()) {
            json.name("publicKey").value(snapshot.publicKey().get().toBase64());
        }
        if (wantsSecret("private-key") && snapshot.privateKey().isPresent()) {
            json.name("privateKey").value(snapshot.privateKey().get().revealBase64());
        }
        if (wants("listen-port") && snapshot.listenPort() != 0) {
            json.name("listenPort").value(snapshot.listenPort());
        }
        if (wants("fwmark") && snapshot.fwmark() != 0) {
            json.name("fwmark").value(snapshot.fwmark());
        }
        Optional<Parameter> named = ShowField.parameterNamed(field);
        for (Parameter parameter : Parameter.values()) {
            boolean isWanted = field.isEmpty() || (named.isPresent() && named.get() == parameter);
            if (isWanted && snapshot.parameters().names(parameter)) {
                write(json, parameter, snapshot.parameters(), showsKeys);
            }
        }
        if (field.isEmpty() || ShowField.isOfPeers(field)) {
            json.name("peers").beginObject();
            for (PeerSnapshot peer : snapshot.peers()) {
                write(peer);
            }
            json.endObject();
        }
        json.endObject();
    }

    /** A parameter as a member of the object that is open; nothing for a value that is unset. */
    static void write(JsonWriter json, Parameter parameter, ParameterSet set, boolean showsKeys) {
        switch (parameter.kind()) {
            case NUMBER -> {
                if (set.number(parameter) != 0) {
                    json.name(parameter.jsonName()).value(set.number(parameter));
                }
            }
            case RANGE -> {
                if (!set.range(parameter).isZero()) {
                    json.name(parameter.jsonName()).value(set.range(parameter).toString());
                }
            }
            case TAGS -> {
                if (!set.tags(parameter).isEmpty()) {
                    json.name(parameter.jsonName()).value(set.tags(parameter));
                }
            }
            case KEY -> {
                if (!set.headerProtectionKey().isZero() && showsKeys) {
                    json.name(parameter.jsonName())
                            .value(set.headerProtectionKey().revealBase64());
                }
            }
            case SWITCH -> json.name(parameter.jsonName()).value(set.isOn(parameter));
        }
    }

    private void write(PeerSnapshot peer) {
        json.name(peer.publicKey().toBase64()).beginObject();
        if (wantsSecret("preshared-keys") && peer.presharedKey().isPresent()) {
            json.name("presharedKey").value(peer.presharedKey().get().revealBase64());
        }
        if (wants("endpoints") && peer.endpoint().isPresent()) {
            json.name("endpoint").value(peer.endpoint().get().toString());
        }
        if (showsState && wants("latest-handshakes") && peer.lastHandshakeSeconds() != 0) {
            json.name("latestHandshake").value(peer.lastHandshakeSeconds());
        }
        if (showsState && wants("transfer")) {
            json.name("transferRx").unsigned(peer.rxBytes());
            json.name("transferTx").unsigned(peer.txBytes());
        }
        if (wants("persistent-keepalive") && !peer.persistentKeepalive().isZero()) {
            json.name("persistentKeepalive").value(peer.persistentKeepalive().toString());
        }
        if (wants("allowed-ips")) {
            json.name("allowedIps").beginArray();
            for (Cidr prefix : peer.allowedIps()) {
                json.value(prefix.toString());
            }
            json.endArray();
        }
        json.endObject();
    }

    private boolean wants(String name) {
        return field.isEmpty() || field.equals(name);
    }

    private boolean wantsSecret(String name) {
        return showsKeys && wants(name);
    }
}
