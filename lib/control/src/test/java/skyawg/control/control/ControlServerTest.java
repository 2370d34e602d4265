package skyawg.control.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlServerTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private ControlServer server;

    @BeforeEach
    void serve() throws IOException {
        ControlAction echo = new ControlAction("echo", List.of("text"), with -> Map.of("text", with.get("text")));
        ControlAction fail = new ControlAction("fail", List.of(), with -> {
            throw new ControlException(ControlException.FAILED, "no", "try otherwise");
        });
        server = new ControlServer(socket(), "v1", List.of(echo, fail));
    }

    @AfterEach
    void end() {
        server.close();
    }

    private Path socket() {
        return directory.resolve("control.sock");
    }

    @Test
    void answersInOrderOnOneConnection() throws Exception {
        try (ControlClient client = ControlClient.connect(socket())) {
            for (int i = 0; i < 100; i++) {
                assertThat(client.ask("echo", Map.of("text", "t" + i))).containsEntry("text", "t" + i);
            }
            assertThat(client.ask("hello", Map.of()))
                    .containsEntry("version", "v1")
                    .containsEntry("protocol", 1);
        }
    }

    @Test
    void listsEveryRequestWithItsFields() throws Exception {
        try (ControlClient client = ControlClient.connect(socket())) {
            assertThat(client.ask("list", Map.of()).get("requests"))
                    .isEqualTo(List.of(
                            Map.of("do", "echo", "with", List.of("text")),
                            Map.of("do", "fail", "with", List.of()),
                            Map.of("do", "hello", "with", List.of()),
                            Map.of("do", "list", "with", List.of()),
                            Map.of("do", "subscribe", "with", List.of())));
        }
    }

    @Test
    void passesARefusalOnWithCodeAndHint() throws Exception {
        try (ControlClient client = ControlClient.connect(socket())) {
            assertThatThrownBy(() -> client.ask("fail", Map.of())).isInstanceOfSatisfying(ControlException.class, e -> {
                assertThat(e.code()).isEqualTo(ControlException.FAILED);
                assertThat(e.hint()).isEqualTo("try otherwise");
            });
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"id\":3,\"do\":\"nothing\"};3;bad_request",
                "{\"id\":4,\"do\":\"echo\"};4;bad_request",
                "{\"id\":5,\"do\":\"echo\",\"with\":{\"text\":1}};5;bad_request",
                "{\"id\":6,\"do\":\"echo\",\"with\":{\"text\":\"a\",\"more\":\"b\"}};6;bad_request",
                "{\"id\":7,\"do\":\"hello\",\"extra\":1};7;bad_request",
                "{\"id\":8};8;bad_request",
            })
    void refusesAnUnfitRequestAndKeepsTheConnection(String line, int id, String code) throws Exception {
        List<String> answers = exchange(line + "\n{\"id\":99,\"do\":\"hello\"}\n", 2);
        assertThat(answers.get(0)).startsWith("{\"id\":" + id + ",\"ok\":false").contains("\"code\":\"" + code + "\"");
        assertThat(answers.get(1)).startsWith("{\"id\":99,\"ok\":true");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"nonsense", "[1]", "{\"a\":1,\"a\":2}", "{\"id\":1} {\"id\":2}", "null"})
    void closesAfterWhatIsNoJsonObject(String line) throws Exception {
        List<String> answers = exchange(line + "\n{\"id\":99,\"do\":\"hello\"}\n", 2);
        assertThat(answers).hasSize(1);
        assertThat(answers.getFirst()).contains("\"code\":\"not_json\"");
    }

    @Test
    void closesAfterALineThatIsTooLong() throws Exception {
        List<String> answers = exchange("{\"do\":\"" + "x".repeat(70_000) + "\"}\n", 2);
        assertThat(answers).hasSize(1);
        assertThat(answers.getFirst()).contains("\"code\":\"too_long\"");
    }

    @Test
    void tellsSubscribersAndOnlyThem() throws Exception {
        try (ControlClient listening = ControlClient.connect(socket());
                ControlClient silent = ControlClient.connect(socket())) {
            listening.ask("subscribe", Map.of());
            silent.ask("hello", Map.of());
            server.publish("interface.added", 12.5, Map.of("name", "awg0"));
            assertThat(listening.next()).isEqualTo(Map.of("event", "interface.added", "at", 12.5, "name", "awg0"));
            assertThat(silent.ask("echo", Map.of("text", "x"))).containsEntry("text", "x");
        }
    }

    @Test
    void isPrivateFromTheFirstMoment() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
                .isEqualTo("rw-------");
    }

    @Test
    void tellsTheClientThatIsOneTooMany() throws Exception {
        List<ControlClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 64; i++) {
                ControlClient client = ControlClient.connect(socket());
                clients.add(client);
                client.ask("hello", Map.of());
            }
            List<String> answers = exchange("", 1);
            assertThat(answers.getFirst()).contains("\"code\":\"too_many_clients\"");
        } finally {
            for (ControlClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void clientSaysThatTheDaemonHasGone() throws Exception {
        try (ControlClient client = ControlClient.connect(socket())) {
            client.ask("hello", Map.of());
            server.close();
            assertThatThrownBy(client::next).isInstanceOfAny(EOFException.class, IOException.class);
        }
    }

    /** Sends text and reads lines until there are {@code most} of them or the server closes. */
    private List<String> exchange(String text, int most) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
            ByteBuffer out = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            try {
                while (out.hasRemaining()) {
                    channel.write(out);
                }
            } catch (IOException e) {
                // Closed on us in the middle: its answer may still be there to read.
            }
            StringBuilder answers = new StringBuilder();
            ByteBuffer in = ByteBuffer.allocate(4096);
            while (answers.chars().filter(c -> c == '\n').count() < most) {
                if (!readMore(channel, in)) {
                    break;
                }
                answers.append(StandardCharsets.UTF_8.decode(in.flip()));
                in.clear();
            }
            return answers.toString().lines().toList();
        }
    }

    /** False when the server has closed, which may be a reset where it had not read all of ours. */
    private static boolean readMore(SocketChannel channel, ByteBuffer in) {
        try {
            return channel.read(in) >= 0;
        } catch (IOException e) {
            return false;
        }
    }
}
