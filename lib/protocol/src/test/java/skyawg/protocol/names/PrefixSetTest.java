package skyawg.protocol.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class PrefixSetTest {
    /** The set against asking each prefix in turn. */
    @Property(tries = 500)
    void setAgreesWithItsPrefixes(@ForAll long seed, @ForAll @IntRange(max = 30) int count) {
        Random random = new Random(seed);
        List<Cidr> prefixes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean isV6 = random.nextBoolean();
            int bits = random.nextInt(isV6 ? 129 : 33);
            prefixes.add(new Cidr(anyAddress(random, isV6), random.nextBoolean() ? bits : bits / 8));
        }
        PrefixSet set = PrefixSet.of(prefixes);
        for (int i = 0; i < 200; i++) {
            IpAddress probe = probe(random, prefixes);
            boolean expected = prefixes.stream().anyMatch(prefix -> prefix.contains(probe));
            assertThat(set.contains(probe)).isEqualTo(expected);
        }
    }

    private static IpAddress probe(Random random, List<Cidr> prefixes) {
        if (prefixes.isEmpty() || random.nextInt(4) == 0) {
            return anyAddress(random, random.nextBoolean());
        }
        IpAddress near = prefixes.get(random.nextInt(prefixes.size())).address();
        long step = random.nextInt(3) - 1L;
        return near.isV6() ? IpAddress.v6(near.high(), near.low() + step) : IpAddress.v4((int) (near.low() + step));
    }

    private static IpAddress anyAddress(Random random, boolean isV6) {
        return isV6 ? IpAddress.v6(random.nextLong(), random.nextLong()) : IpAddress.v4(random.nextInt());
    }
}
