package skyawg.awgquick.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skyawg.awgquick.exec.Commands;
import skyawg.awgquick.exec.FailureException;
import skyawg.awgquick.exec.Programs;
import skyawg.awgquick.exec.Stop;
import skyawg.protocol.names.Endpoint;

class LinkMtuTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    /** An {@code ip} that knows two routes of its own, a route with an MTU, and a default route by wan0. */
    private LinkMtu mtu(boolean hasDefault) throws IOException {
        Path ip = Files.writeString(folder.resolve("ip"), """
                #!/bin/sh
                case "$*" in
                  "-o -force -batch -")
                    while read -r _ _ address _; do
                      case $address in
                        192.0.2.1) echo "192.0.2.1 dev lan0 src 192.0.2.9 uid 0 \\\\    cache " ;;
                        192.0.2.2) echo "192.0.2.2 via 10.0.0.1 dev wan0 src 10.0.0.9 uid 0 \\\\    cache mtu 1400 " ;;
                        192.0.2.3) echo "192.0.2.3 dev lan0 src 192.0.2.9 uid 0 \\\\    cache expires 5sec mtu lock 1300 " ;;
                        2001:db8::1) echo "2001:db8::1 from :: dev jumbo0 proto kernel src 2001:db8::9 metric 256 pref medium" ;;
                        *) echo "RTNETLINK answers: Network is unreachable" >&2; echo "Command failed -:1" >&2 ;;
                      esac
                    done ;;
                  "route show default") HAS_DEFAULT ;;
                  "-o link show")
                    echo '1: lo: <LOOPBACK,UP> mtu 65536 qdisc noqueue state UNKNOWN mode DEFAULT \\    link/loopback'
                    echo '2: lan0@if3: <BROADCAST,UP> mtu 1500 qdisc noqueue state UP mode DEFAULT \\    link/ether'
                    echo '3: jumbo0: <BROADCAST,UP> mtu 9000 qdisc noqueue state UP \\    link/ether'
                    echo '4: wan0: <BROADCAST,UP> mtu 1492 qdisc noqueue state UP \\    link/ether' ;;
                  *) exit 1 ;;
                esac
                """.replace(
                "HAS_DEFAULT",
                hasDefault ? "echo 'default via 10.0.0.1 dev wan0'; echo 'default via 10.0.0.2 dev jumbo0'" : ":"));
        assertThat(ip.toFile().setExecutable(true)).isTrue();
        return new LinkMtu(new Commands(
                new PrintStream(said, true, StandardCharsets.UTF_8),
                new Programs(folder + ":/usr/bin:/bin"),
                new Stop()));
    }

    private static List<Endpoint> to(String... endpoints) {
        return java.util.stream.Stream.of(endpoints).map(Endpoint::parse).toList();
    }

    @Test
    void takesTheWidestRouteToAPeer() throws IOException, FailureException {
        assertThat(mtu(true).of(to("192.0.2.1:1"), 0)).isEqualTo(1420);
        assertThat(mtu(true).of(to("192.0.2.2:1"), 0)).isEqualTo(1320);
        assertThat(mtu(true).of(to("192.0.2.3:1"), 0)).isEqualTo(1220);
        assertThat(mtu(true).of(to("192.0.2.2:1", "192.0.2.1:9", "192.0.2.3:1"), 0))
                .isEqualTo(1420);
        assertThat(mtu(true).of(to("[2001:db8::1]:1", "192.0.2.1:1"), 0)).isEqualTo(8920);
    }

    @Test
    void fallsBackToTheDefaultRouteAndThenToEthernet() throws IOException, FailureException {
        assertThat(mtu(true).of(List.of(), 0)).isEqualTo(1412);
        assertThat(mtu(true).of(to("203.0.113.9:1"), 0)).isEqualTo(1412);
        assertThat(mtu(false).of(to("203.0.113.9:1"), 0)).isEqualTo(1420);
    }

    @Test
    void makesRoomForThePaddingOfTransportMessages() throws IOException, FailureException {
        assertThat(mtu(true).of(to("192.0.2.1:1"), 32)).isEqualTo(1388);
        assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void saysWhenThePaddingLeavesTooLittle() throws IOException, FailureException {
        assertThat(mtu(true).of(to("192.0.2.1:1"), 200)).isEqualTo(1280);
        assertThat(said.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        "Warning: S4 = 200 leaves 1240 bytes of the path's 1500 for a packet, but the MTU stays at 1280,"
                                + " which IPv6 needs: packets above 1240 will be lost, since nothing is fragmented;"
                                + " choose a smaller S4, or set MTU = 1240 where the tunnel carries no IPv6\n");
    }

    @Test
    void keepsQuietWhenAnIpv4PathHasTheRoomAfterAll() throws IOException, FailureException {
        assertThat(mtu(true).of(to("192.0.2.1:1"), 150)).isEqualTo(1280);
        assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Property
    void neverFallsBelow1280UnlessThePathDoes(
            @ForAll @IntRange(min = 576, max = 9000) int outer, @ForAll @IntRange(max = 400) int s4) {
        int inner = LinkMtu.inner(outer, s4);
        assertThat(inner).isGreaterThanOrEqualTo(Math.min(1280, outer - 80));
        assertThat(inner).isLessThanOrEqualTo(outer - 80);
        if (outer - 80 - s4 >= 1280) {
            assertThat(inner).isEqualTo(outer - 80 - s4);
        }
    }

    @Test
    void readsDevices() {
        assertThat(LinkMtu.mtuOfDevices("2: eth0@if3: <UP> mtu 1500 qdisc\n3: br: <UP> mtu 9000\n"))
                .isEqualTo(Map.of("eth0", 1500, "br", 9000));
    }
}
