package skyawg.awgd.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skyawg.control.control.ControlAction;
import skyawg.control.control.ControlException;
import skyawg.control.offer.OfferSource;
import skyawg.control.offer.OfferedRecord;
import skyawg.control.offer.RecordOffer;
import skyawg.datapath.forward.PacketLoops;
import skyawg.datapath.forward.TunnelOptions;
import skyawg.datapath.tunnel.DirectIngress;
import skyawg.protocol.crypto.Aeads;
import skyawg.protocol.record.AddressedRecord;

/** Nodes that are driven by the requests of the control socket alone, over real sockets of loopback. */
final class MeshServiceTest {
    /** A node that failed once on a busy machine rests for 30 s. */
    private static final long PATIENCE_NANOS = 45_000_000_000L;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private int lastAddress = 1;
    private final PacketLoops threads = PacketLoops.together(false);
    private final Map<String, MeshService> services = new LinkedHashMap<>();
    private final Map<String, Map<String, ControlAction>> actions = new HashMap<>();

    private final RecordedInterfaces interfaces = new RecordedInterfaces();

    @AfterEach
    void close() {
        services.values().forEach(MeshService::close);
    }

    private MeshService service(String node) {
        return services.computeIfAbsent(node, name -> {
            MeshService made = new MeshService(
                    file(name),
                    new TunnelOptions(threads, true, Aeads.best()),
                    _ -> interfaces,
                    new DirectIngress(),
                    folder.resolve(name));
            Map<String, ControlAction> offered = new HashMap<>();
            MeshActions.of(made, () -> {}).forEach(action -> offered.put(action.name(), action));
            actions.put(name, offered);
            return made;
        });
    }

    private void stop(String node) {
        Objects.requireNonNull(services.remove(node)).close();
    }

    private Path file(String node) {
        return folder.resolve(node).resolve("mesh.conf");
    }

    private Map<String, Object> ask(String node, String action, Map<String, String> with) throws ControlException {
        service(node);
        Map<String, ControlAction> offered = Objects.requireNonNull(actions.get(node));
        return Objects.requireNonNull(offered.get(action)).body().run(with);
    }

