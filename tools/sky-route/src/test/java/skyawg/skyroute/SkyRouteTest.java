package skyawg.skyroute;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skyawg.control.cli.CommandIo;
import skyawg.control.cli.ExitStatus;
import skyawg.control.cli.Output;

/** What is printed, to the byte, for answers of a daemon. */
class SkyRouteTest {
    private static final String A = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    private static final String B = "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    private static final String ID = "91a1b649-9c35-07db-9959-21928dacb1f0";

    private final CannedDaemon daemon = new CannedDaemon();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private int run(String... words) {
        out.reset();
        err.reset();
        CommandIo io = new CommandIo(
                new ByteArrayInputStream("secret\n".getBytes(StandardCharsets.UTF_8)),
                new Output(out),
                new Output(err),
                Map.of("AWGD_RUN_DIR", folder.toString()),
                false);
        int status = new SkyRoute(io, Optional.of(daemon)).run(List.of(words));
        io.out().flush();
        return status;
    }

    private String printed(String... words) {
        assertThat(run(words)).isEqualTo(ExitStatus.OK);
        return out.toString(StandardCharsets.UTF_8);
    }

    private String complained() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static Map<String, Object> ordered(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }

    private static Map<String, Object> tunnel() {
        return ordered(
                "name",
                "web",
                "exit",
                "internet",
                "hops",
                3,
                "active",
                3,
                "warm",
                2,
                "mode",
                "onion",
                "scheduler",
                "ecf",
                "state",
                "up",
                "paths_up",
                4,
                "prefix4",
                "100.64.1.16/28");
    }

    @Test
    void listsTunnels() {
        daemon.with("tunnel.ls", Map.of("tunnels", List.of(tunnel())));
        assertThat(printed("tunnel", "ls")).isEqualTo("""
                name     exit         hops     state     up      active     warm     scheduler     mode      prefix
                web      internet     3        up        4/5     3          2        ecf           onion     100.64.1.16/28
                """);
    }

    @Test
    void wrapsJsonAsSkywireDoesAndAnEmptyListIsAList() {
        daemon.with("tunnel.ls", Map.of("tunnels", List.of()));
        assertThat(printed("tunnel", "ls", "--json")).isEqualTo("{\n  \"output\": []\n}\n");
        daemon.with("tunnel.ls", Map.of("tunnels", List.of(ordered("name", "web", "hops", 3, "diverse", true))));
        assertThat(printed("--json", "tunnel", "ls")).isEqualTo("""
                {
                  "output": [
                    {
                      "name": "web",
                      "hops": 3,
                      "diverse": true
                    }
                  ]
                }
                """);
    }

    @Test
    void listsTransportsInSkywiresColumns() {
        daemon.with(
                "tp.ls",
                Map.of(
                        "transports",
                        List.of(ordered(
                                "type",
                                "awg",
                                "id",
                                ID,
                                "remote_pk",
                                A,
                                "mode",
                                "regular",
                                "label",
                                "automatic",
                                "endpoint",
                                "10.0.0.1:51900",
                                "lsps",
                                4,
                                "rx_bytes",
                                1000,
                                "tx_bytes",
                                2000))));
        assertThat(printed("tp", "ls"))
                .isEqualTo("type     id                                       remote_pk"
                        + "                                        mode        label         endpoint"
                        + "           lsps     rx_bytes     tx_bytes\n"
                        + "awg      " + ID + "     " + A + "     regular     automatic     10.0.0.1:51900     4"
                        + "        1000         2000\n");
    }

