package skyawg.awg;

import skyawg.control.cli.CommandIo;
import skyawg.control.cli.ExitStatus;
import skyawg.control.cli.JsonWriter;

/** {@code awg version}. */
final class Version {
    private static final String NAME = "skyawg";

    private Version() {}

    static int print(CommandIo io, Options options) {
        String version = Version.class.getPackage().getImplementationVersion();
        String number = version == null ? "(not packaged)" : version;
        if (options.isJson()) {
            JsonWriter json = new JsonWriter().beginObject();
            json.name("name").value(NAME).name("version").value(number);
            io.out().print(json.endObject().document());
        } else {
            io.out().line(NAME + "-tools v" + number);
        }
        return ExitStatus.OK;
    }
}
