package skyawg.awg;

import java.util.List;
import java.util.Optional;
import skyawg.control.cli.Colours;
import skyawg.control.cli.CommandIo;
import skyawg.control.cli.ExitStatus;
import skyawg.control.cli.JsonWriter;
import skyawg.control.uapi.UapiClient;
import skyawg.control.uapi.UapiException;
import skyawg.protocol.crypto.X25519Keys;
import skyawg.protocol.tunnel.InterfaceSnapshot;

/** {@code awg show [IF | all | interfaces] [FIELD]}. */
final class ShowCommand {
    private static final long MILLIS_PER_SECOND = 1000;

    private final CommandIo io;
    private final UapiClient daemons;
    private final Options options;

    ShowCommand(CommandIo io, UapiClient daemons, Options options) {
        this.io = io;
        this.daemons = daemons;
        this.options = options;
    }

    int run(String[] words) {
        if (words.length == 1 && isHelp(words[0])) {
            io.complain(Usage.show());
            return ExitStatus.OK;
        }
        if (words.length > 2) {
            io.complain(Usage.show());
            return ExitStatus.FAILED;
        }
        String which = words.length == 0 ? "all" : words[0];
        String field = words.length < 2 ? "" : words[1];
        if (which.equals("interfaces")) {
            return interfaces(words);
        }
        return which.equals("all") ? all(field) : one(which, field);
    }

    private int interfaces(String[] words) {
        if (words.length > 1) {
            io.complain(Usage.show());
            return ExitStatus.FAILED;
        }
        List<String> names = daemons.interfaces();
        if (options.isJson()) {
            JsonWriter json = new JsonWriter().beginArray();
            for (String name : names) {
                json.value(name);
            }
            io.out().print(json.endArray().document());
        } else if (!names.isEmpty()) {
            io.out().line(String.join(" ", names));
        }
        return ExitStatus.OK;
    }

    private int one(String name, String field) {
        InterfaceSnapshot snapshot;
        try {
            snapshot = get(name, field);
        } catch (UapiException e) {
            io.complain("Unable to access interface: " + e.text());
            return ExitStatus.FAILED;
        }
        if (!options.isJson()) {
            return print(snapshot, field, false) ? ExitStatus.OK : invalid(field);
        }
        JsonWriter json = new JsonWriter().beginObject();
        if (!ShowJson.write(json, snapshot, field, showsKeys())) {
            return invalid(field);
        }
        io.out().print(json.endObject().document());
        return ExitStatus.OK;
    }

    private int all(String field) {
        List<String> names = daemons.interfaces();
        JsonWriter json = new JsonWriter().beginObject();
        boolean isRead = names.isEmpty();
        for (String name : names) {
            InterfaceSnapshot snapshot;
            try {
                snapshot = get(name, field);
            } catch (UapiException e) {
                io.complain("Unable to access interface " + name + ": " + e.text());
                continue;
            }
            if (options.isJson()) {
                if (!ShowJson.write(json, snapshot, field, showsKeys())) {
                    return invalid(field);
                }
            } else {
                if (field.isEmpty() && isRead) {
                    io.out().print("\n");
                }
                if (!print(snapshot, field, true)) {
                    return invalid(field);
                }
            }
            isRead = true;
        }
        if (options.isJson()) {
            io.out().print(json.endObject().document());
        }
        return isRead ? ExitStatus.OK : ExitStatus.FAILED;
    }

    /** @return false when there is no such field */
    private boolean print(InterfaceSnapshot snapshot, String field, boolean isOneOfAll) {
        if (field.isEmpty()) {
            Colours colours = options.colours(io);
            long nowSeconds = System.currentTimeMillis() / MILLIS_PER_SECOND;
            io.out().print(new ShowText(colours, showsKeys(), nowSeconds).render(snapshot));
            return true;
        }
        String prefix = isOneOfAll ? snapshot.name().concat("\t") : "";
        if (field.equals("dump")) {
            io.out().print(ShowDump.render(snapshot, prefix));
            return true;
        }
        Optional<String> text = ShowField.render(snapshot, field, prefix);
        if (text.isPresent()) {
            io.out().print(text.get());
        }
        return text.isPresent();
    }

    private int invalid(String field) {
        io.complain("Invalid parameter: `" + field + "'");
        io.complain(Usage.show());
        return ExitStatus.FAILED;
    }

    /** Keys are for eyes that asked for them. */
    private boolean showsKeys() {
        return "never".equals(io.variable("WG_HIDE_KEYS"));
    }

    private InterfaceSnapshot get(String name, String field) throws UapiException {
        InterfaceSnapshot snapshot = daemons.get(name);
        boolean showsPublicKey = field.isEmpty() || field.equals("dump") || field.equals("public-key");
        if (!showsPublicKey || snapshot.privateKey().isEmpty()) {
            return snapshot;
        }
        // Daemons do not report it, and it takes time to work out.
        return new InterfaceSnapshot(
                snapshot.name(),
                snapshot.privateKey(),
                Optional.of(X25519Keys.publicKey(snapshot.privateKey().get())),
                snapshot.listenPort(),
                snapshot.fwmark(),
                snapshot.parameters(),
                snapshot.peers());
    }

    private static boolean isHelp(String word) {
        return word.equals("-h") || word.equals("--help") || word.equals("help");
    }
}
