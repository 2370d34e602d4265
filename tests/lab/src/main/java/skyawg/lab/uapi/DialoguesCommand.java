package skyawg.lab.uapi;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import skyawg.control.control.ControlClient;
import skyawg.control.control.ControlException;
import skyawg.control.uapi.UapiDirectory;
import skyawg.control.uapi.UapiTranscripts;
import skyawg.lab.Arguments;

/**
 * {@code lab dialogues --control SOCKET --interface NAME}: holds each recorded dialogue with a fresh interface of the
 * daemon behind the control socket. Prints a line for each that went otherwise, and at the end how many were held.
 */
public final class DialoguesCommand {
    private DialoguesCommand() {}

    public static void run(Arguments arguments) throws IOException, ControlException {
        Map<String, String> name = Map.of("name", arguments.text("--interface"));
        Path socket = UapiDirectory.AMNEZIAWG.resolve(arguments.text("--interface") + ".sock");
        List<UapiTranscripts.Dialogue> dialogues = UapiTranscripts.load();
        int failed = 0;
        try (ControlClient daemon = ControlClient.connect(Path.of(arguments.text("--control")))) {
            for (UapiTranscripts.Dialogue dialogue : dialogues) {
                daemon.ask("interface.add", name);
                try {
                    UapiTranscripts.check(dialogue, socket);
                } catch (AssertionError | IOException e) {
                    failed++;
                    System.out.println(String.valueOf(e.getMessage()).replace('\n', '|'));
                } finally {
                    daemon.ask("interface.remove", name);
                }
            }
        }
        System.out.println(dialogues.size() + " dialogues, " + failed + " otherwise than recorded");
    }
}
