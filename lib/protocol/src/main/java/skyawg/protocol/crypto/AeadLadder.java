package skyawg.protocol.crypto;

import java.lang.foreign.Arena;
import java.util.List;
import skyawg.protocol.wire.Memory;

/** Which ChaCha20-Poly1305 there is, and what one must get right to count. */
final class AeadLadder {
    static final CipherLadder<Aeads> LADDER = new CipherLadder<>(
            "ChaCha20-Poly1305",
            List.of(new ProviderAeads(), new EvpAeads(), new JdkAeads()),
            Aeads::name,
            AeadLadder::passes);

    private AeadLadder() {}

    private static boolean passes(Aeads candidate) {
        long key = KeyVault.allocate();
        try (Arena arena = Arena.ofConfined()) {
            for (int i = 0; i < KeyVault.KEY_LENGTH; i++) {
                Memory.putByte(key + i, i);
            }
            try (Aead aead = candidate.create(key)) {
                return AeadSelfTest.passes(aead, Memory.allocate(arena, AeadSelfTest.SCRATCH_LENGTH));
            }
        } finally {
            KeyVault.release(key);
        }
    }
}
