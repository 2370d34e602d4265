package skyawg.awgquick;

import java.util.List;
import skyawg.awgquick.exec.Commands;
import skyawg.awgquick.exec.FailureException;

/**
 * Runs the hooks of a config file with bash, each in a process of its own, {@code %i} replaced by the interface's name.
 * The first that fails ends the verb with its status.
 */
final class Hooks {
    /**
     * How the hook's text is run: as one {@code eval}, where any command that fails ends it. The variables are those
     * that hooks written for wg-quick look at.
     */
    private static final String FRAME =
            "set -e -o pipefail; shopt -s extglob; INTERFACE=$2 CONFIG_FILE=$3; eval \"$1\"";

    private final Commands commands;
    private final String interfaceName;
    private final String configFile;

    Hooks(Commands commands, String interfaceName, String configFile) {
        this.commands = commands;
        this.interfaceName = interfaceName;
        this.configFile = configFile;
    }

    void run(List<String> hooks) throws FailureException {
        for (String hook : hooks) {
            String text = hook.replace("%i", interfaceName);
            commands.run(text, List.of("bash", "-c", FRAME, "awg-quick", text, interfaceName, configFile));
        }
    }
}
