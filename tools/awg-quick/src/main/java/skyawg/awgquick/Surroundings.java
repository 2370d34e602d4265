package skyawg.awgquick;

import java.nio.file.Path;
import skyawg.awgquick.conf.ConfigFile;
import skyawg.awgquick.conf.QuickConfig;
import skyawg.awgquick.exec.Commands;

/**
 * What a verb works with.
 *
 * @param program the daemon that is started, WG_QUICK_USERSPACE_IMPLEMENTATION or {@code awgd}
 * @param records the folder of {@link skyawg.awgquick.record.UndoRecord}s
 */
record Surroundings(
        ConfigFile file, QuickConfig config, Tunnel tunnel, Commands commands, String program, Path records) {
    String interfaceName() {
        return file.interfaceName();
    }

    Hooks hooks() {
        return new Hooks(commands, interfaceName(), file.path().toString());
    }
}
