package skyawg.protocol.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CidrTest {
    @ParameterizedTest
    @CsvSource({
        "10.1.2.3/8, 10.0.0.0/8",
        "10.1.2.3/32, 10.1.2.3/32",
        "10.1.2.3/0, 0.0.0.0/0",
        "2001:db8::1/64, 2001:db8::/64",
        "::1/128, ::1/128",
        "ffff::/0, ::/0",
        "::ffff:1.2.3.4/120, ::ffff:1.2.3.0/120"
    })
    void clearsTheHostBits(String text, String printed) {
        assertThat(Cidr.parse(text)).hasToString(printed);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0, prefix length is missing",
        "10.0.0.0/33, prefix length is 0 to 32",
        "::/129, prefix length is 0 to 128",
        "10.0.0.0/, a number is missing",
        "10.0.0.0/-1, not a number",
        "10.0.0.0/8/8, not a number",
        "/8, not an IP address",
        "10.0.0/8, not an IP address"
    })
    void refusesWithAReason(String text, String reason) {
        assertThatIllegalArgumentException().isThrownBy(() -> Cidr.parse(text)).withMessageContaining(reason);
    }

    @Property(tries = 1000)
    void containsWhatSharesItsFirstBits(
            @ForAll boolean isV6, @ForAll long high, @ForAll long low, @ForAll @IntRange(max = 128) int bits) {
        IpAddress address = isV6 ? IpAddress.v6(high, low) : IpAddress.v4((int) low);
        Cidr prefix = new Cidr(address, Math.min(bits, address.bits()));
        assertThat(prefix.contains(address)).isTrue();
        assertThat(Cidr.parse(prefix.toString())).isEqualTo(prefix);
        for (int bit = 0; bit < address.bits(); bit++) {
            assertThat(prefix.contains(flipped(address, bit))).isEqualTo(bit >= prefix.prefixBits());
        }
    }

    private static IpAddress flipped(IpAddress address, int bit) {
        byte[] bytes = address.toBytes();
        bytes[bit / 8] ^= (byte) (0x80 >>> bit % 8);
        return IpAddress.of(bytes);
    }

    @Test
    void doesNotContainTheOtherFamily() {
        assertThat(Cidr.parse("::/0").contains(IpAddress.parse("1.2.3.4"))).isFalse();
        assertThat(Cidr.parse("0.0.0.0/0").contains(IpAddress.parse("::1"))).isFalse();
    }
}
