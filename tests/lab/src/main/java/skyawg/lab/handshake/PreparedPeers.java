package skyawg.lab.handshake;

import java.util.ArrayList;
import java.util.List;
import skyawg.protocol.crypto.DhKey;
import skyawg.protocol.crypto.SeededEntropy;
import skyawg.protocol.names.PublicKey;

/** The keys of many peers from one seed, the same ones each time. */
final class PreparedPeers {
    private PreparedPeers() {}

    static List<DhKey> of(long seed, int count) {
        SeededEntropy entropy = new SeededEntropy(seed);
        List<DhKey> keys = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            keys.add(DhKey.generate(entropy));
        }
        return keys;
    }

    static PublicKey publicKey(DhKey key) {
        byte[] bytes = new byte[DhKey.LENGTH];
        key.publicKey(bytes);
        return PublicKey.of(bytes);
    }
}