    @Test
    void showsTheVisorInSkywiresWords() {
        daemon.with(
                        "visor.info",
                        ordered(
                                "public_key",
                                A,
                                "mesh",
                                "lab",
                                "addresses",
                                List.of("10.0.0.1:51900"),
                                "time_online",
                                34,
                                "roles",
                                List.of("transit", "internet"),
                                "tunnels",
                                1,
                                "tunnels_up",
                                1,
                                "lsps",
                                7,
                                "nodes_known",
                                5))
                .with("hello", Map.of("version", "v0.1.0"));
        assertThat(printed("visor", "info")).isEqualTo("""
                .:: Visor Summary ::.
                Public key: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
                Mesh: lab
                IP: 10.0.0.1:51900
                Visor Version: v0.1.0
                Time Online: 34 seconds
                Offers: transit, internet
                Tunnels: 1, 1 up
                Paths: 7
                Nodes Known: 5
                """);
        assertThat(printed("visor", "pk")).isEqualTo(A + "\n");
        assertThat(printed("visor", "pk", "--json")).isEqualTo("{\n  \"output\": \"" + A + "\"\n}\n");
    }

    @Test
    void showsLabelsAndTheSameAsRoutingRules() {
        Map<String, Object> swap = ordered(
                "role",
                "transit",
                "direction",
                "forward",
                "in_pk",
                A,
                "in_label",
                500_000,
                "operation",
                "swap",
                "out_pk",
                B,
                "out_label",
                600_000,
                "out_transport_id",
                ID,
                "state",
                "confirmed",
                "expires_in",
                605,
                "packets",
                12,
                "bytes",
                3456);
        Map<String, Object> pop = ordered(
                "role",
                "ingress",
                "direction",
                "reverse",
                "in_pk",
                B,
                "in_label",
                700_000,
                "operation",
                "pop",
                "out_pk",
                "",
                "out_label",
                0,
                "out_transport_id",
                "",
                "state",
                "pending",
                "expires_in",
                0,
                "packets",
                0,
                "bytes",
                0);
        daemon.with("lfib.show", ordered("entries", List.of(swap, pop), "lsps_left_out", 3));
        assertThat(printed("lfib").lines().toList().get(1))
                .startsWith("500000       swap          600000        " + A + "     " + B)
                .endsWith("     confirmed     12          3456");
        assertThat(complained()).isEqualTo("sky-route: 3 more paths are not shown\n");
        assertThat(printed("route", "ls")).isEqualTo("""
                id         type                    next-route-id     next-transport-id                        expire-at
                500000     IntermediaryForward     600000            91a1b649-9c35-07db-9959-21928dacb1f0     10m 5s
                700000     Consume                 -                 -                                        -
                """);
    }

    @Test
    void listsRouteGroupsWithALegALine() {
        daemon.with(
                "rg.ls",
                Map.of(
                        "route_groups",
                        List.of(ordered(
                                "tunnel",
                                "web",
                                "exit",
                                "internet",
                                "remote_pk",
                                B,
                                "state",
                                "up",
                                "legs",
                                List.of(ordered("role", "active", "hops", List.of("x", "y", B), "rtt_us", 12_345))))));
        assertThat(printed("rg", "ls"))
                .isEqualTo("web: internet, up, ends at " + B + "\n  active     12.3 ms     x -> y -> " + B + "\n");
    }

    @Test
    void findsPathsOrSaysWhyThereAreNone() {
        daemon.with("route.find", ordered("paths", List.of(List.of("x", B)), "explanation", List.of()));
        assertThat(printed("route", "find", B, "--hops", "2", "--count", "1")).isEqualTo("x -> " + B + "\n");
        assertThat(daemon.asked).containsExactly("route.find {count=1, exits=" + B + ", hops=2}");
        daemon.with("route.find", ordered("paths", List.of(), "explanation", List.of("too few")));
        assertThat(run("route", "find")).isEqualTo(ExitStatus.FAILED);
        assertThat(complained()).contains("sky-route route find: too few\n");
    }

