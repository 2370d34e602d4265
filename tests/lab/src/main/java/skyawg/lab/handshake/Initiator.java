package skyawg.lab.handshake;

import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import skyawg.protocol.crypto.Blake2s;
import skyawg.protocol.crypto.DhKey;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.crypto.HandshakeAead;
import skyawg.protocol.crypto.Kdf;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.wire.Memory;

/**
 * Writes handshake initiations of plain WireGuard (WireGuard paper §5.4.2) to one responder. Apart from the primitives
 * it shares nothing with the daemon, so that each checks the other. One thread.
 *
 * <pre>
 *   0      4        8           40          88             116    132
 *   | type | sender | ephemeral | static(48)| timestamp(28)| mac1 | mac2 |
 * </pre>
 */
final class Initiator {
    static final int MESSAGE_LENGTH = 148;

    private static final int SENDER_OFFSET = 4;
    private static final int EPHEMERAL_OFFSET = 8;
    private static final int STATIC_OFFSET = 40;
    private static final int TIMESTAMP_OFFSET = 88;
    private static final int MAC1_OFFSET = 116;
    private static final int KEY_LENGTH = 32;
    private static final int TIMESTAMP_LENGTH = 12;
    private static final long TAI64_EPOCH = 0x4000_0000_0000_000aL;

    private final Blake2s blake2s = new Blake2s();
    private final Kdf kdf = new Kdf();
    private final HandshakeAead aead = new HandshakeAead();
    private final Entropy entropy;
    private final byte[] responder;
    private final byte[] mac1Key = new byte[Blake2s.HASH_LENGTH];
    private final byte[] firstHash = new byte[Blake2s.HASH_LENGTH];
    private final byte[] hash = new byte[Blake2s.HASH_LENGTH];
    private final byte[] message = new byte[MESSAGE_LENGTH];
    private final long memory = Memory.allocate(Arena.global(), 4L * KEY_LENGTH);
    private final long firstChain = memory;
    private final long chain = memory + KEY_LENGTH;
    private final long key = memory + 2 * KEY_LENGTH;
    private final long shared = memory + 3 * KEY_LENGTH;

    Initiator(Entropy entropy, PublicKey responder) {
        this.entropy = entropy;
        this.responder = responder.toBytes();
        byte[] construction = ascii("Noise_IKpsk2_25519_ChaChaPoly_BLAKE2s");
        byte[] identifier = ascii("WireGuard v1 zx2c4 Jason@zx2c4.com");
        blake2s.begin();
        blake2s.update(construction, 0, construction.length);
        blake2s.finish(firstHash, 0);
        Memory.copy(firstHash, 0, firstChain, KEY_LENGTH);
        System.arraycopy(firstHash, 0, hash, 0, hash.length);
        mixHash(identifier, 0, identifier.length);
        mixHash(this.responder, 0, KEY_LENGTH);
        System.arraycopy(hash, 0, firstHash, 0, hash.length);
        byte[] label = ascii("mac1----");
        blake2s.begin();
        blake2s.update(label, 0, label.length);
        blake2s.update(this.responder, 0, KEY_LENGTH);
        blake2s.finish(mac1Key, 0);
    }

    /** Writes an initiation by {@code self} at {@code to}, stamped with a Unix time. */
    void write(DhKey self, int senderIndex, long unixSeconds, long to) {
        System.arraycopy(firstHash, 0, hash, 0, hash.length);
        Memory.copy(firstChain, chain, KEY_LENGTH);
        putIntLe(0, 1);
        putIntLe(SENDER_OFFSET, senderIndex);
        byte[] ephemeral = new byte[KEY_LENGTH];
        try (DhKey ephemeralKey = DhKey.generate(entropy)) {
            ephemeralKey.publicKey(ephemeral);
            System.arraycopy(ephemeral, 0, message, EPHEMERAL_OFFSET, KEY_LENGTH);
            kdf.kdf1(chain, ephemeral, 0, KEY_LENGTH, chain);
            mixHash(ephemeral, 0, KEY_LENGTH);
            ephemeralKey.agree(responder, 0, shared);
        }
        kdf.kdf2(chain, shared, KEY_LENGTH, chain, key);
        byte[] selfPublic = new byte[KEY_LENGTH];
        self.publicKey(selfPublic);
        aead.seal(key, selfPublic, 0, KEY_LENGTH, hash, message, STATIC_OFFSET);
        mixHash(message, STATIC_OFFSET, KEY_LENGTH + HandshakeAead.TAG_LENGTH);
        self.agree(responder, 0, shared);
        kdf.kdf2(chain, shared, KEY_LENGTH, chain, key);
        byte[] timestamp = new byte[TIMESTAMP_LENGTH];
        for (int i = 0; i < Long.BYTES; i++) {
            timestamp[i] = (byte) ((TAI64_EPOCH + unixSeconds) >>> (56 - 8 * i));
        }
        aead.seal(key, timestamp, 0, TIMESTAMP_LENGTH, hash, message, TIMESTAMP_OFFSET);
        blake2s.beginMac(mac1Key, 0, mac1Key.length);
        blake2s.update(message, 0, MAC1_OFFSET);
        blake2s.finish(message, MAC1_OFFSET);
        Memory.copy(message, 0, to, MESSAGE_LENGTH);
    }

    private void mixHash(byte[] input, int offset, int length) {
        blake2s.begin();
        blake2s.update(hash, 0, hash.length);
        blake2s.update(input, offset, length);
        blake2s.finish(hash, 0);
    }

    private void putIntLe(int offset, int value) {
        for (int i = 0; i < Integer.BYTES; i++) {
            message[offset + i] = (byte) (value >>> (8 * i));
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
