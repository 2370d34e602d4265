package skyawg.control.uapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import skyawg.control.socket.LocalServer;

/** The recorded dialogues against our socket with an interface in memory. */
class UapiTranscriptsTest {
    private static final int RECORDED = 123;

    @TempDir
    Path directory;

    @TestFactory
    Stream<DynamicTest> answersAsRecorded() throws IOException {
        UapiDirectory sockets = UapiDirectory.open(
                directory.resolve("amneziawg"), directory.resolve("wireguard"), LocalServer.Limits.DEFAULT);
        List<UapiTranscripts.Dialogue> dialogues = UapiTranscripts.load();
        return dialogues.stream()
                .map(dialogue -> DynamicTest.dynamicTest(dialogue.name(), () -> {
                    try (UapiServer server = sockets.serve("t1", new MemoryTunnel("t1"), () -> {})) {
                        UapiTranscripts.check(dialogue, server.path());
                    }
                }))
                .onClose(sockets::close);
    }

    @Test
    void listsOnlyRecordedDialoguesAsDifferent() {
        Set<String> names = new HashSet<>();
        UapiTranscripts.load().forEach(dialogue -> names.add(dialogue.name()));
        assertThat(names).hasSize(RECORDED);
        assertThat(names).containsAll(UapiDifferences.WHOLE_OR_NOT_AT_ALL);
        assertThat(names).containsAll(UapiDifferences.REFUSED_VALUES.keySet());
    }
}
