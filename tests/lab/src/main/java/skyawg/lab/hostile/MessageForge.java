package skyawg.lab.hostile;

import java.nio.charset.StandardCharsets;
import skyawg.protocol.crypto.Blake2s;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.wire.Memory;

/** Datagrams that are not what they look like: plain WireGuard's layouts over random bytes. One thread. */
final class MessageForge {
    private static final int INITIATION_LENGTH = 148;
    private static final int INITIATION_MAC1_OFFSET = 116;
    private static final int JUNK_MAX = 1400;

    private final Entropy entropy;
    private final Blake2s blake2s = new Blake2s();
    private final byte[] mac1Key = new byte[Blake2s.HASH_LENGTH];

    MessageForge(Entropy entropy, PublicKey receiver) {
        this.entropy = entropy;
        blake2s.begin();
        byte[] label = "mac1----".getBytes(StandardCharsets.US_ASCII);
        blake2s.update(label, 0, label.length);
        blake2s.update(receiver.toBytes(), 0, PublicKey.LENGTH);
        blake2s.finish(mac1Key, 0);
    }

    /** Writes a datagram at {@code to}; returns its length. */
    int write(FloodKind kind, long to) {
        return switch (kind) {
            case WRONG_MAC1 -> {
                entropy.fill(to, INITIATION_LENGTH);
                Memory.putIntLe(to, 1);
                yield INITIATION_LENGTH;
            }
            case RIGHT_MAC1 -> {
                entropy.fill(to, INITIATION_LENGTH);
                Memory.putIntLe(to, 1);
                byte[] mac1 = new byte[Blake2s.MAC_LENGTH];
                blake2s.beginMac(mac1Key, 0, mac1Key.length);
                blake2s.update(to, INITIATION_MAC1_OFFSET);
                blake2s.finish(mac1, 0);
                Memory.copy(mac1, 0, to + INITIATION_MAC1_OFFSET, mac1.length);
                yield INITIATION_LENGTH;
            }
            case JUNK -> {
                int length = (int) entropy.uniform(0, JUNK_MAX);
                entropy.fill(to, length);
                yield length;
            }
            case TRANSPORT -> {
                int length = 32 + 16 * (int) entropy.uniform(0, 80);
                entropy.fill(to, length);
                Memory.putIntLe(to, 4);
                yield length;
            }
        };
    }
}
