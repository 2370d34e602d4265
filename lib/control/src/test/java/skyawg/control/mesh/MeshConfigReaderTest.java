package skyawg.control.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skyawg.protocol.multipath.SchedulerKind;
import skyawg.protocol.record.Role;

class MeshConfigReaderTest {
    private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String HEAD = "[Mesh]\nName = lab\nPrivateKey = " + KEY + "\n";

    private static MeshConfig read(String text) throws MeshConfigException {
        return MeshConfigReader.read(text, "mesh.conf", file -> {
            if (file.toString().equals("/secret")) {
                return KEY + "\n";
            }
            throw new IOException("no such file");
        });
    }

    @Test
    void readsTheLeastThereCanBe() throws MeshConfigException {
        try (MeshConfig config = read(HEAD)) {
            assertThat(config.name().text()).isEqualTo("lab");
            assertThat(config.secret()).isEmpty();
            assertThat(config.offer()).isEqualTo(NodeOffer.NONE);
            assertThat(config.tunnels()).isEmpty();
        }
    }

    @Test
    void readsKeysInAnyCaseWithCommentsAndBlanks() throws MeshConfigException {
        String text = HEAD.toUpperCase(Locale.ROOT)
                        .replace(KEY.toUpperCase(Locale.ROOT), KEY)
                        .replace("LAB", "lab")
                + "  offer=transit,internet # both\r\nADDRESS = 192.0.2.1, 2001:db8::1\nlistenPort= 51900\nSecretFile = /secret\n";
        try (MeshConfig config = read(text)) {
            assertThat(config.offer().roles()).containsExactlyInAnyOrder(Role.TRANSIT, Role.INTERNET);
            assertThat(config.offer().ip6()).isPresent();
            assertThat(config.secret().orElseThrow().file()).isPresent();
        }
    }

    @Test
    void leavesTheTunnelAsItIsUsuallyUnlessAKeySaysOtherwise() throws MeshConfigException {
        try (MeshConfig config = read(HEAD + "[Tunnel]\nName = web\nScheduler = flow\n")) {
            TunnelConfig tunnel = config.tunnel("web").orElseThrow();
            assertThat(tunnel.hops()).isEqualTo(3);
            assertThat(tunnel.transits()).isEqualTo(2);
            assertThat(tunnel.scheduler()).isEqualTo(SchedulerKind.FLOW);
        }
    }

    @Test
    void numbersExitServicesAsRequestsDo() {
        assertThat(ExitService.parse("internet").number()).isEqualTo(1);
        assertThat(ExitService.parse("i2p").number()).isEqualTo(3);
        assertThat(ExitService.parse("local:printer").number()).isEqualTo(4);
        // sha256sum of "printer"
        assertThat(ExitService.parse("local:printer").nameHash()).isEqualTo(0xba70e1dacc17e1a7L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Hops = 9                 | [Tunnel]\\nName = a\\nHops = 9 | mesh.conf:6: Hops: a path has 1 to 6 hops",
                "no section               | -                              | mesh.conf:1: the first section is [Mesh]",
                "unknown key              | Offers = transit               | mesh.conf:4: unknown key 'Offers': the keys",
                "unknown section          | [Interface]                    | mesh.conf:4: unknown section '[Interface]'",
                "no address               | Offer = transit                | mesh.conf: a node that offers something needs an Address",
                "no port                  | Offer = transit\\nAddress = 192.0.2.1 | mesh.conf: a node that offers something needs a ListenPort",
                "role                     | Offer = ygg                    | mesh.conf:4: Offer: a node can offer transit and internet",
                "two addresses            | Address = 192.0.2.1, 192.0.2.2 | mesh.conf:4: Address: a node has one IPv4",
                "secret                   | Secret = hunter2               | mesh.conf:4: Secret: a key has 44 characters",
                "file                     | SecretFile = /nosuch           | mesh.conf:4: /nosuch: cannot be read: no such file",
                "record                   | Record = sky1:short            | mesh.conf:4: Record: a node record has",
                "no name                  | [Tunnel]\\nHops = 3            | mesh.conf:6: the [Tunnel] before this line has no Name",
                "twice                    | [Tunnel]\\nName = a\\n[Tunnel]\\nName = a | mesh.conf: two tunnels are called 'a'",
                "interface and client     | [Ftn]\\nTo = ::/0\\nTunnel = a\\nIn = awg0\\nClient = AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA= | mesh.conf:9: the [Ftn] before this line: a rule names an interface or a client",
                "DSCP                     | [Ftn]\\nTo = ::/0\\nTunnel = a\\nDscp = 64 | mesh.conf:8: the [Ftn] before this line: a DSCP is 0 to 63",
                "label of no rule         | [Label]\\nIn = AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=\\nLabel = 459008\\nPop = on | mesh.conf:8: the [Label] before this line: labels of rules are 458752 to 459007, not 459008",
                "label to swap for        | [Label]\\nIn = AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=\\nLabel = 458752\\nSwap = 7\\nOut = AgIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA= | mesh.conf:9: the [Label] before this line: a label to swap for is 458752 to 1048575, not 7",
                "neither swap nor pop     | [Label]\\nIn = AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=\\nLabel = 458752 | mesh.conf:7: the [Label] before this line: a rule needs Swap and Out, or Pop",
                "swap without out         | [Label]\\nIn = AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=\\nLabel = 458752\\nSwap = 500000 | mesh.conf:8: the [Label] before this line: Swap and Out go together",
                "back                     | [Label]\\nIn = AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=\\nLabel = 458752\\nSwap = 500000\\nOut = AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA= | mesh.conf:9: the [Label] before this line: packets do not go back",
                "label twice              | [Label]\\nIn = AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=\\nLabel = 458752\\nPop = on\\n[Label]\\nIn = AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=\\nLabel = 458752\\nPop = on | mesh.conf: label 458752 of the neighbour",
                "no equals                | Offer                          | mesh.conf:4: a line is 'Key = value'",
            })
    void namesLineValueAndWhatToDo(String what, String lines, String error) {
        String text = lines.equals("-") ? "Name = lab\n" : HEAD + lines.replace("\\n", "\n") + "\n";
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(MeshConfigException.class)
                .hasMessageStartingWith(error);
    }

    @Test
    void neverQuotesAKeyUnderAWrongName() {
        assertThatThrownBy(() -> read(HEAD + KEY + "\n"))
                .isInstanceOf(MeshConfigException.class)
                .message()
                .doesNotContain(KEY.substring(0, 12));
    }
}