    @Test
    void explainsAnAddressAsAPacketAndAnythingElseAsATunnel() {
        daemon.with("route.explain", ordered("way", "tunnel", "explanation", List.of("because", "of this")));
        assertThat(printed("route", "explain", "web")).isEqualTo("because\nof this\n");
        assertThat(printed("route", "explain", "2001:db8::1")).isEqualTo("because\nof this\n");
        assertThat(printed("route", "explain", "192.0.2.1", "--from", "awg0", "--dscp", "46", "--json"))
                .contains("\"output\": {\n    \"way\": \"tunnel\"");
        assertThat(daemon.asked)
                .containsExactly(
                        "route.explain {tunnel=web}",
                        "route.explain {to=2001:db8::1}",
                        "route.explain {dscp=46, from=awg0, to=192.0.2.1}");
        assertThat(run("route", "explain", "web", "--dscp", "46")).isEqualTo(ExitStatus.USAGE);
        assertThat(complained()).contains("are of a packet: give an address, and 'web' is none");
    }

    private static Map<String, Object> hop(int number, String role, String key, boolean hasAnswered, int micros) {
        return ordered(
                "hop",
                number,
                "role",
                role,
                "public_key",
                key,
                "endpoint",
                "192.0.2." + number + ":51900",
                "asked",
                true,
                "answered",
                hasAnswered,
                "rtt_us",
                micros);
    }

    @Test
    void tracesAPathAndShowsWhoDoesNotAnswer() {
        Map<String, Object> whole = ordered(
                "path",
                2,
                "paths",
                3,
                "hops",
                List.of(hop(1, "transit", A, true, 412), hop(2, "exit", B, true, 1_003)));
        daemon.with("route.trace", whole);
        assertThat(printed("route", "trace", "web", "--path", "2", "--count", "2"))
                .isEqualTo("""
                tunnel web, path 2 of 3
                hop     role        public-key                                       endpoint            rtt
                1       transit     %s     192.0.2.1:51900     0.412 ms  0.412 ms
                2       exit        %s     192.0.2.2:51900     1.003 ms  1.003 ms
                """.formatted(A, B));
        assertThat(daemon.asked)
                .containsExactly("route.trace {path=2, tunnel=web}", "route.trace {path=2, tunnel=web}");
        assertThat(printed("route", "trace", "web", "--count", "1", "--json")).contains("\"rtt_us\": [\n");
        daemon.with(
                "route.trace",
                ordered(
                        "path",
                        1,
                        "paths",
                        1,
                        "hops",
                        List.of(hop(1, "transit", A, true, 9), hop(2, "exit", B, false, 0))));
        assertThat(run("route", "trace", "web", "--count", "1")).isEqualTo(ExitStatus.FAILED);
        assertThat(out.toString(StandardCharsets.UTF_8)).endsWith("192.0.2.2:51900     *\n");
        assertThat(complained()).contains("the exit " + B + " does not answer over this path");
    }

    @Test
    void makesAndRemovesLinks() {
        daemon.with("tp.add", ordered("id", ID, "endpoint", "192.0.2.1:51900"));
        assertThat(printed("tp", "add", A)).isEqualTo("link " + ID + " to " + A + " at 192.0.2.1:51900 is up\n");
        daemon.with("tp.rm", Map.of());
        daemon.with("tp.ls", Map.of("transports", List.of(ordered("id", ID, "type", "awg", "remote_pk", B))));
        assertThat(printed("tp", "rm", "--all")).isEmpty();
        assertThat(daemon.asked).contains("tp.rm {id=" + ID + "}");
        assertThat(run("tp", "rm")).isEqualTo(ExitStatus.USAGE);
        assertThat(run("tp", "rm", "--all", "--id", ID)).isEqualTo(ExitStatus.USAGE);
        daemon.with("visor.info", Map.of("public_key", A));
        assertThat(printed("tp", "disc", "--pk", B)).isEqualTo("""
                id                                       type     edge1                                            edge2
                %s     awg      %s     %s
                """.formatted(ID, A, B));
        assertThat(run("tp", "disc", "--pk", "other")).isEqualTo(ExitStatus.FAILED);
    }

