package skyawg.awg;

import skyawg.control.cli.CommandIo;
import skyawg.control.cli.ExitStatus;
import skyawg.control.cli.JsonWriter;
import skyawg.control.config.ConfigWriter;
import skyawg.control.uapi.UapiClient;
import skyawg.control.uapi.UapiException;
import skyawg.protocol.tunnel.InterfaceSnapshot;

/** {@code awg showconf IF}: the running interface as a file for {@code setconf}, keys included. */
final class ShowConfCommand {
    private final CommandIo io;
    private final UapiClient daemons;
    private final Options options;

    ShowConfCommand(CommandIo io, UapiClient daemons, Options options) {
        this.io = io;
        this.daemons = daemons;
        this.options = options;
    }

    int run(String[] words) {
        if (words.length != 1) {
            io.complain(Usage.SHOWCONF);
            return ExitStatus.FAILED;
        }
        InterfaceSnapshot snapshot;
        try {
            snapshot = daemons.get(words[0]);
        } catch (UapiException e) {
            io.complain("Unable to access interface: " + e.text());
            return ExitStatus.FAILED;
        }
        if (options.isJson()) {
            JsonWriter json = new JsonWriter().beginObject();
            ShowJson.writeConfiguration(json, snapshot);
            io.out().print(json.endObject().document());
        } else {
            io.out().print(ConfigWriter.write(snapshot));
        }
        return ExitStatus.OK;
    }
}
