package skyawg.skyroute;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import skyawg.control.cli.JsonWriter;

/** A result as Skywire's tool wraps it: {@code {"output": ...}}. An empty list is a list, not null. */
final class JsonOutput {
    private JsonOutput() {}

    static String document(Object output) {
        JsonWriter json = new JsonWriter().beginObject().name("output");
        write(json, output);
        return json.endObject().document();
    }

    private static void write(JsonWriter json, @Nullable Object value) {
        switch (value) {
            case Map<?, ?> members -> {
                json.beginObject();
                for (Map.Entry<?, ?> member : members.entrySet()) {
                    json.name(String.valueOf(member.getKey()));
                    write(json, member.getValue());
                }
                json.endObject();
            }
            case List<?> elements -> {
                json.beginArray();
                for (Object element : elements) {
                    write(json, element);
                }
                json.endArray();
            }
            case Integer number -> json.value(number.longValue());
            case Long number -> json.value(number);
            case Boolean truth -> json.value(truth);
            case null, default -> json.value(String.valueOf(value));
        }
    }
}
