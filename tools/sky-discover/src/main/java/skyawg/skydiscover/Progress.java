package skyawg.skydiscover;

import java.util.LinkedHashMap;
import java.util.Map;
import skyawg.control.cli.CommandIo;
import skyawg.control.cli.JsonWriter;

/**
 * What happens, told to whoever watches: a line on standard error, or with {@code --json} one JSON object a line on
 * standard output. What is the same as last time is not said again.
 */
final class Progress {
    private final CommandIo io;
    private final boolean isJson;
    private final Map<String, String> said = new LinkedHashMap<>();

    Progress(CommandIo io, boolean isJson) {
        this.io = io;
        this.isJson = isJson;
    }

    /** Our ENR has changed. */
    void published(String enr) {
        tell("published", "published: " + enr, "enr", enr);
    }

    void waiting(String what) {
        tell("waiting", what, "message", what);
    }

    /** Something went wrong that may come right again. */
    void trouble(String what) {
        tell("trouble", what, "message", what);
    }

    /** Records were handed over. */
    void offered(String source, int offered, int taken) {
        said.remove("waiting");
        said.remove("trouble");
        tell(
                "offered",
                "offered " + offered + " records from " + source + ", the daemon holds " + taken + " of them",
                "source",
                source,
                "offered",
                offered,
                "taken",
                taken);
        said.remove("offered");
    }

    /** How things stand. */
    void status(int live, SampleCounts counts) {
        tell(
                "status",
                live + " live nodes, " + counts.records() + " records of this network ("
                        + counts.otherNetwork() + " of others, " + counts.malformed() + " malformed, "
                        + counts.refused() + " without room)",
                "live",
                live,
                "records",
                counts.records(),
                "other_network",
                counts.otherNetwork(),
                "malformed",
                counts.malformed(),
                "refused",
                counts.refused());
    }

    private void tell(String event, String sentence, Object... fields) {
        if (sentence.equals(said.put(event, sentence))) {
            return;
        }
        if (!isJson) {
            io.complain("sky-discover: " + sentence);
            return;
        }
        JsonWriter json = new JsonWriter().beginObject().name("event").value(event);
        for (int i = 0; i < fields.length; i += 2) {
            json.name(String.valueOf(fields[i]));
            if (fields[i + 1] instanceof Number number) {
                json.value(number.longValue());
            } else {
                json.value(String.valueOf(fields[i + 1]));
            }
        }
        io.out().print(json.endObject().line()).flush();
    }
}
