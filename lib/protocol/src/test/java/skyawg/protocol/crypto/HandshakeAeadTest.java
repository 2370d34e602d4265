package skyawg.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Random;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The handshake's three payloads: a public key, a timestamp and nothing. */
final class HandshakeAeadTest {
    private final OffHeap memory = new OffHeap();
    private final HandshakeAead aead = new HandshakeAead();
    private final Random random = new Random(1);

    @AfterEach
    void freeMemory() {
        memory.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 12, 32, 1024})
    void sealsAsBouncyCastle(int length) throws InvalidCipherTextException {
        byte[] key = bytes(32);
        byte[] hash = bytes(32);
        byte[] plaintext = bytes(length);
        org.bouncycastle.crypto.modes.ChaCha20Poly1305 oracle = new org.bouncycastle.crypto.modes.ChaCha20Poly1305();
        oracle.init(true, new AEADParameters(new KeyParameter(key), 128, new byte[12], hash));
        byte[] expected = new byte[length + 16];
        int written = oracle.processBytes(plaintext, 0, length, expected, 0);
        oracle.doFinal(expected, written);
        byte[] message = new byte[length + 20];
        aead.seal(memory.put(key), plaintext, 0, length, hash, message, 4);
        assertThat(Arrays.copyOfRange(message, 4, message.length)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 12, 32})
    void opensWhatItSealedAndNoForgery(int length) {
        long key = memory.put(bytes(32));
        byte[] hash = bytes(32);
        byte[] plaintext = bytes(length);
        byte[] sealed = new byte[length + 16];
        byte[] opened = new byte[length];
        aead.seal(key, plaintext, 0, length, hash, sealed, 0);
        for (int bit = 0; bit < sealed.length * 8; bit++) {
            sealed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(aead.open(key, sealed, 0, sealed.length, hash, opened, 0))
                    .isFalse();
            sealed[bit / 8] ^= (byte) (1 << bit % 8);
        }
        assertThat(opened).as("a forgery writes nothing").isEqualTo(new byte[length]);
        hash[31] ^= 1;
        assertThat(aead.open(key, sealed, 0, sealed.length, hash, opened, 0)).isFalse();
        hash[31] ^= 1;
        assertThat(aead.open(key, sealed, 0, sealed.length, hash, opened, 0)).isTrue();
        assertThat(opened).isEqualTo(plaintext);
        assertThat(aead.open(key, sealed, 0, sealed.length, hash, sealed, 0))
                .as("in place")
                .isTrue();
        assertThat(Arrays.copyOf(sealed, length)).isEqualTo(plaintext);
    }

    @Test
    void refusesWhatIsShorterThanATag() {
        assertThat(aead.open(memory.allocate(32), new byte[15], 0, 15, new byte[32], new byte[0], 0))
                .isFalse();
    }

    @Test
    void refusesWhatIsNoHandshakePayload() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> aead.seal(memory.allocate(32), new byte[1025], 0, 1025, new byte[32], new byte[1041], 0));
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
