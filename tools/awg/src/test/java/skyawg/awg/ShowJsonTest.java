package skyawg.awg;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The schema that scripts rely on: fields may be added to this golden document, never changed. */
class ShowJsonTest {
    @TempDir
    Path folder;

    private Lab lab;

    @BeforeEach
    void serve() throws Exception {
        lab = new Lab(folder);
        lab.add("veca0", new FixedTunnel(Recordings.interfaceA(Recordings.NEWEST_FIRST)));
    }

    @Test
    void writesAnInterface() {
        assertThat(lab.run("show", "veca0", "--json").out()).isEqualTo("""
                {
                  "veca0": {
                    "publicKey": "9s7KbVuSf/euoyFChU3MbbZCS22AAuRbbcxmquKDJCc=",
                    "listenPort": 51830,
                    "fwmark": 51820,
                    "jc": 4,
                    "jmin": 40,
                    "jmax": 70,
                    "s1": 15,
                    "s2": 25,
                    "s3": 35,
                    "s4": 12,
                    "h1": "100000-199999",
                    "h2": "1200000000-1299999999",
                    "h3": "3000000000",
                    "h4": "4200000000-4294967295",
                    "i1": "<b 0xc0ffee> <r 20><t>",
                    "i3": "<rc 16>",
                    "contentPaddingAddition": "1-64",
                    "rekeyAfterTime": "100-140",
                    "rekeyTimeout": "4-6",
                    "rejectAfterTime": "170-190",
                    "keepaliveTimeout": "8-12",
                    "maxHandshakeAttempts": "10-20",
                    "randomTrailers": true,
                    "disableCookies": true,
                    "peers": {
                      "lc1Z+m/MgDHDYrWvgATJnLgq1TSoITrrq9bp6xT1mCk=": {
                        "endpoint": "192.0.2.2:51831",
                        "latestHandshake": 1795416337,
                        "transferRx": 2105,
                        "transferTx": 1941,
                        "persistentKeepalive": "20-30",
                        "allowedIps": [
                          "10.99.0.2/32",
                          "fd99::2/128"
                        ]
                      },
                      "TrMvSoP4jYQlY6RIzBgbssQqY3vxI2Pi+y71lOWWXX0=": {
                        "endpoint": "[2001:db8:1::2]:4444",
                        "transferRx": 0,
                        "transferTx": 0,
                        "allowedIps": [
                          "10.98.0.0/16"
                        ]
                      },
                      "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=": {
                        "transferRx": 0,
                        "transferTx": 0,
                        "allowedIps": []
                      }
                    }
                  }
                }
                """);
    }

    @Test
    void writesSecretsOnlyToThoseWhoAskForThem() {
        assertThat(lab.run("--json", "show").out()).doesNotContain("privateKey", "presharedKey", "headerProtectionKey");
        lab.set("WG_HIDE_KEYS", "never");
        JsonNode shown =
                JsonMapper.shared().readTree(lab.run("--json", "show").out()).get("veca0");
        assertThat(shown.get("privateKey").asString()).isEqualTo("QHNZcSHaq0sbS3CfUdJlUMtWvtwcXXNqXCVpcHnGrEg=");
        assertThat(shown.get("headerProtectionKey").asString())
                .isEqualTo("yMxwWjVRk0JZ5c7gEPt0gK7hpQpW9j6kqYzvW8nL9aE=");
    }

    @Test
    void writesOneField() {
        assertThat(lab.run("show", "all", "listen-port", "--json").out()).isEqualTo("""
                {
                  "veca0": {
                    "listenPort": 51830
                  }
                }
                """);
        JsonNode peers = JsonMapper.shared()
                .readTree(lab.run("show", "veca0", "endpoints", "--json").out())
                .get("veca0")
                .get("peers");
        assertThat(peers.size()).isEqualTo(3);
        assertThat(peers.get("lc1Z+m/MgDHDYrWvgATJnLgq1TSoITrrq9bp6xT1mCk=").toString())
                .isEqualTo("{\"endpoint\":\"192.0.2.2:51831\"}");
    }

    @Test
    void refusesAnUnknownField() {
        Lab.Outcome outcome = lab.run("show", "veca0", "nonsense", "--json");
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
    }

    @Test
    void listsInterfaces() {
        assertThat(lab.run("show", "interfaces", "--json").out()).isEqualTo("[\n  \"veca0\"\n]\n");
    }

    @Test
    void writesAConfigurationWithItsKeysAndWithoutState() {
        JsonNode shown = JsonMapper.shared()
                .readTree(lab.run("showconf", "veca0", "--json").out())
                .get("veca0");
        assertThat(shown.get("privateKey").asString()).isEqualTo("QHNZcSHaq0sbS3CfUdJlUMtWvtwcXXNqXCVpcHnGrEg=");
        assertThat(shown.get("peers").toString())
                .contains("presharedKey")
                .doesNotContain("transferRx", "latestHandshake");
    }
}