    @Test
    void looksOnceAtWhatIsCarriedWhereNobodyWatches() {
        daemon.with("visor.info", ordered("mesh", "lab", "tunnels", 1, "tunnels_up", 1, "lsps", 1, "nodes_known", 3));
        daemon.with(
                "rg.ls",
                Map.of(
                        "route_groups",
                        List.of(ordered(
                                "tunnel",
                                "web",
                                "state",
                                "up",
                                "legs",
                                List.of(ordered(
                                        "role",
                                        "active",
                                        "hops",
                                        List.of("first", B),
                                        "packets",
                                        7,
                                        "rtt_us",
                                        900))))));
        daemon.with(
                "tp.ls",
                Map.of(
                        "transports",
                        List.of(ordered(
                                "remote_pk", B, "endpoint", "192.0.2.1:1", "lsps", 1, "rx_bytes", 5, "tx_bytes", 5))));
        assertThat(printed("top", "--interval", "0.5")).isEqualTo("""
                mesh lab, 1 of 1 tunnels up, 1 paths, 1 links, 3 nodes known, online 0s

                tunnel     state     role       packets/s     rtt        path
                web        up        active     0             0.9 ms     first -> AQAAAAAA

                link to                                          endpoint        lsps     received        sent
                %s     192.0.2.1:1     1        0.00 Mbit/s     0.00 Mbit/s
                """.formatted(B));
        assertThat(run("top", "--interval", "0")).isEqualTo(ExitStatus.USAGE);
    }

    @Test
    void pingsAnExit() {
        daemon.with(
                "tunnel.ping",
                ordered(
                        "path",
                        1,
                        "paths",
                        3,
                        "hops",
                        List.of(hop(1, "transit", A, false, 0), hop(2, "exit", B, true, 420))));
        assertThat(printed("ping", "web", "--count", "2", "--interval", "0.2")).isEqualTo("""
                PING web by path 1 of 3: 2 hops to %1$s
                answer from %1$s: seq=1 time=0.420 ms
                answer from %1$s: seq=2 time=0.420 ms

                --- web, path 1: statistics ---
                2 packets transmitted, 2 received, 0%% packet loss
                rtt min/avg/max = 0.420/0.420/0.420 ms
                """.formatted(B));
        daemon.with("tunnel.ping", ordered("path", 1, "paths", 1, "hops", List.of(hop(1, "exit", B, false, 0))));
        assertThat(run("ping", "web", "--count", "1")).isEqualTo(ExitStatus.FAILED);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("1 packets transmitted, 0 received, 100% packet loss");
        assertThat(run("ping", "web", "--interval", "0.1")).isEqualTo(ExitStatus.USAGE);
        assertThat(run("ping", "web", "--count", "0")).isEqualTo(ExitStatus.USAGE);
    }

    @Test
    void makesLabelRulesAndTriesThem() {
        daemon.with("route.add", Map.of("state", "installed"));
        assertThat(printed("route", "add", "--in", A, "--label", "458752", "--swap", "458753", "--out", B))
                .isEmpty();
        daemon.with("route.add", Map.of("state", "waiting"));
        assertThat(printed("route", "add", "--in", A, "--label", "458753", "--pop"))
                .startsWith("the rule waits for a link");
        daemon.with("route.rm", Map.of());
        assertThat(printed("route", "rm", "--in", A, "--label", "458752")).isEmpty();
        daemon.with("route.test", Map.of("sent", 10));
        assertThat(printed("route", "test", "--out", A, "--label", "458752"))
                .isEqualTo("10 packets sent with label 458752\n");
        assertThat(daemon.asked)
                .containsExactly(
                        "route.add {in=" + A + ", label=458752, out=" + B + ", swap=458753}",
                        "route.add {in=" + A + ", label=458753, pop=on}",
                        "route.rm {in=" + A + ", label=458752}",
                        "route.test {count=10, label=458752, out=" + A + "}");
        assertThat(run("route", "test", "--out", A, "--label", "458752", "--count", "11"))
                .isEqualTo(ExitStatus.FAILED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "route add --pop                               | needs --in KEY and --label N",
                "route add --in a --label 1                    | say what becomes of them",
                "route add --in a --label 1 --swap 2           | say what becomes of them",
                "route add --in a --label 1 --swap 2 --out b --pop | say what becomes of them",
                "route add --in a --label 1 --out b --pop      | say what becomes of them",
                "route test --label 1                          | needs --out KEY and --label N",
                "bench web --times 5 --secs 5                  | --times or --secs, not both",
                "bench web --times 0                           | --times: 1 to 100000",
            })
    void refusesHalfOfARuleOrTwoWaysToMeasure(String line, String complaint) {
        assertThat(run(line.split(" +"))).isEqualTo(ExitStatus.USAGE);
        assertThat(complained()).contains(complaint);
    }

