package skyawg.protocol.tunnelkeys;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.crypto.DhKey;
import skyawg.protocol.crypto.MlKem768;

/**
 * The two messages that make a new epoch: contents of the packet kinds 4 (offer, from the ingress) and 5 (answer).
 * Big-endian:
 *
 * <pre>
 *   offer    version 1 = 1 | 0 1 | new epoch 2 | X25519 key 32 | ML-KEM-768 encapsulation key 1184
 *   answer   version 1 = 1 | 0 1 | new epoch 2 | X25519 key 32 | ML-KEM-768 ciphertext 1088
 * </pre>
 */
public final class KemMessage {
    public static final int OFFER_LENGTH = 1220;
    public static final int ANSWER_LENGTH = 1124;

    static final int X25519_OFFSET = 4;
    static final int KEM_OFFSET = X25519_OFFSET + DhKey.LENGTH;

    private static final int VERSION = 1;
    private static final int EPOCH_OFFSET = 2;

    private KemMessage() {}

    static byte[] offer(int epoch, DhKey x25519, MlKem768 kem) {
        return message(OFFER_LENGTH, epoch, x25519, kem.encapsulationKey());
    }

    static byte[] answer(int epoch, DhKey x25519, byte[] ciphertext) {
        return message(ANSWER_LENGTH, epoch, x25519, ciphertext);
    }

    /**
     * The message without the zeros that pad a packet.
     *
     * @param content from {@code offset} on, with what pads it
     * @param messageLength of an offer or an answer
     * @return null when it is too short or of another version
     */
    static byte @Nullable [] cut(byte[] content, int offset, int length, int messageLength) {
        boolean isWhole = length >= messageLength && content[offset] == VERSION;
        return isWhole ? Arrays.copyOfRange(content, offset, offset + messageLength) : null;
    }

    static int epoch(byte[] message) {
        return ByteBuffer.wrap(message).getShort(EPOCH_OFFSET) & 0xffff;
    }

    private static byte[] message(int length, int epoch, DhKey x25519, byte[] kemPart) {
        byte[] message = new byte[length];
        message[0] = VERSION;
        ByteBuffer.wrap(message).putShort(EPOCH_OFFSET, (short) epoch);
        byte[] publicKey = new byte[DhKey.LENGTH];
        x25519.publicKey(publicKey);
        System.arraycopy(publicKey, 0, message, X25519_OFFSET, DhKey.LENGTH);
        System.arraycopy(kemPart, 0, message, KEM_OFFSET, kemPart.length);
        return message;
    }
}
