package skyawg.lab;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import skyawg.protocol.names.Endpoint;

/** The {@code --name value} pairs of a command line. */
public final class Arguments {
    private final Map<String, String> values = new HashMap<>();

    Arguments(List<String> words) {
        for (int i = 0; i + 1 < words.size(); i += 2) {
            values.put(words.get(i), words.get(i + 1));
        }
        if (words.size() % 2 != 0) {
            throw new IllegalArgumentException(words.getLast() + ": its value is missing");
        }
    }

    public String text(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }

    public String text(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    public long number(String name) {
        return Long.parseLong(text(name));
    }

    public long number(String name, long otherwise) {
        String value = values.get(name);
        return value == null ? otherwise : Long.parseLong(value);
    }

    /** A percentage as a probability. */
    public double percent(String name) {
        return Double.parseDouble(text(name, "0")) / 100;
    }

    public Endpoint endpoint(String name) {
        return Endpoint.parse(text(name));
    }
}
