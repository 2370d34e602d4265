package skyawg.protocol.tunnelkeys;

import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import skyawg.protocol.crypto.Hkdf;
import skyawg.protocol.crypto.KeyVault;
import skyawg.protocol.crypto.Sha256;
import skyawg.protocol.wire.Memory;

/**
 * How the keys of a tunnel's epochs follow from each other. Any thread; nothing is left behind.
 *
 * <pre>
 *   CK_0 | TF_0 | TR_0  = Expand(ck2, "sky-tun-1 epoch" | h2, 96)          ck2, h2 of the set-up's egress slot
 *
 *   th                  = SHA-256("sky-tun-1 kem" | tunnel id | offer | answer)
 *   prk                 = Extract(salt = CK_e, ikm = ML-KEM secret 32 | X25519 secret 32)
 *   CK | TF | TR of e+1 = Expand(prk, "sky-tun-1 epoch" | th, 96)
 * </pre>
 */
public final class EpochSchedule {
    private static final byte[] EPOCH_LABEL = "sky-tun-1 epoch".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TRANSCRIPT_LABEL = "sky-tun-1 kem".getBytes(StandardCharsets.US_ASCII);

    private EpochSchedule() {}

    /**
     * Epoch 0, from the slot of the egress that creates the tunnel.
     *
     * @param chainKey address of 32 bytes
     * @param transcriptHash 32 bytes
     */
    public static EpochKeys first(Hkdf hkdf, long chainKey, byte[] transcriptHash) {
        return expand(hkdf, 0, chainKey, transcriptHash);
    }

    /**
     * The epoch after {@code current}.
     *
     * @param secrets address of 64 bytes: ML-KEM's secret, then that of X25519
     * @param transcriptHash 32 bytes
     */
    static EpochKeys next(Hkdf hkdf, EpochKeys current, long secrets, byte[] transcriptHash) {
        try (Arena arena = Arena.ofConfined()) {
            long prk = Memory.allocate(arena, KeyVault.KEY_LENGTH);
            hkdf.extract(current.chainKey(), KeyVault.KEY_LENGTH, secrets, 2 * KeyVault.KEY_LENGTH, prk);
            try {
                return expand(hkdf, current.epoch() + 1, prk, transcriptHash);
            } finally {
                KeyVault.wipe(prk, KeyVault.KEY_LENGTH);
            }
        }
    }

    static byte[] transcriptHash(TunnelId tunnelId, byte[] offer, byte[] answer) {
        byte[] id = new byte[TunnelId.LENGTH];
        tunnelId.write(id, 0);
        byte[] hash = new byte[Sha256.HASH_LENGTH];
        Sha256 sha256 = new Sha256();
        sha256.begin();
        sha256.update(TRANSCRIPT_LABEL, 0, TRANSCRIPT_LABEL.length);
        sha256.update(id, 0, id.length);
        sha256.update(offer, 0, offer.length);
        sha256.update(answer, 0, answer.length);
        sha256.finish(hash, 0);
        Arrays.fill(id, (byte) 0);
        return hash;
    }

    private static EpochKeys expand(Hkdf hkdf, int epoch, long prk, byte[] transcriptHash) {
        byte[] info = Arrays.copyOf(EPOCH_LABEL, EPOCH_LABEL.length + Sha256.HASH_LENGTH);
        System.arraycopy(transcriptHash, 0, info, EPOCH_LABEL.length, Sha256.HASH_LENGTH);
        try (Arena arena = Arena.ofConfined()) {
            long material = Memory.allocate(arena, EpochKeys.MATERIAL_LENGTH);
            hkdf.expand(prk, info, material, EpochKeys.MATERIAL_LENGTH);
            EpochKeys keys = new EpochKeys(epoch, material);
            KeyVault.wipe(material, EpochKeys.MATERIAL_LENGTH);
            return keys;
        }
    }
}