    @Test
    void measuresEachPathOfATunnel() {
        Map<String, Object> leg =
                ordered("role", "active", "hops", List.of(A, B), "packets", 7, "rtt_us", 900, "setup_us", 1_500);
        daemon.with(
                "rg.ls",
                Map.of(
                        "route_groups",
                        List.of(
                                ordered("tunnel", "web", "exit", "internet", "state", "up", "legs", List.of(leg)),
                                ordered("tunnel", "lab", "state", "down", "legs", List.of()))));
        daemon.with(
                "tunnel.ping",
                ordered(
                        "path",
                        1,
                        "paths",
                        1,
                        "hops",
                        List.of(hop(1, "transit", A, false, 0), hop(2, "exit", B, true, 420))));
        assertThat(printed("bench", "web", "--times", "3")).isEqualTo("""
                tunnel     path     role       hops     sent     lost       rtt-min      rtt-p50      rtt-p99      set-up
                web        1        active     2        3        0 (0%)     0.420 ms     0.420 ms     0.420 ms     1.500 ms
                """);
        assertThat(daemon.asked).hasSize(4).contains("tunnel.ping {path=1, tunnel=web}");
        assertThat(printed("bench", "web", "--times", "2", "--json"))
                .contains("\"transmitted\": 2", "\"rtt_p99_us\": 420", "\"setup_us\": 1500");
        assertThat(run("bench")).isEqualTo(ExitStatus.FAILED);
        assertThat(complained()).contains("no answer through tunnel lab, which is down: 'sky-route route explain lab'");
        assertThat(run("bench", "other")).isEqualTo(ExitStatus.FAILED);
        assertThat(complained()).contains("no tunnel 'other'");
        daemon.with("tunnel.ping", ordered("path", 1, "paths", 1, "hops", List.of(hop(2, "exit", B, false, 0))));
        assertThat(run("bench", "web", "--times", "1")).isEqualTo(ExitStatus.FAILED);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("1 (100%)");
    }

    @Test
    void aPercentileIsATimeThatWasMeasured() {
        List<Long> hundred = LongStream.rangeClosed(1, 100).boxed().toList();
        assertThat(PathFigures.percentile(hundred, 50)).isEqualTo(50);
        assertThat(PathFigures.percentile(hundred, 99)).isEqualTo(99);
        assertThat(PathFigures.percentile(List.of(9L, 1L, 5L), 50)).isEqualTo(5);
        assertThat(PathFigures.percentile(List.of(9L, 1L), 99)).isEqualTo(9);
        assertThat(PathFigures.percentile(List.of(7L), 1)).isEqualTo(7);
        assertThat(PathFigures.percentile(List.of(), 50)).isZero();
    }

