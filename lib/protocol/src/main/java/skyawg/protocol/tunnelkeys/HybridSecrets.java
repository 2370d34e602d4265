package skyawg.protocol.tunnelkeys;

import java.lang.foreign.Arena;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.crypto.DhKey;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.crypto.Hkdf;
import skyawg.protocol.crypto.KeyVault;
import skyawg.protocol.crypto.MlKem768;
import skyawg.protocol.wire.Memory;

/**
 * Both sides' arithmetic of a new epoch: the secrets of ML-KEM-768 and X25519, of which an attacker would need both.
 * They are in off-heap scratch memory, wiped before each call returns. One thread at a time.
 */
final class HybridSecrets {
    private static final int LENGTH = MlKem768.SECRET_LENGTH + KeyVault.KEY_LENGTH;

    private final Hkdf hkdf = new Hkdf();
    private final Arena arena = Arena.ofAuto();
    private final long secrets = Memory.allocate(arena, LENGTH);
    private final long x25519Secret = secrets + MlKem768.SECRET_LENGTH;

    /** The egress's answer with the keys it leads to. */
    static final class Answered {
        private final byte[] answer;
        private final EpochKeys keys;

        private Answered(byte[] answer, EpochKeys keys) {
            this.answer = answer;
            this.keys = keys;
        }

        byte[] answer() {
            return answer;
        }

        EpochKeys keys() {
            return keys;
        }
    }

    /** Egress. @return null when a key of the offer is refused */
    @Nullable
    Answered answer(Entropy entropy, TunnelId tunnelId, EpochKeys current, byte[] offer) {
        try (DhKey own = DhKey.generate(entropy)) {
            if (!own.agree(offer, KemMessage.X25519_OFFSET, x25519Secret)) {
                return null;
            }
            byte[] ciphertext = MlKem768.encapsulate(entropy, offer, KemMessage.KEM_OFFSET, secrets);
            if (ciphertext == null) {
                return null;
            }
            byte[] answer = KemMessage.answer(current.epoch() + 1, own, ciphertext);
            byte[] transcriptHash = EpochSchedule.transcriptHash(tunnelId, offer, answer);
            return new Answered(answer, EpochSchedule.next(hkdf, current, secrets, transcriptHash));
        } finally {
            KeyVault.wipe(secrets, LENGTH);
        }
    }

    /** Ingress. @return null when a key of the answer is refused */
    @Nullable
    EpochKeys finish(DhKey x25519, MlKem768 kem, TunnelId tunnelId, EpochKeys current, byte[] offer, byte[] answer) {
        byte[] ciphertext = new byte[MlKem768.CIPHERTEXT_LENGTH];
        System.arraycopy(answer, KemMessage.KEM_OFFSET, ciphertext, 0, ciphertext.length);
        try {
            if (!x25519.agree(answer, KemMessage.X25519_OFFSET, x25519Secret)
                    || !kem.decapsulate(ciphertext, secrets)) {
                return null;
            }
            byte[] transcriptHash = EpochSchedule.transcriptHash(tunnelId, offer, answer);
            return EpochSchedule.next(hkdf, current, secrets, transcriptHash);
        } finally {
            KeyVault.wipe(secrets, LENGTH);
        }
    }
}