    /** Each at an address of its own: a hop goes to one address for a new neighbour once in 10 s only. */
    private String relay(String node, String roles) throws IOException, ControlException {
        ask(
                node,
                "mesh.join",
                Map.of(
                        "name",
                        "lab",
                        "offer",
                        roles,
                        "address",
                        "127.0.0." + ++lastAddress,
                        "listenport",
                        Integer.toString(freePort()),
                        "dial",
                        "any"));
        return String.valueOf(ask(node, "record.export", Map.of()).get("record"));
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("waited in vain").isLessThan(end);
            Thread.sleep(20);
        }
    }

    private boolean isUp(String node, int paths) throws ControlException {
        return ask(node, "tunnel.ls", Map.of()).get("tunnels") instanceof List<?> all
                && all.size() == 1
                && all.getFirst() instanceof Map<?, ?> tunnel
                && "up".equals(tunnel.get("state"))
                && Integer.valueOf(paths).equals(tunnel.get("paths_up"));
    }

    @Test
    void aTunnelComesUpByPathsThatTheNodeChose() throws Exception {
        List<String> records = new ArrayList<>();
        for (String node : List.of("r1", "r2", "r3", "r4")) {
            records.add(relay(node, "transit"));
        }
        records.add(relay("exit", "transit, internet"));
        ask("in", "mesh.join", Map.of("name", "lab", "dial", "any", "records", records.getFirst()));
        ask("in", "tunnel.add", Map.of("name", "web", "active", "1", "warm", "1", "diverse", "off"));
        assertThat(explanation("in", "web")).contains("no known node offers the exit service");
        assertThat(ask("in", "record.import", Map.of("records", String.join("\n", records))))
                .containsEntry("imported", 5)
                .containsEntry("new", 4);
        await(() -> isUp("in", 2));
        assertThat(explanation("in", "web")).contains("path 1 is active", "path 2 is warm", "one of the guards");
        assertThat(ask("in", "visor.info", Map.of())).containsEntry("tunnels_up", 1L);
        assertThat((List<?>) ask("r1", "lfib.show", Map.of()).get("entries")).isNotNull();

        // What was asked for lives in the file: another process goes on with it.
        stop("in");
        service("in").start();
        await(() -> isUp("in", 2));
        ask("in", "tunnel.set", Map.of("name", "web", "hops", "2", "warm", "0"));
        await(() -> isUp("in", 1));
        ask("in", "tunnel.rm", Map.of("name", "web"));
        assertThat((List<?>) ask("in", "tunnel.ls", Map.of()).get("tunnels")).isEmpty();
    }

    @Test
    void whatStrangersOfferIsAClaimAndIsNotWrittenDown() throws Exception {
        AddressedRecord relay = AddressedRecord.parse(relay("r1", "transit"));
        ask("in", "mesh.join", Map.of("name", "lab", "dial", "any"));
        AddressedRecord own = AddressedRecord.parse(
                String.valueOf(ask("in", "record.export", Map.of()).get("record")));
        RecordOffer offer = new RecordOffer(
                OfferSource.DISCV5, List.of(new OfferedRecord(relay, "ab12", 7), new OfferedRecord(own, "cd34", 1)));
        assertThat(ask("in", RecordOffer.ACTION, offer.fields()))
                .containsEntry("offered", 2)
                .containsEntry("taken", 1);
        assertThat(String.valueOf(ask("in", "record.show", Map.of())))
                .contains("discv5")
                .contains(relay.toText());
        assertThat(file("in")).content().doesNotContain("sky1:");
        assertThatThrownBy(() -> ask("in", RecordOffer.ACTION, Map.of("source", "rumour", "records", "")))
                .isInstanceOf(ControlException.class)
                .hasMessageContaining("rumour");
    }

    @Test
    void aRelayThatWasRestartedIsAskedForItsRecord() throws Exception {
        String relay = relay("r1", "transit");
        String exit = relay("exit", "transit, internet");
        ask("in", "mesh.join", Map.of("name", "lab", "dial", "any", "records", relay + "\n" + exit));
        stop("r1");
        service("r1").start();
        assertThat(ask("r1", "record.export", Map.of()).get("record"))
                .as("the same node has another key of the day")
                .isNotEqualTo(relay);
        ask("in", "tunnel.add", Map.of("name", "web", "hops", "2", "active", "1", "warm", "0", "diverse", "off"));
        await(() -> isUp("in", 1));
        String proved = String.valueOf(ask("in", "record.show", Map.of()));
        assertThat(proved).contains("source=node");
    }

    @Test
    void nothingChangesWhereARecordIsOfNoUse() throws Exception {
        String relay = relay("r1", "transit");
        ask("in", "mesh.join", Map.of("name", "lab"));
        assertThatThrownBy(() -> ask("in", "record.import", Map.of("records", relay)))
                .isInstanceOf(ControlException.class)
                .hasMessageContaining("paths may not lead to its address");
        ask("other", "mesh.join", Map.of("name", "elsewhere", "dial", "any"));
        assertThatThrownBy(() -> ask("other", "record.import", Map.of("records", relay)))
                .isInstanceOf(ControlException.class)
                .hasMessageContaining("of another mesh");
        assertThat((List<?>) ask("other", "record.show", Map.of()).get("records"))
                .isEmpty();
        assertThat(Files.readString(file("other"))).doesNotContain("Record");
    }

    @Test
    void rulesAreKeptInTheFileAndToldToTheSystem() throws Exception {
        ask("in", "mesh.join", Map.of("name", "lab", "clients", "10.5.0.0/26"));
        assertThatThrownBy(() -> ask("in", "ftn.add", Map.of("to", "default", "tunnel", "web")))
                .isInstanceOf(ControlException.class)
                .hasMessageContaining("no tunnel 'web'");
        assertThatThrownBy(() -> ask("in", "tunnel.add", Map.of("name", "web")))
                .isInstanceOf(ControlException.class)
                .hasMessageContaining("asks for a prefix of 28 bits, and Clients has 26");
        ask("in", "tunnel.add", Map.of("name", "web", "prefixlength", "26"));
        ask("in", "ftn.add", Map.of("to", "192.0.2.7/24", "tunnel", "web", "in", "awg0"));
        assertThat(interfaces.said)
                .startsWith("ingress 10.5.0.0/26 fd73:6b79::/64")
                .last()
                .asString()
                .contains("192.0.2.0/24")
                .contains("awg0");
        assertThatThrownBy(() -> ask("in", "ftn.add", Map.of("to", "192.0.2.0/24", "tunnel", "web", "in", "awg0")))
                .isInstanceOf(ControlException.class)
                .hasMessageContaining("two rules are about the same packets");
        ask("in", "tunnel.rm", Map.of("name", "web"));
        assertThat(ask("in", "ftn.ls", Map.of()).get("rules")).asString().contains("has_tunnel=false");
        assertThat(Files.readString(file("in"))).contains("[Ftn]\nTo = 192.0.2.0/24\nIn = awg0\nTunnel = web");
        ask("in", "ftn.rm", Map.of("to", "192.0.2.0/24", "in", "awg0"));
        assertThat(interfaces.said.getLast()).isEqualTo("steer []");
        ask("in", "mesh.leave", Map.of());
        assertThat(interfaces.said.getLast()).isEqualTo("clear");
    }

    @Test
    void rulesForAClientAreNotTheSystemsAndADscpNeedsTheRestBesideIt() throws Exception {
        String client = "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=";
        ask("in", "mesh.join", Map.of("name", "lab"));
        ask("in", "tunnel.add", Map.of("name", "web"));
        ask("in", "tunnel.add", Map.of("name", "voice"));
        ask("in", "ftn.add", Map.of("to", "default", "tunnel", "web", "client", client));
        ask("in", "ftn.add", Map.of("to", "default", "tunnel", "voice", "client", client, "dscp", "46"));
        assertThat(interfaces.said.getLast()).isEqualTo("steer []");
        assertThat(Files.readString(file("in"))).contains("Client = " + client + "\nDscp = 46\nTunnel = voice");
        assertThat(ask("in", "ftn.ls", Map.of()).get("rules")).asString().contains("client=" + client + ", dscp=46");
        Map<String, String> ofDscp = Map.of("to", "192.0.2.0/24", "tunnel", "voice", "dscp", "46");
        assertThatThrownBy(() -> ask("in", "ftn.add", ofDscp))
                .isInstanceOf(ControlException.class)
                .hasMessageContaining("needs one for those with any other beside it");
        ask("in", "ftn.add", Map.of("to", "192.0.2.0/24", "tunnel", "web"));
        ask("in", "ftn.add", ofDscp);
        assertThatThrownBy(() -> ask("in", "ftn.rm", Map.of("to", "192.0.2.0/24")))
                .isInstanceOf(ControlException.class);
        ask("in", "ftn.rm", Map.of("to", "default", "client", client, "dscp", "46"));
        assertThat((List<?>) ask("in", "ftn.ls", Map.of()).get("rules")).hasSize(3);
    }

    private Map<String, Object> explained(String to, String from, String dscp) throws ControlException {
        Map<String, String> with = new HashMap<>(Map.of("to", to, "dscp", dscp));
        if (!from.isEmpty()) {
            with.put("from", from);
        }
        return ask("in", "route.explain", with);
    }

    private void assertExplained(String to, String from, String dscp, String way, String tunnel, String... said)
            throws ControlException {
        Map<String, Object> answer = explained(to, from, dscp);
        assertThat(answer).containsEntry("way", way).containsEntry("tunnel", tunnel);
        assertThat(String.valueOf(answer.get("explanation"))).contains(said);
    }

    @Test
    void saysByWhichRuleAPacketGoesAndWhyByNoOther() throws Exception {
        String client = "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=";
        ask("in", "mesh.join", Map.of("name", "lab"));
        for (String tunnel : List.of("web", "voice", "lab")) {
            ask("in", "tunnel.add", Map.of("name", tunnel));
        }
        ask("in", "ftn.add", Map.of("to", "10.0.0.0/8", "tunnel", "web", "in", "lan0"));
        ask("in", "ftn.add", Map.of("to", "10.1.0.0/16", "tunnel", "lab", "in", "lan0"));
        ask("in", "ftn.add", Map.of("to", "10.1.0.0/16", "tunnel", "voice", "in", "lan0", "dscp", "46"));
        ask("in", "ftn.add", Map.of("to", "10.0.0.0/8", "tunnel", "voice", "client", client));
        assertExplained(
                "10.1.2.3",
                "lan0",
                "0",
                "dropped",
                "lab",
                "the rule that decides: packets to 10.1.0.0/16 that" + " come in by lan0 go by tunnel lab",
                "go by tunnel web: its prefix is shorter",
                "with DSCP 46 go by" + " tunnel voice: it is for another DSCP",
                "it is opening");
        assertExplained(
                "10.1.2.3",
                "lan0",
                "46",
                "dropped",
                "voice",
                "go by tunnel lab: one that names the source or the" + " DSCP goes before it",
                "internet serves global addresses, and 10.1.2.3 is none");
        assertExplained("10.2.0.1", "lan0", "46", "dropped", "web", "it is for another source");
        assertExplained("10.1.2.3", "lan1", "0", "system", "", "no rule sends it into the mesh", "by its other routes");
        assertExplained("10.1.2.3", "", "0", "system", "", "no rule sends it into the mesh", "10.1.2.3 dev sky0");
        assertExplained("2001:db8::1", "lan0", "0", "system", "", "no rule");
        assertExplained(
                "10.1.2.3",
                client,
                "0",
                "dropped",
                "voice",
                "packets to 10.0.0.0/8 of the client " + client,
                "is in 198.18.0.0/28",
                "from another address it is dropped");
        assertExplained("127.0.0.1", "lan0", "0", "system", "", "is an address of this machine");
        assertExplained("224.0.0.1", "lan0", "0", "system", "", "no router sends on");

        // The kernel has its own say in what this machine sends.
        ask("in", "ftn.add", Map.of("to", "default", "tunnel", "web"));
        assertExplained("192.0.2.1", "", "0", "dropped", "web", "the system sends it to sky0: 192.0.2.1 dev sky0");
        interfaces.device = "eth0";
        assertExplained("192.0.2.1", "", "0", "system", "", "a route of the system's own goes before the rules");

        ask("in", "tunnel.rm", Map.of("name", "lab"));
        assertExplained("10.1.2.3", "lan0", "0", "dropped", "lab", "there is no tunnel lab: the packet is dropped");
        assertThat(String.valueOf(
                        ask("in", "route.explain", Map.of("tunnel", "web")).get("explanation")))
                .contains("leads to the exit service internet");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "192.0.2.0/24 | awg0             | 0  | to: one address is wanted",
                "192.0.2.1    | an interface     | 0  | from: an interface has 1 to 15 characters",
                "192.0.2.1    | awg0             | 64 | dscp: 0 to 63, not '64'",
                "192.0.2.1    | ?QIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA= | 0 | is no key",
            })
    void refusesAQuestionThatNoPacketCouldBe(String to, String from, String dscp, String fault) throws Exception {
        ask("in", "mesh.join", Map.of("name", "lab"));
        assertThatThrownBy(() -> explained(to, from, dscp))
                .isInstanceOf(ControlException.class)
                .hasMessageContaining(fault);
        assertThatThrownBy(() -> ask("in", "route.explain", Map.of("tunnel", "web", "to", to)))
                .isInstanceOf(ControlException.class)
                .hasMessageContaining("one of tunnel and to is wanted");
    }

    private String key(String node) throws ControlException {
        return String.valueOf(ask(node, "visor.info", Map.of()).get("public_key"));
    }

    /** Of the rule for this label: its state and how many packets it has counted. */
    private String rule(String node, int label) throws ControlException {
        if (ask(node, "lfib.show", Map.of()).get("entries") instanceof List<?> entries) {
            for (Object each : entries) {
                if (each instanceof Map<?, ?> entry && Integer.valueOf(label).equals(entry.get("in_label"))) {
                    return entry.get("role") + " " + entry.get("operation") + " " + entry.get("state") + " "
                            + entry.get("packets");
                }
            }
        }
        return "none";
    }

    @Test
    void labelRulesLeadOverNeighboursAndComeBackWithThem() throws Exception {
        List<String> records = new ArrayList<>();
        for (String node : List.of("r1", "r2", "r3")) {
            records.add(relay(node, "transit"));
        }
        for (String node : List.of("r1", "r2", "r3")) {
            ask(node, "record.import", Map.of("records", String.join("\n", records)));
        }
        String first = key("r1");
        String second = key("r2");
        String third = key("r3");
        Map<String, String> swap = Map.of("in", first, "label", "458752", "swap", "458800", "out", third);
        ask("r2", "route.add", swap);
        ask("r3", "route.add", Map.of("in", second, "label", "458800", "pop", "on"));
        ask("r1", "tp.add", Map.of("key", second));
        await(() -> rule("r2", 458_752).equals("static swap installed 0"));
        await(() -> rule("r3", 458_800).equals("static pop installed 0"));
        assertThat(ask("r1", "route.test", Map.of("out", second, "label", "458752", "count", "7")))
                .containsEntry("sent", 7L);
        await(() -> rule("r3", 458_800).equals("static pop installed 7"));
        assertThat(rule("r2", 458_752)).isEqualTo("static swap installed 7");

        // Another link to the same neighbour, and another process of this node.
        ask("r2", "tp.rm", Map.of("id", linkTo("r2", third)));
        await(() -> rule("r2", 458_752).equals("static swap installed 0"));
        stop("r3");
        service("r3").start();
        await(() -> rule("r3", 458_800).startsWith("static pop installed"));

        assertThatThrownBy(() -> ask("r2", "route.add", swap))
                .isInstanceOf(ControlException.class)
                .hasMessageContaining("label 458752 of the neighbour " + first + " is in use");
        ask("r2", "route.rm", Map.of("in", first, "label", "458752"));
        assertThat(rule("r2", 458_752)).isEqualTo("none");
        assertThat(Files.readString(file("r2"))).doesNotContain("[Label]");
        ask("r2", "route.add", swap);
        assertThat(Files.readString(file("r2"))).contains("[Label]\nIn = " + first + "\nLabel = 458752\nSwap = 458800");
    }

    private String linkTo(String node, String key) throws ControlException {
        if (ask(node, "tp.ls", Map.of()).get("transports") instanceof List<?> links) {
            for (Object each : links) {
                if (each instanceof Map<?, ?> link && key.equals(link.get("remote_pk"))) {
                    return String.valueOf(link.get("id"));
                }
            }
        }
        throw new AssertionError("no such link");
    }

    @Test
    void refusesLabelRulesThatLeadNowhere() throws Exception {
        String stranger = "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=";
        ask("in", "mesh.join", Map.of("name", "lab"));
        assertThatThrownBy(() -> ask("in", "route.add", Map.of("in", stranger, "label", "458752", "pop", "on")))
                .isInstanceOfSatisfying(
                        ControlException.class, e -> assertThat(e.code()).isEqualTo(ControlException.UNKNOWN_NODE));
        assertThatThrownBy(() -> ask("in", "route.add", Map.of("in", key("in"), "label", "458752", "pop", "on")))
                .hasMessageContaining("is this node");
        assertThatThrownBy(() -> ask("in", "route.add", Map.of("in", stranger, "label", "500000", "pop", "on")))
                .hasMessageContaining("labels of rules are 458752 to 459007, not 500000");
        assertThatThrownBy(() -> ask("in", "route.add", Map.of("in", "me", "label", "458752", "pop", "on")))
                .hasMessageStartingWith("in: ");
        assertThatThrownBy(() -> ask("in", "route.rm", Map.of("in", stranger, "label", "458752")))
                .hasMessageContaining("there is no rule for label 458752");
        assertThatThrownBy(() -> ask("in", "route.test", Map.of("out", stranger, "label", "500000")))
                .hasMessageContaining("label: 458752 to 459007");
        assertThatThrownBy(() -> ask("in", "route.test", Map.of("out", stranger, "label", "458752")))
                .hasMessageContaining("there is no link to");
    }

    @Test
    void leavingPutsTheFileAside() throws Exception {
        ask("in", "mesh.join", Map.of("name", "lab"));
        assertThatThrownBy(() -> ask("in", "mesh.join", Map.of("name", "lab")))
                .isInstanceOfSatisfying(
                        ControlException.class, e -> assertThat(e.code()).isEqualTo(ControlException.MESH_JOINED));
        Object aside = ask("in", "mesh.leave", Map.of()).get("kept_as");
        assertThat(Path.of(String.valueOf(aside))).exists();
        assertThat(file("in")).doesNotExist();
        assertThatThrownBy(() -> ask("in", "tunnel.ls", Map.of()))
                .isInstanceOfSatisfying(
                        ControlException.class, e -> assertThat(e.code()).isEqualTo(ControlException.NO_MESH));
    }

    @Test
    void saysWhyTheFileIsNotUsedAndUsesItOnceItIsMended() throws Exception {
        ask("in", "mesh.join", Map.of("name", "lab"));
        stop("in");
        String good = Files.readString(file("in"));
        Files.writeString(file("in"), good + "Hops = 3\n");
        service("in").start();
        assertThatThrownBy(() -> ask("in", "visor.info", Map.of()))
                .isInstanceOfSatisfying(
                        ControlException.class, e -> assertThat(e.hint()).contains("mesh.conf:", "unknown key 'Hops'"));
        Files.writeString(file("in"), good);
        assertThat(ask("in", "mesh.reload", Map.of())).containsEntry("mesh", "lab");
    }

    @Test
    void refusesWhatDoesNotGoTogetherInTheWordsOfTheFile() {
        assertThatThrownBy(() -> ask("in", "mesh.join", Map.of("name", "lab", "offer", "transit")))
                .hasMessageContaining("needs an Address");
        assertThatThrownBy(() -> ask("in", "mesh.join", Map.of("name", "Lab"))).hasMessageContaining("a mesh name has");
        assertThatThrownBy(() -> ask("in", "mesh.join", Map.of("name", "lab", "secret", "hunter2")))
                .hasMessageContaining("awg genpsk");
        assertThat(file("in")).doesNotExist();
    }

    private String explanation(String node, String tunnel) throws Exception {
        Object[] lines = new Object[1];
        await(() -> {
            lines[0] = ask(node, "route.explain", Map.of("tunnel", tunnel)).get("explanation");
            return lines[0] instanceof List<?> list && list.size() > 2;
        });
        return String.valueOf(lines[0]);
    }
}