    @Test
    void joinsWithSecretAndRecordsOfFiles() throws IOException {
        String text = "sky1:AQECfwAAAAAAAAABCQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAIAAAAAAAAAAAAAAAAAAAAAAAAA"
                + "AAAAAAAAAAAAAAAAGrNTgAAAAAAyrwAAAoAAAEAAAAAAAAAAAAAAAAAAAAA";
        Path secret = Files.writeString(folder.resolve("secret"), A + "\n");
        Path records = Files.writeString(folder.resolve("boot.rec"), "# boot\n" + text + "\n");
        daemon.with("mesh.join", Map.of());
        assertThat(printed(
                        "mesh",
                        "join",
                        "lab",
                        "--secret-file",
                        secret.toString(),
                        "--record",
                        records.toString(),
                        "--listen-port",
                        "51900"))
                .isEmpty();
        assertThat(daemon.asked)
                .containsExactly("mesh.join {listenport=51900, name=lab, records=" + text + ", secret=" + A + "}");
    }

    @Test
    void asksToChangeATunnelForWhatWasGivenOnly() {
        daemon.with("tunnel.set", Map.of());
        assertThat(printed("tunnel", "set", "web", "--first-hops", A, "--warm", "0"))
                .isEmpty();
        assertThat(daemon.asked).containsExactly("tunnel.set {firsthops=" + A + ", name=web, warm=0}");
    }

    @Test
    void generatesAFileThatItsOwnerAloneCanRead() throws IOException {
        Path file = folder.resolve("mesh.conf");
        assertThat(printed(
                        "config",
                        "gen",
                        "lab",
                        "--offer",
                        "transit",
                        "--address",
                        "192.0.2.1",
                        "--listen-port",
                        "51900"))
                .contains("[Mesh]\nName = lab\nPrivateKey = ", "Offer = transit\n", "ListenPort = 51900\n");
        assertThat(printed("config", "gen", "lab", "--out", file.toString())).isEmpty();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(run("config", "gen", "lab", "--out", file.toString())).isEqualTo(ExitStatus.FAILED);
        assertThat(complained()).contains("is there already");
        assertThat(run("config", "gen", "lab", "--offer", "transit")).isEqualTo(ExitStatus.USAGE);
        assertThat(complained()).contains("config gen: a node that offers something needs an Address");
    }

    @Test
    void saysWhatTheDaemonSaysAndWhatToDo() {
        assertThat(run("mesh", "show")).isEqualTo(ExitStatus.FAILED);
        assertThat(complained()).isEqualTo("sky-route mesh show: this node is in no mesh: join one\n");
    }

    @Test
    void saysHowToStartADaemonThatIsNotThere() {
        CommandIo io = new CommandIo(
                new ByteArrayInputStream(new byte[0]),
                new Output(out),
                new Output(err),
                Map.of("AWGD_RUN_DIR", folder.toString()),
                false);
        int status = new SkyRoute(io, Optional.empty()).run(List.of("mesh", "show"));
        assertThat(status).isEqualTo(ExitStatus.UNREACHABLE);
        assertThat(complained()).contains("no daemon answers at " + folder + "/control.sock", "awgd --service");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | sky-route: name a subcommand",
                "tunel ls | sky-route: unknown subcommand 'tunel'",
                "tunnel list | 'tunnel list' is no subcommand: there are tunnel ls, tunnel add",
                "tunnel add | sky-route tunnel add: needs NAME",
                "tunnel rm a b | sky-route tunnel rm: 'b' is too many",
                "tunnel add a --hop 3 | sky-route tunnel add: unknown option '--hop': there are --exit",
                "tunnel add a --hops | sky-route tunnel add: --hops needs a value: --hops N",
                "tunnel add a --hops 1 --hops 2 | sky-route tunnel add: --hops is given twice",
            })
    void refusesACommandLineThatCannotBeMeant(String line, String complaint) {
        assertThat(run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(ExitStatus.USAGE);
        assertThat(complained()).contains(complaint);
    }

    @Test
    void helpsWithEachSubcommand() {
        String all = printed("--help");
        for (Command command : SkyRoute.commands()) {
            assertThat(all).contains("  " + command.words() + "  ");
            String[] words = (command.words() + " --help").split(" ");
            assertThat(printed(words))
                    .startsWith("Usage: sky-route " + command.words())
                    .contains("Example: sky-route " + command.words());
        }
    }
}
