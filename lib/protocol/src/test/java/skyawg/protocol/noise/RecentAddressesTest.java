package skyawg.protocol.noise;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import skyawg.protocol.crypto.SeededEntropy;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.names.IpAddress;

final class RecentAddressesTest {
    private final AllowedIps<String> allowedIps = new AllowedIps<>();
    private final RecentAddresses<String> recent = new RecentAddresses<>(allowedIps);

    @Test
    void remembersTheLongestMatch() {
        allowedIps.insert(Cidr.parse("10.0.0.0/8"), "wide");
        allowedIps.insert(Cidr.parse("10.1.0.0/16"), "narrow");
        allowedIps.publish();
        for (int i = 0; i < 3; i++) {
            assertThat(recent.lookupV4(0x0a01_0001)).isEqualTo("narrow");
            assertThat(recent.lookupV4(0x0a02_0001)).isEqualTo("wide");
            assertThat(recent.lookupV4(0x0b00_0001)).isNull();
            assertThat(recent.lookupV6(0, 0)).isNull();
        }
    }

    @Test
    void forgetsWhenAChangeIsPublished() {
        assertThat(recent.lookupV4(0x0a00_0001)).isNull();
        allowedIps.insert(Cidr.parse("10.0.0.0/8"), "a");
        assertThat(recent.lookupV4(0x0a00_0001)).isNull();
        allowedIps.publish();
        assertThat(recent.lookupV4(0x0a00_0001)).isEqualTo("a");
        allowedIps.insert(Cidr.parse("10.0.0.0/8"), "b");
        allowedIps.publish();
        assertThat(recent.lookupV4(0x0a00_0001)).isEqualTo("b");
        allowedIps.removeAll("b");
        allowedIps.publish();
        assertThat(recent.lookupV4(0x0a00_0001)).isNull();
    }

    /** Against the tries themselves, with more addresses than there are places. */
    @Test
    void alwaysAgreesWithTheTries() {
        SeededEntropy random = new SeededEntropy(8);
        for (int i = 0; i < 300_000; i++) {
            int v4 = (int) random.uniform(0, 20_000) * 0x0001_0101;
            long high = random.uniform(0, 100) << 32;
            long low = random.uniform(0, 100);
            if (i % 1_000 == 0) {
                int bits = (int) random.uniform(8, 32);
                allowedIps.insert(new Cidr(IpAddress.v4(v4), bits), "v4 peer " + i);
                allowedIps.insert(new Cidr(IpAddress.v6(high, low), 96 + bits), "v6 peer " + i);
                allowedIps.publish();
            }
            assertThat(recent.lookupV4(v4)).isEqualTo(allowedIps.lookupV4(v4));
            assertThat(recent.lookupV6(high, low)).isEqualTo(allowedIps.lookupV6(high, low));
        }
    }
}
