package skyawg.datapath.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import skyawg.protocol.crypto.KeyVault;
import skyawg.protocol.onion.SendEpoch;
import skyawg.protocol.wire.Memory;

final class EpochCiphersTest {
    private final long key = KeyVault.allocate();
    private final EpochCiphers ciphers = new EpochCiphers();

    EpochCiphersTest() {
        Memory.fill(key, KeyVault.KEY_LENGTH, 7);
        ciphers.add(new SendEpoch(0, key), key);
        ciphers.sealIn(0);
        ciphers.add(new SendEpoch(1, key), key);
    }

    @AfterEach
    void close() {
        ciphers.close();
        KeyVault.release(key);
    }

    @Test
    void followTheOtherEndBeforeTheConductorKnows() {
        ciphers.follow(1);
        assertThat(sealing()).isEqualTo(1);
        ciphers.sealIn(0); // said before it knew
        assertThat(sealing()).isEqualTo(1);
        ciphers.sealIn(1);
        ciphers.remove(0);
        assertThat(sealing()).isEqualTo(1);
    }

    @Test
    void goBackWhenTheEpochThatTheyFollowedIsGivenUp() {
        ciphers.follow(1);
        ciphers.remove(1);
        assertThat(sealing()).isZero();
    }

    @Test
    void followNobodyIntoAnEpochWithoutKeys() {
        ciphers.follow(2);
        assertThat(sealing()).isZero();
    }

    @Test
    void sealNothingWithoutTheAgreedEpoch() {
        ciphers.remove(0);
        assertThat(ciphers.sealing()).isNull();
    }

    private int sealing() {
        SendEpoch epoch = ciphers.sealing();
        return epoch == null ? -1 : epoch.number();
    }
}
