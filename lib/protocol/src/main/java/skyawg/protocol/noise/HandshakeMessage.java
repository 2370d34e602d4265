package skyawg.protocol.noise;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * What the three messages of a handshake share. Each begins with its type word and its first index, little-endian; a
 * subclass names the rest. The static methods are a view over a byte array that holds one message.
 */
final class HandshakeMessage {
    static final int TYPE_OFFSET = 0;
    /** The sender's index in an initiation and a response, the receiver's in a cookie reply. */
    static final int FIRST_INDEX_OFFSET = 4;

    static final int KEY_LENGTH = 32;
    static final int MAC_LENGTH = 16;
    static final int TAG_LENGTH = 16;

    private static final VarHandle INT_LE = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private HandshakeMessage() {}

    static int index(byte[] message, int offset) {
        return (int) INT_LE.get(message, offset);
    }

    static void putIndex(byte[] message, int offset, int index) {
        INT_LE.set(message, offset, index);
    }

    static void putTypeWord(byte[] message, int typeWord) {
        INT_LE.set(message, TYPE_OFFSET, typeWord);
    }

    /**
     * A handshake initiation (WireGuard paper §5.4.2).
     *
     * <pre>
     *   0      4        8                   40                   88              116    132    148
     *   | type | sender | ephemeral public  | sealed static      | sealed TAI64N | mac1 | mac2 |
     * </pre>
     */
    static final class Initiation {
        static final int SENDER_OFFSET = FIRST_INDEX_OFFSET;
        static final int EPHEMERAL_OFFSET = 8;
        static final int STATIC_OFFSET = EPHEMERAL_OFFSET + KEY_LENGTH;
        static final int SEALED_STATIC_LENGTH = KEY_LENGTH + TAG_LENGTH;
        static final int TIMESTAMP_OFFSET = STATIC_OFFSET + SEALED_STATIC_LENGTH;
        static final int SEALED_TIMESTAMP_LENGTH = Tai64n.LENGTH + TAG_LENGTH;
        static final int MAC1_OFFSET = TIMESTAMP_OFFSET + SEALED_TIMESTAMP_LENGTH;
        static final int LENGTH = MAC1_OFFSET + 2 * MAC_LENGTH;

        private Initiation() {}
    }

    /**
     * A handshake response (WireGuard paper §5.4.3).
     *
     * <pre>
     *   0      4        8          12                  44             60     76     92
     *   | type | sender | receiver | ephemeral public  | sealed empty | mac1 | mac2 |
     * </pre>
     */
    static final class Response {
        static final int SENDER_OFFSET = FIRST_INDEX_OFFSET;
        static final int RECEIVER_OFFSET = 8;
        static final int EPHEMERAL_OFFSET = 12;
        static final int EMPTY_OFFSET = EPHEMERAL_OFFSET + KEY_LENGTH;
        static final int MAC1_OFFSET = EMPTY_OFFSET + TAG_LENGTH;
        static final int LENGTH = MAC1_OFFSET + 2 * MAC_LENGTH;

        private Response() {}
    }

    /**
     * A cookie reply (WireGuard paper §5.4.7).
     *
     * <pre>
     *   0      4          8        32              64
     *   | type | receiver | nonce  | sealed cookie |
     * </pre>
     */
    static final class CookieReply {
        static final int RECEIVER_OFFSET = FIRST_INDEX_OFFSET;
        static final int NONCE_OFFSET = 8;
        static final int NONCE_LENGTH = 24;
        static final int COOKIE_OFFSET = NONCE_OFFSET + NONCE_LENGTH;
        static final int SEALED_COOKIE_LENGTH = MAC_LENGTH + TAG_LENGTH;
        static final int LENGTH = COOKIE_OFFSET + SEALED_COOKIE_LENGTH;

        private CookieReply() {}
    }
}
