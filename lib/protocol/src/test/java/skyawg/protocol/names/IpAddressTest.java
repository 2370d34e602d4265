package skyawg.protocol.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Address text against the JDK's reader, RFC 4291 and RFC 5952. */
final class IpAddressTest {
    /** Many zeros, so that runs of every length and place occur. */
    @Property(tries = 2000)
    void anyV6AddressIsReadBackAndTheJdkAgrees(@ForAll long seed, @ForAll @IntRange(max = 255) int zeroGroups)
            throws UnknownHostException {
        byte[] bytes = new byte[16];
        new Random(seed).nextBytes(bytes);
        for (int group = 0; group < 8; group++) {
            if ((zeroGroups >> group & 1) != 0) {
                bytes[2 * group] = 0;
                bytes[2 * group + 1] = 0;
            }
        }
        IpAddress address = IpAddress.of(bytes);
        String text = address.toString();
        assertThat(IpAddress.parse(text)).isEqualTo(address);
        assertThat(address.toBytes()).isEqualTo(bytes);
        assertThat(address.isV6()).isTrue();
        assertThat(text).isLowerCase().doesNotContain(":::");
        if (address.high() != 0 || address.low() >>> 32 != 0xffff) {
            assertThat(InetAddress.ofLiteral(text).getAddress()).isEqualTo(bytes);
        }
        assertThat(IpAddress.parse(written(bytes, new Random(seed)))).isEqualTo(address);
    }

    /** The same address written without shortening, sometimes in capitals, sometimes with a dotted end. */
    private static String written(byte[] bytes, Random random) {
        StringBuilder text = new StringBuilder();
        boolean isDotted = random.nextBoolean();
        for (int group = 0; group < (isDotted ? 6 : 8); group++) {
            text.append(group == 0 ? "" : ":").append(HexFormat.of().formatHex(bytes, 2 * group, 2 * group + 2));
        }
        if (isDotted) {
            for (int i = 12; i < 16; i++) {
                text.append(i == 12 ? ":" : ".").append(bytes[i] & 0xff);
            }
        }
        return random.nextBoolean() ? text.toString() : text.toString().toUpperCase(Locale.ROOT);
    }

    @Property(tries = 500)
    void anyV4AddressIsReadBackAndTheJdkAgrees(@ForAll @Size(4) byte[] bytes) throws UnknownHostException {
        IpAddress address = IpAddress.of(bytes);
        assertThat(address.toString()).isEqualTo(InetAddress.getByAddress(bytes).getHostAddress());
        assertThat(IpAddress.parse(address.toString())).isEqualTo(address);
        assertThat(address.toBytes()).isEqualTo(bytes);
        assertThat(address.isV6()).isFalse();
        assertThat(address).isEqualTo(IpAddress.v4((int) address.low()));
    }

