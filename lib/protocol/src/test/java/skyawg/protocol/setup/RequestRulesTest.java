package skyawg.protocol.setup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.tunnelkeys.TunnelId;

/** What every request is looked at for. */
final class RequestRulesTest {
    private static final long NOW = 1_767_225_600;
    private static final PublicKey SELF = key(1);
    private static final PublicKey UPSTREAM = key(2);
    private static final PublicKey NEXT = key(3);

    private final RequestRules rules = new RequestRules(SELF, DialableAddresses.GLOBAL);

    @Test
    void theClockMayBe120SecondsOff() {
        assertThat(check(transit(NOW - 120, NEXT, "9.9.9.9", 443))).isEqualTo(Status.OK);
        assertThat(check(transit(NOW + 120, NEXT, "9.9.9.9", 443))).isEqualTo(Status.OK);
        assertThat(check(transit(NOW - 121, NEXT, "9.9.9.9", 443))).isEqualTo(Status.CLOCK);
        assertThat(check(transit(NOW + 121, NEXT, "9.9.9.9", 443))).isEqualTo(Status.CLOCK);
        assertThat(check(egress(NOW - 121, 24, 60, 1))).isEqualTo(Status.CLOCK);
        assertThat(check(egress(NOW + 600, 24, 60, 1))).as("10 minutes off").isEqualTo(Status.CLOCK);
    }

    @Test
    void theNextHopIsNeitherOurselvesNorWhereItCameFrom() {
        assertThat(check(transit(NOW, SELF, "9.9.9.9", 443))).isEqualTo(Status.POLICY);
        assertThat(check(transit(NOW, UPSTREAM, "9.9.9.9", 443))).isEqualTo(Status.POLICY);
    }

    @Test
    void onlyPortsOfNoOtherServiceAreDialled() {
        for (int port : new int[] {0, 22, 53, 442, 444, 1023}) {
            assertThat(check(transit(NOW, NEXT, "9.9.9.9", port)))
                    .as("port " + port)
                    .isEqualTo(Status.POLICY);
        }
        for (int port : new int[] {443, 1024, 51820, 65535}) {
            assertThat(check(transit(NOW, NEXT, "9.9.9.9", port)))
                    .as("port " + port)
                    .isEqualTo(Status.OK);
        }
    }

    @Test
    void onlyGlobalUnicastIsDialled() {
        for (String address : new String[] {"9.9.9.9", "100.63.255.255", "223.255.255.255", "2620:fe::9", "3ffe::1"}) {
            assertThat(check(transit(NOW, NEXT, address, 443))).as(address).isEqualTo(Status.OK);
        }
        for (String address : new String[] {
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "169.254.1.1",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.0.2.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "64:ff9b::9.9.9.9",
            "200::1",
            "fc00::1",
            "fe80::1",
            "ff02::1",
            "2001::1",
            "2001:db8::1",
            "2002:909:909::1",
            "3fff::1"
        }) {
            assertThat(check(transit(NOW, NEXT, address, 443))).as(address).isEqualTo(Status.POLICY);
        }
    }

    @Test
    void aLaboratoryMayDialPrivateRangesAndNothingElseMore() {
        RequestRules lab = new RequestRules(SELF, DialableAddresses.GLOBAL_AND_PRIVATE);
        for (String address :
                new String[] {"9.9.9.9", "10.1.2.3", "100.64.0.1", "172.16.0.1", "192.168.1.1", "fd00::1"}) {
            assertThat(lab.check(transit(NOW, NEXT, address, 443), UPSTREAM, NOW))
                    .as(address)
                    .isEqualTo(Status.OK);
        }
        for (String address : new String[] {"127.0.0.1", "169.254.1.1", "224.0.0.1", "::1", "fe80::1", "200::1"}) {
            assertThat(lab.check(transit(NOW, NEXT, address, 443), UPSTREAM, NOW))
                    .as(address)
                    .isEqualTo(Status.POLICY);
        }
    }

    @Test
    void rangesAreKept() {
        assertThat(check(egress(NOW, 23, 60, 1))).isEqualTo(Status.POLICY);
        assertThat(check(egress(NOW, 24, 60, 1))).isEqualTo(Status.OK);
        assertThat(check(egress(NOW, 30, 3600, 65_535))).isEqualTo(Status.OK);
        assertThat(check(egress(NOW, 31, 60, 1))).isEqualTo(Status.POLICY);
        assertThat(check(egress(NOW, 24, 59, 1))).isEqualTo(Status.POLICY);
        assertThat(check(egress(NOW, 24, 3601, 1))).isEqualTo(Status.POLICY);
        assertThat(check(egress(NOW, 24, 60, 0))).as("LSP number 0").isEqualTo(Status.POLICY);
        assertThat(check(new UnreadableRequest(2))).isEqualTo(Status.POLICY);
    }

    private Status check(Request request) {
        return rules.check(request, UPSTREAM, NOW);
    }

    private static TransitRequest transit(long unixSeconds, PublicKey next, String address, int port) {
        return new TransitRequest(false, 600, 0, unixSeconds, 1, next, IpAddress.parse(address), port, 0);
    }

    private static EgressRequest egress(long unixSeconds, int prefixLength, int lifetime, int lspNumber) {
        return new EgressRequest(
                false, false, lifetime, 0, 1, prefixLength, unixSeconds, new TunnelId(1, 2), lspNumber, 0, 0);
    }

    private static PublicKey key(int first) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) first;
        return PublicKey.of(bytes);
    }
}
