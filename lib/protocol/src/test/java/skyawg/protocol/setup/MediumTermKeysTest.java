package skyawg.protocol.setup;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import skyawg.protocol.crypto.DhKey;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.crypto.KeyVault;
import skyawg.protocol.crypto.SeededEntropy;
import skyawg.protocol.names.PublicKey;

/** How long a key M lives. */
final class MediumTermKeysTest {
    private static final long START = 1_767_225_600;

    private final Entropy entropy = new SeededEntropy(7);

    @Test
    void thereIsANewKeyEvery24HoursEachValidFor48() {
        try (MediumTermKeys keys = new MediumTermKeys(entropy, START)) {
            MediumTermKey first = keys.current();
            assertThat(first.expiry()).isEqualTo(START + 48 * 3600);
            assertThat(keys.nextChange()).isEqualTo(START + 24 * 3600);
            assertThat(keys.advance(START + 24 * 3600 - 1)).isFalse();
            assertThat(keys.advance(START + 24 * 3600)).isTrue();
            MediumTermKey second = keys.current();
            assertThat(second.id()).isEqualTo((first.id() + 1) % 256);
            assertThat(second.publicKey()).isNotEqualTo(first.publicKey());
            assertThat(publicKey(keys, first.id())).isEqualTo(first.publicKey());
            assertThat(publicKey(keys, second.id())).isEqualTo(second.publicKey());
        }
    }

    @Test
    void theLastBitsOfAKeyAreErased10MinutesAfterItsExpiry() {
        long cells = KeyVault.liveCells();
        try (MediumTermKeys keys = new MediumTermKeys(entropy, START)) {
            int first = keys.current().id();
            keys.advance(START + 24 * 3600);
            keys.advance(START + 48 * 3600);
            assertThat(keys.nextChange()).isEqualTo(START + 48 * 3600 + 600);
            keys.advance(START + 48 * 3600 + 599);
            assertThat(keys.find(first)).isNotNull();
            long before = KeyVault.liveCells();
            keys.advance(START + 48 * 3600 + 600);
            assertThat(keys.find(first)).isNull();
            assertThat(KeyVault.liveCells()).isLessThan(before);
        }
        assertThat(KeyVault.liveCells()).isEqualTo(cells);
    }

    @Test
    void idsGoRoundAndNoTwoLivingKeysShareOne() {
        try (MediumTermKeys keys = new MediumTermKeys(entropy, START)) {
            Map<Integer, PublicKey> seen = new HashMap<>();
            for (long now = START; now < START + 600 * 24 * 3600L; now = keys.nextChange()) {
                keys.advance(now);
                MediumTermKey current = keys.current();
                seen.put(current.id(), current.publicKey());
                assertThat(publicKey(keys, current.id())).isEqualTo(current.publicKey());
                assertThat(current.expiry() - now).isBetween(24 * 3600L, 48 * 3600L);
            }
            assertThat(seen).hasSize(256);
        }
    }

    @Test
    void aClockSetBackKeepsNoKeyFor48HoursMore() {
        try (MediumTermKeys keys = new MediumTermKeys(entropy, START + 1000 * 24 * 3600L)) {
            int ahead = keys.current().id();
            assertThat(keys.advance(START)).isFalse();
            assertThat(keys.current().expiry()).isEqualTo(START + 48 * 3600);
            keys.advance(START + 24 * 3600);
            keys.advance(START + 48 * 3600 + 600);
            assertThat(keys.find(ahead)).isNull();
        }
    }

    @Test
    void aClockThatLeapsMakesOneNewKey() {
        try (MediumTermKeys keys = new MediumTermKeys(entropy, START)) {
            int first = keys.current().id();
            assertThat(keys.advance(START + 1000 * 24 * 3600L)).isTrue();
            assertThat(keys.current().id()).isEqualTo((first + 1) % 256);
            assertThat(keys.find(first)).isNull();
        }
    }

    private static PublicKey publicKey(MediumTermKeys keys, int id) {
        byte[] bytes = new byte[DhKey.LENGTH];
        requireNonNull(keys.find(id)).publicKey(bytes);
        return PublicKey.of(bytes);
    }
}
