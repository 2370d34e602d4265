package skyawg.protocol.crypto;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What runs for every packet or every handshake allocates nothing. */
final class CryptoAllocationTest {
    private final OffHeap memory = new OffHeap();

    @AfterEach
    void freeMemory() {
        memory.close();
    }

    @Test
    void hashesAndKeyDerivation() {
        Blake2s blake2s = new Blake2s();
        Kdf kdf = new Kdf();
        byte[] hash = new byte[32];
        byte[] message = new byte[148];
        long cells = memory.allocate(96);
        Allocation.assertNone(20_000, () -> {
            blake2s.begin();
            blake2s.update(hash, 0, 32);
            blake2s.update(message, 0, 148);
            blake2s.finish(hash, 0);
            blake2s.beginMac(cells, 32);
            blake2s.update(message, 0, 116);
            blake2s.finish(message, 116);
            kdf.kdf1(cells, message, 0, 32, cells);
            kdf.kdf3(cells, cells + 32, 32, cells, cells + 32, cells + 64);
        });
    }

    @Test
    void handshakeCiphers() {
        HandshakeAead handshake = new HandshakeAead();
        XChaCha20Poly1305 cookie = new XChaCha20Poly1305();
        byte[] hash = new byte[32];
        byte[] nonce = new byte[24];
        byte[] text = new byte[32];
        byte[] sealed = new byte[48];
        long key = memory.allocate(32);
        Allocation.assertNone(20_000, () -> {
            handshake.seal(key, text, 0, 32, hash, sealed, 0);
            handshake.open(key, sealed, 0, 48, hash, text, 0);
            cookie.seal(key, nonce, 0, text, 0, 16, hash, 0, 16, sealed, 0);
            cookie.open(key, nonce, 0, sealed, 0, 32, hash, 0, 16, text, 0);
        });
    }

    @Test
    void headerProtectionAndEntropy() {
        ChaCha20Lanes lanes = new ChaCha20Lanes();
        SystemEntropy entropy = new SystemEntropy();
        long key = memory.allocate(32);
        long nonces = memory.allocate(12 * 100);
        long out = memory.allocate(16 * 100);
        Allocation.assertNone(20_000, () -> {
            ChaCha20Block.keystream(key, nonces, out, 3);
            lanes.headers(key, nonces, 30, out);
            entropy.fill(nonces, 16);
            entropy.uniform(1, 5);
        });
    }

    @Test
    void agreementThroughLibcrypto() {
        if (!Libcrypto.isThere()) {
            Assumptions.abort("libcrypto is not installed; Bouncy Castle allocates");
        }
        byte[] peer = new byte[32];
        long shared = memory.allocate(32);
        try (DhKey key = DhKey.generate(new SeededEntropy(1))) {
            key.publicKey(peer);
            Allocation.assertNone(2000, () -> key.agree(peer, 0, shared));
        }
    }
}
