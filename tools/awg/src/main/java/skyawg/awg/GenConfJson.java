package skyawg.awg;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import skyawg.control.cli.JsonWriter;
import skyawg.protocol.obfuscation.Parameter;
import skyawg.protocol.obfuscation.RuleViolation;

/**
 * What {@code awg genconf} drew, without secrets. {@code level}, {@code mtu} and {@code warnings} (objects of
 * {@code rule} and {@code message}) are about both ends; {@code gateway} and {@code client} hold {@code file},
 * {@code publicKey}, {@code addresses}, {@code allowedIps} and the parameters by the names and types of
 * {@link ShowJson}; the gateway's has {@code listenPort}, the client's {@code endpoint}, if there is one, and
 * {@code persistentKeepalive}, a string. Fields are only ever added.
 */
final class GenConfJson {
    private GenConfJson() {}

    static String document(GenConfRequest request, ConfigPair pair) {
        JsonWriter json = new JsonWriter().beginObject();
        json.name("level").value(request.level().word());
        json.name("mtu").value(pair.mtu());
        for (ConfigPair.End end : pair.ends()) {
            json.name(end.name().toLowerCase(Locale.ROOT)).beginObject();
            json.name("file")
                    .value(Path.of(request.directory())
                            .resolve(request.fileName(end))
                            .toString());
            json.name("publicKey").value(pair.publicKey(end).toBase64());
            array(json.name("addresses"), pair.addresses(end));
            array(json.name("allowedIps"), pair.allowedIps(end));
            switch (end) {
                case GATEWAY -> json.name("listenPort").value(pair.port());
                case CLIENT -> {
                    if (pair.endpoint().isPresent()) {
                        json.name("endpoint").value(pair.endpoint().get());
                    }
                    json.name("persistentKeepalive").value(pair.keepalive().toString());
                }
            }
            for (Parameter parameter : Parameter.values()) {
                if (pair.parameters(end).names(parameter)) {
                    ShowJson.write(json, parameter, pair.parameters(end), false);
                }
            }
            json.endObject();
        }
        json.name("warnings").beginArray();
        for (RuleViolation warning : pair.warnings()) {
            json.beginObject().name("rule").value(warning.rule());
            json.name("message").value(warning.message()).endObject();
        }
        return json.endArray().endObject().document();
    }

    private static void array(JsonWriter json, List<?> items) {
        json.beginArray();
        for (Object item : items) {
            json.value(item.toString());
        }
        json.endArray();
    }
}
