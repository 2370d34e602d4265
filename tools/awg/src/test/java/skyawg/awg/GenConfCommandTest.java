package skyawg.awg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class GenConfCommandTest {
    @TempDir
    Path folder;

    private Lab lab;

    @BeforeEach
    void makeLab() throws IOException {
        lab = new Lab(folder.resolve("sockets"));
    }

    @AfterEach
    void closeLab() {
        lab.close();
    }

    private Lab.Outcome genconf(String... words) {
        List<String> all = new ArrayList<>(List.of("genconf", "--out", folder.toString()));
        all.addAll(List.of(words));
        return lab.run(all.toArray(String[]::new));
    }

    private String read(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    @Test
    void writesTwoFilesForTheirOwnerAloneAndPrintsNoKey() throws Exception {
        Lab.Outcome outcome = genconf("--endpoint", "198.51.100.2:4433");
        Path gateway = folder.resolve("sky-gateway.conf");
        Path client = folder.resolve("sky-client.conf");
        assertThat(outcome).isEqualTo(new Lab.Outcome(0, gateway + "\n" + client + "\n", ""));
        for (Path file : List.of(gateway, client)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
        assertThat(read("sky-gateway.conf"))
                .contains("ListenPort = 4433\n", "Address = 10.8.0.1/24, fd", "AllowedIPs = 10.8.0.2/32, fd")
                .doesNotContain("Endpoint");
        assertThat(read("sky-client.conf"))
                .contains(
                        "Endpoint = 198.51.100.2:4433\n", "Address = 10.8.0.2/24, fd", "AllowedIPs = 0.0.0.0/0, ::/0\n")
                .doesNotContain("ListenPort");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sky-gateway.conf", "sky-client.conf"})
    void overwritesNothingAndLeavesNoHalfBehind(String existing) throws Exception {
        Files.writeString(folder.resolve(existing), "mine");
        Lab.Outcome outcome = genconf("--endpoint", "a.example");
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains(existing + ": is there already and is not overwritten");
        assertThat(read(existing)).isEqualTo("mine");
        assertThat(Files.exists(folder.resolve("sky-gateway.conf")) && Files.exists(folder.resolve("sky-client.conf")))
                .isFalse();
    }

    @Test
    void followsNoDanglingLink() throws Exception {
        Path elsewhere = folder.resolve("elsewhere");
        Files.createSymbolicLink(folder.resolve("sky-client.conf"), elsewhere);
        assertThat(genconf("--endpoint", "a.example").status()).isEqualTo(1);
        assertThat(elsewhere).doesNotExist();
        assertThat(folder.resolve("sky-gateway.conf")).doesNotExist();
    }

    @Test
    void saysThatTheDirectoryIsMissing() {
        Lab.Outcome outcome = lab.run("genconf", "--out", folder.resolve("none").toString(), "--endpoint", "a.example");
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err()).contains("none: no such directory");
    }

    @ParameterizedTest
    @CsvSource({
        "v1, G1, H1=7, H2=7",
        "v2, G2, S1=20, S2=76",
        "v1, G3, S2=56, S1=30",
        "v3, G5, S1=20, S2=21",
        "v3, G6, RandomTrailers=on, H1=100-200",
        "v1, junk-sizes, Jmin=90, Jmax=80",
    })
    void refusesWhatBreaksARuleByItsName(String level, String rule, String first, String second) {
        Lab.Outcome outcome = genconf("--level", level, "--endpoint", "a.example", "--set", first, "--set", second);
        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains("refused by rule " + rule + ": ");
        assertThat(folder.resolve("sky-gateway.conf")).doesNotExist();
    }

    @Test
    void refusesADecoyThatReadsAsAMessage() {
        String initiation = "I1=<r 20><b 0x01000001><r 144>";
        Lab.Outcome outcome = genconf(
                "--level",
                "v2",
                "--endpoint",
                "a.example",
                "--set",
                initiation,
                "--set",
                "S1=20",
                "--set",
                "H1=16777217");
        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).contains("refused by rule G4: ");
        assertThat(folder.resolve("sky-gateway.conf")).doesNotExist();
    }

    @Test
    void warnsOfWhatTheLevelDoesNotPromise() throws Exception {
        Lab.Outcome outcome = genconf("--level", "v1", "--endpoint", "a.example", "--set", "RekeyAfterTime=100-120");
        assertThat(outcome.status()).isZero();
        assertThat(outcome.err()).contains("warning: level: RekeyAfterTime as given needs AmneziaWG 3.1");
        assertThat(read("sky-client.conf")).contains("RekeyAfterTime = 100-120\n");
        assertThat(read("sky-gateway.conf")).contains("RekeyAfterTime = 100-120\n");
    }

    @Test
    void takesAHeaderProtectionKeyFromAFileOnly() throws Exception {
        String key = lab.run("genpsk").out().strip();
        Path file = Files.writeString(folder.resolve("key"), key + "\n");
        Lab.Outcome refused = genconf("--endpoint", "a.example", "--set", "HeaderProtectionKey=" + key);
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err()).contains("takes the path of a file").doesNotContain(key);
        assertThat(genconf("--endpoint", "a.example", "--set", "HeaderProtectionKey=" + file)
                        .status())
                .isZero();
        assertThat(read("sky-client.conf")).contains("HeaderProtectionKey = " + key + "\n");
        assertThat(read("sky-gateway.conf")).contains("HeaderProtectionKey = " + key + "\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "198.51.100.2:443 | 198.51.100.2:443",
                "vpn.example.org:443 | vpn.example.org:443",
                "[2001:db8::1]:443 | [2001:db8::1]:443",
                "[fe80::1%eth0]:443 | [fe80::1%eth0]:443",
                "198.51.100.2 | 198.51.100.2:",
                "2001:db8::1 | [2001:db8::1]:",
                "[2001:db8::1] | [2001:db8::1]:",
            })
    void namesTheGatewayToTheClient(String endpoint, String written) throws Exception {
        assertThat(genconf("--endpoint", endpoint).status()).isZero();
        String port = read("sky-gateway.conf").replaceAll("(?s).*ListenPort = (\\d+)\n.*", "$1");
        assertThat(read("sky-client.conf"))
                .contains("Endpoint = " + (written.endsWith(":") ? written + port : written) + "\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":443",
                "host:",
                "host:0",
                "host:65536",
                "host:x",
                "[2001:db8::1",
                "[2001:db8::1]443",
                "[2001:db8::1]:",
                "[host]:443",
                "1.2.3:443",
                "1.2.3.256",
                "ho st:443",
                "host#x:443",
                "h\nPostUp = x:443"
            })
    void refusesWhatIsNoEndpoint(String endpoint) {
        Lab.Outcome outcome = genconf("--endpoint", endpoint);
        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).startsWith("awg genconf: --endpoint: ");
        assertThat(folder.resolve("sky-client.conf")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "--level, quic",
        "--name, eightlong",
        "--name, a/b",
        "--name, ''",
        "--address, 10.0.0.1",
        "--address, 10.0.0.1/31",
        "--address, 10.0.0.254/24",
        "--address, fd00::1/128",
        "--dns, a b",
        "--allowed-ips, 0.0.0.0/33",
        "--path-mtu, 500",
        "--set, Jc",
        "--set, Jx=3",
        "--set, Jc=x",
        "--set, H1=9-5",
        "--what, x",
        "x, y"
    })
    void refusesWordsThatItDoesNotKnow(String option, String value) {
        Lab.Outcome outcome = genconf("--endpoint", "a.example", option, value);
        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).startsWith("awg genconf: " + option).endsWith("see awg genconf --help\n");
        assertThat(folder.resolve("sky-client.conf")).doesNotExist();
    }

    @Test
    void takesAddressesServersAndPrefixes() throws Exception {
        assertThat(genconf(
                                "--endpoint=a.example:7",
                                "--name=ab",
                                "--address",
                                "172.16.5.0/30,fd01::7/64",
                                "--dns",
                                "9.9.9.9,2620:fe::fe",
                                "--dns",
                                "lan",
                                "--allowed-ips",
                                "172.16.0.0/12")
                        .status())
                .isZero();
        assertThat(read("ab-gateway.conf"))
                .contains("Address = 172.16.5.1/30, fd01::7/64\n", "AllowedIPs = 172.16.5.2/32, fd01::8/128\n")
                .doesNotContain("DNS");
        assertThat(read("ab-client.conf"))
                .contains(
                        "Address = 172.16.5.2/30, fd01::8/64\n",
                        "DNS = 9.9.9.9, 2620:fe::fe, lan\n",
                        "AllowedIPs = 172.16.0.0/12\n");
    }

    @Test
    void leavesOutIpv6WhereThePathIsTooNarrow() throws Exception {
        assertThat(genconf("--endpoint", "192.0.2.1", "--path-mtu", "1280").status())
                .isZero();
        assertThat(read("sky-client.conf")).contains("Address = 10.8.0.2/24\n", "AllowedIPs = 0.0.0.0/0\n");
    }

    @Test
    void saysThatTheClientDoesNotKnowTheGateway() throws Exception {
        Lab.Outcome outcome = genconf();
        assertThat(outcome.status()).isZero();
        assertThat(outcome.err()).contains("warning: no --endpoint");
        assertThat(read("sky-client.conf")).doesNotContain("Endpoint");
    }

    @Test
    void printsBothWhenAsked() throws Exception {
        Lab.Outcome outcome = lab.run("genconf", "--out", "-", "--endpoint", "a.example");
        assertThat(outcome.out())
                .startsWith("# sky-gateway.conf\n[Interface]\nPrivateKey = ")
                .contains("\n\n# sky-client.conf\n[Interface]\nPrivateKey = ");
        assertThat(outcome.err()).isEmpty();
    }

    @Test
    void tellsWhatItDrewWithoutSecrets() throws Exception {
        Lab.Outcome outcome = genconf("--endpoint", "a.example:7", "--json");
        assertThat(outcome.status()).isZero();
        JsonNode json = JsonMapper.shared().readTree(outcome.out());
        assertThat(json.get("level").asString()).isEqualTo("v3");
        JsonNode gateway = json.get("gateway");
        JsonNode client = json.get("client");
        assertThat(gateway.get("listenPort").asInt()).isEqualTo(7);
        assertThat(gateway.get("file").asString())
                .isEqualTo(folder.resolve("sky-gateway.conf").toString());
        assertThat(client.get("endpoint").asString()).isEqualTo("a.example:7");
        assertThat(gateway.get("s1").asInt())
                .isEqualTo(client.get("s1").asInt())
                .isPositive();
        assertThat(read("sky-client.conf"))
                .contains("PublicKey = " + gateway.get("publicKey").asString());
        for (String secret : secrets()) {
            assertThat(outcome.out()).doesNotContain(secret);
        }
    }

    @Test
    void showsHowToUseIt() {
        Lab.Outcome outcome = lab.run("genconf", "--help");
        assertThat(outcome.status()).isZero();
        assertThat(outcome.out()).startsWith("Usage: awg genconf").contains("Example: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "v1", "v2", "v3"})
    void isTakenByTheStockTool(String level) throws Exception {
        String tools = System.getenv("AMNEZIAWG_TOOLS");
        if (tools == null) {
            Assumptions.abort("AMNEZIAWG_TOOLS does not name the stock tool");
        }
        assertThat(genconf("--level", level, "--endpoint", "192.0.2.1").status())
                .isZero();
        for (String file : List.of("sky-gateway.conf", "sky-client.conf")) {
            // It reads the file before it looks for the interface, which is not there.
            Path stripped = Files.writeString(
                    folder.resolve("stripped"), read(file).replaceAll("(?m)^(Address|MTU) = .*\n", ""));
            Process awg = new ProcessBuilder(tools, "setconf", "gcnosuch", stripped.toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(awg.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(said).contains("Unable to modify interface").doesNotContain("parsing");
        }
    }

    private List<String> secrets() throws IOException {
        List<String> secrets = new ArrayList<>();
        for (String file : List.of("sky-gateway.conf", "sky-client.conf")) {
            for (String line : Files.readAllLines(folder.resolve(file))) {
                if (line.startsWith("PrivateKey") || line.startsWith("PresharedKey") || line.startsWith("HeaderProt")) {
                    secrets.add(line.substring(line.indexOf(" = ") + 3));
                }
            }
        }
        assertThat(secrets).hasSize(6);
        return secrets;
    }
}
