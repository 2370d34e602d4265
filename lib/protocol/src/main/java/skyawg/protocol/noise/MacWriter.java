package skyawg.protocol.noise;

import java.util.Arrays;
import skyawg.protocol.crypto.Blake2s;

/** Ends an outgoing handshake message with mac1 and mac2 (WireGuard paper §5.4.4). */
final class MacWriter {
    private final Blake2s blake2s = new Blake2s();
    private final byte[] mac1Key = new byte[Blake2s.HASH_LENGTH];

    /**
     * Writes both MACs at the message's end and remembers mac1. Everything before them must be final, the type word
     * included.
     *
     * @param mac1Offset where the MACs begin
     * @param receiverKey public key of the message's receiver
     */
    void write(byte[] message, int mac1Offset, byte[] receiverKey, CookieJar jar, long nowNanos) {
        LocalIdentity.mac1Key(blake2s, receiverKey, mac1Key);
        blake2s.beginMac(mac1Key, 0, mac1Key.length);
        blake2s.update(message, 0, mac1Offset);
        blake2s.finish(message, mac1Offset);
        jar.rememberMac1(message, mac1Offset);
        int mac2Offset = mac1Offset + HandshakeMessage.MAC_LENGTH;
        if (jar.isFresh(nowNanos)) {
            jar.beginMac(blake2s);
            blake2s.update(message, 0, mac2Offset);
            blake2s.finish(message, mac2Offset);
        } else {
            Arrays.fill(message, mac2Offset, mac2Offset + HandshakeMessage.MAC_LENGTH, (byte) 0);
        }
    }
}
