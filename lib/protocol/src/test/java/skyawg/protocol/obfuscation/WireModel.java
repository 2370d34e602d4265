package skyawg.protocol.obfuscation;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.ChaCha20ParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import skyawg.protocol.names.Secret;
import skyawg.protocol.names.UintRange;

/**
 * What the specification says about datagrams, a second time, over byte arrays and with the JDK's cipher: it shares
 * nothing with the profile but the set of parameters.
 */
final class WireModel {
    private final ParameterSet set;

    WireModel(ParameterSet set) {
        this.set = set;
    }

    int offset(MessageType type) {
        return switch (type) {
            case INITIATION -> set.number(Parameter.S1);
            case RESPONSE -> set.number(Parameter.S2);
            case COOKIE_REPLY -> set.number(Parameter.S3);
            case TRANSPORT -> set.number(Parameter.S4);
        };
    }

    static int size(MessageType type) {
        return switch (type) {
            case INITIATION -> 148;
            case RESPONSE -> 92;
            case COOKIE_REPLY -> 64;
            case TRANSPORT -> 32;
        };
    }

    UintRange words(MessageType type) {
        return switch (type) {
            case INITIATION -> set.range(Parameter.H1);
            case RESPONSE -> set.range(Parameter.H2);
            case COOKIE_REPLY -> set.range(Parameter.H3);
            case TRANSPORT -> set.range(Parameter.H4);
        };
    }

    private boolean hasTrailers() {
        return set.isOn(Parameter.RANDOM_TRAILERS);
    }

    /** Longest datagram that a handshake message may be dressed in. */
    int longest(MessageType type, int window) {
        int bare = offset(type) + size(type);
        return hasTrailers() ? Math.max(bare, window - 1) : bare;
    }

    /** The message in a datagram, its first {@code maskedLength} bytes unmasked. */
    byte[] message(MessageType type, byte[] datagram, int length, int maskedLength) {
        byte[] message = Arrays.copyOfRange(datagram, offset(type), offset(type) + length);
        byte[] stream = keystream(datagram, maskedLength);
        for (int i = 0; i < maskedLength; i++) {
            message[i] ^= stream[i];
        }
        return message;
    }

    /** The set of types that the datagram can be. */
    int candidates(byte[] datagram) {
        int types = 0;
        if (datagram.length < 32) {
            return types;
        }
        for (MessageType type : MessageType.values()) {
            int least = offset(type) + size(type);
            boolean mayBeLonger = type == MessageType.TRANSPORT || hasTrailers();
            if (datagram.length != least && (!mayBeLonger || datagram.length < least)) {
                continue;
            }
            byte[] word = message(type, datagram, 4, 4);
            long value = (word[0] & 0xffL) | (word[1] & 0xffL) << 8 | (word[2] & 0xffL) << 16 | (word[3] & 0xffL) << 24;
            if (words(type).contains(value)) {
                types |= type.bit();
            }
        }
        return types;
    }

    /** The fewest and the most zero bytes behind an inner packet that fits the MTU. */
    UintRange contentPadding(int innerLength, int mtu, int window) {
        UintRange addition = set.range(Parameter.CONTENT_PADDING_ADDITION);
        int room = mtu - innerLength;
        if (!addition.isZero()) {
            return new UintRange(Math.min(room, addition.low()), Math.min(room, addition.high()));
        }
        if (hasTrailers()) {
            int longest = window - 1 - offset(MessageType.TRANSPORT) - 32 - innerLength;
            return new UintRange(0, Math.max(0, Math.min(room, longest)));
        }
        int zeros = 0;
        while ((innerLength + zeros) % 16 != 0 && zeros < room) {
            zeros++;
        }
        return UintRange.of(zeros);
    }

    private byte[] keystream(byte[] datagram, int length) {
        Secret secret = set.headerProtectionKey();
        if (secret.isZero()) {
            return new byte[length];
        }
        byte[] key = new byte[Secret.LENGTH];
        secret.copyTo(key, 0);
        try {
            Cipher cipher = Cipher.getInstance("ChaCha20");
            ChaCha20ParameterSpec nonce = new ChaCha20ParameterSpec(Arrays.copyOf(datagram, 12), 0);
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "ChaCha20"), nonce);
            return cipher.doFinal(new byte[length]);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