    /** RFC 5952 §4, §5 and its examples. */
    @ParameterizedTest
    @CsvSource({
        "2001:db8:0:0:0:0:2:1, 2001:db8::2:1",
        "2001:0db8::0001, 2001:db8::1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:db8::1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:DB8:AAAA:BBBB:CCCC:DDDD:EEEE:AAAA, 2001:db8:aaaa:bbbb:cccc:dddd:eeee:aaaa",
        "0:0:0:0:0:0:0:0, ::",
        "0:0:0:0:0:0:0:1, ::1",
        "1:0:0:0:0:0:0:0, 1::",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
        "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8",
        "::ffff:192.0.2.1, ::ffff:192.0.2.1",
        "::ffff:c000:201, ::ffff:192.0.2.1",
        "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
        "1:2:3:4:5:6:7.8.9.10, 1:2:3:4:5:6:708:90a",
        "::0.0.0.0, ::",
        "fe80:0:0:0:0:0:0:0, fe80::",
        "0:0:1:0:0:0:0:0, 0:0:1::",
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255"
    })
    void printsTheCanonicalForm(String text, String canonical) {
        assertThat(IpAddress.parse(text)).hasToString(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                ":",
                ":::",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "1.2.3.-4",
                "1.2.3.+4",
                "01.2.3.4",
                "1.2.3.04",
                "1.2.3.4 ",
                " 1.2.3.4",
                "1.2.3.4.",
                ".1.2.3.4",
                "1..2.3",
                "0x1.2.3.4",
                "1.2.3.1000",
                "\uff11.2.3.4",
                "16909060",
                "localhost",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:",
                ":1:2:3:4:5:6:7",
                "1::2::3",
                "1:2:3:4:5:6:7:8::",
                "::1:2:3:4:5:6:7:8",
                "1:2:3:4::5:6:7:8",
                "12345::",
                "g::",
                "\uff11::",
                "::1%eth0",
                "[::1]",
                "::1/64",
                "::1.2.3",
                "::1.2.3.4.5",
                "::01.2.3.4",
                "1.2.3.4::",
                "::1.2.3.4:5",
                "1:2:3:4:5:6:7:1.2.3.4",
                "1:2:3:4:5:6::1.2.3.4:",
                "::ffff:1.2.3.256",
                "-1::"
            })
    void refusesWhatIsNoLiteral(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IpAddress.parse(text))
                .withMessage("not an IP address: " + text);
    }

    /** Shapes nearest to the limit of eight groups. */
    @ParameterizedTest
    @ValueSource(strings = {"1:2:3:4:5:6::1.2.3.4", "1:2:3:4:5:6:7:8::", "::1:2:3:4:5:6:7:8", "1::2:3:4:5:6:7:8"})
    void refusesAGapThatStandsForNothing(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> IpAddress.parse(text));
    }

    @Property(tries = 2000)
    void anyTextIsReadOrRefused(@ForAll("alike") String text) {
        try {
            IpAddress address = IpAddress.parse(text);
            assertThat(IpAddress.parse(address.toString())).isEqualTo(address);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessage("not an IP address: " + text);
        }
    }

    @Provide
    Arbitrary<String> alike() {
        return Arbitraries.strings().withChars("0123456789abf:::..g%").ofMaxLength(24);
    }

    @Test
    void masksToAPrefix() {
        IpAddress v4 = IpAddress.parse("255.255.255.255");
        assertThat(v4.masked(0)).hasToString("0.0.0.0");
        assertThat(v4.masked(1)).hasToString("128.0.0.0");
        assertThat(v4.masked(25)).hasToString("255.255.255.128");
        assertThat(v4.masked(32)).isEqualTo(v4);
        IpAddress v6 = IpAddress.v6(-1, -1);
        assertThat(v6.masked(0)).hasToString("::");
        assertThat(v6.masked(1)).hasToString("8000::");
        assertThat(v6.masked(63)).hasToString("ffff:ffff:ffff:fffe::");
        assertThat(v6.masked(64)).hasToString("ffff:ffff:ffff:ffff::");
        assertThat(v6.masked(65)).hasToString("ffff:ffff:ffff:ffff:8000::");
        assertThat(v6.masked(127)).isEqualTo(IpAddress.v6(-1, -2));
        assertThat(v6.masked(128)).isEqualTo(v6);
        for (int bits : new int[] {-1, 33}) {
            assertThatIllegalArgumentException().isThrownBy(() -> v4.masked(bits));
        }
        for (int bits : new int[] {-1, 129}) {
            assertThatIllegalArgumentException().isThrownBy(() -> v6.masked(bits));
        }
    }

    @Test
    void refusesWhatIsNoAddress() {
        for (int length : new int[] {0, 3, 5, 15, 17}) {
            assertThatIllegalArgumentException().isThrownBy(() -> IpAddress.of(new byte[length]));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new IpAddress(false, 1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new IpAddress(false, 0, 1L << 32));
    }

    @Test
    void aMappedAddressIsNotTheV4One() {
        assertThat(IpAddress.parse("::ffff:1.2.3.4")).isNotEqualTo(IpAddress.parse("1.2.3.4"));
        assertThat(IpAddress.parse("::ffff:1.2.3.4").toBytes()).hasSize(16);
    }
}
