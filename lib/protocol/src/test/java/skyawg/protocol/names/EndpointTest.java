package skyawg.protocol.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EndpointTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.2.3.4:5",
                "0.0.0.0:0",
                "255.255.255.255:65535",
                "[::]:51820",
                "[2001:db8::1]:1",
                "[fe80::1%eth0]:51820",
                "[fe80::1%2]:51820",
                "[fe80::1%wg-0.5_a]:9",
                "[::ffff:1.2.3.4]:7"
            })
    void comesBackAsItWent(String text) {
        assertThat(Endpoint.parse(text)).hasToString(text);
    }

    @Property(tries = 500)
    void anyEndpointComesBack(
            @ForAll boolean isV6, @ForAll long high, @ForAll long low, @ForAll @IntRange(max = 65_535) int port) {
        IpAddress address = isV6 ? IpAddress.v6(high, low) : IpAddress.v4((int) low);
        Endpoint endpoint = Endpoint.of(address, port);
        assertThat(Endpoint.parse(endpoint.toString())).isEqualTo(endpoint);
        if (isV6) {
            Endpoint zoned = new Endpoint(address, "eth0", port);
            assertThat(Endpoint.parse(zoned.toString())).isEqualTo(zoned);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1.2.3.4, port is missing",
        "'', port is missing",
        "1.2.3.4:, a number is missing",
        "1.2.3.4:65536, port is 0 to 65535",
        "1.2.3.4:99999999999999999999, above 4294967295",
        "1.2.3.4:-1, not a number",
        "1.2.3.4: 1, not a number",
        "::1:51820, 'an IPv6 address, and only that, stands in brackets'",
        "[1.2.3.4]:5, 'an IPv6 address, and only that, stands in brackets'",
        "[::1:5, closing bracket is missing",
        "::1]:5, not an IP address",
        "[::1], not a number",
        "[]:5, not an IP address",
        "[fe80::1%]:5, zone is empty",
        "1.2.3.4%eth0:5, only an IPv6 address has a zone",
        "example.net:5, not an IP address",
        ":5, not an IP address",
        "[fe80::1%a%b]:5, 'a zone is an interface''s name or number'",
        "[fe80::1%a/b]:5, 'a zone is an interface''s name or number'",
        "[fe80::1%a b]:5, 'a zone is an interface''s name or number'"
    })
    void refusesWithAReason(String text, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Endpoint.parse(text))
                .withMessageContaining(reason);
    }

    /** A line break in a zone would begin a new line on the control socket. */
    @Test
    void aZoneHoldsNoControlCharacter() {
        IpAddress address = IpAddress.parse("fe80::1");
        for (String zone : new String[] {"a\nb", "a\tb", "\u007f", "a\u0000"}) {
            assertThatIllegalArgumentException().isThrownBy(() -> new Endpoint(address, zone, 1));
        }
        assertThat(new Endpoint(address, "\u00e9th0", 1).zone()).isEqualTo("\u00e9th0");
    }

    @Test
    void refusesAPortOutOfRange() {
        IpAddress address = IpAddress.parse("::1");
        assertThatIllegalArgumentException().isThrownBy(() -> Endpoint.of(address, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> Endpoint.of(address, 65_536));
    }
}
