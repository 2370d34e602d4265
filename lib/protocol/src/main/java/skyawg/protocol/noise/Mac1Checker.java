package skyawg.protocol.noise;

import java.lang.foreign.Arena;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.crypto.Blake2s;
import skyawg.protocol.noise.HandshakeMessage.Initiation;
import skyawg.protocol.noise.HandshakeMessage.Response;
import skyawg.protocol.obfuscation.MessageType;
import skyawg.protocol.wire.Memory;

/**
 * Tells whether a message was made by someone who knows our public key, for one keyed hash (WireGuard paper §5.4.4).
 *
 * <p>It allocates nothing. The key follows {@link HandshakeEngine#setPrivateKey} by a volatile read.
 */
public final class Mac1Checker {
    private final MacKeySource keys;
    private final Blake2s blake2s = new Blake2s();
    private final byte[] mac = new byte[HandshakeMessage.MAC_LENGTH];

    // What the hash is behind the key, which comes from a public one: a third of the work for an initiation.
    private final Arena arena = Arena.ofAuto();
    private final long keyedState = Memory.allocate(arena, Blake2s.KEYED_STATE_LENGTH);
    private byte @Nullable [] absorbedKey;

    /** Where the key of mac1 in messages to us is found. */
    @FunctionalInterface
    interface MacKeySource {
        /** Null without a private key. Never changed once given. */
        byte @Nullable [] mac1Key();
    }

    Mac1Checker(MacKeySource keys) {
        this.keys = keys;
    }

    /**
     * Compares in constant time.
     *
     * @param type INITIATION or RESPONSE; anything else has no mac1 and is not genuine
     * @param message address of the message, unmasked, with the type word that was on the wire
     */
    public boolean isGenuine(MessageType type, long message) {
        byte[] key = keys.mac1Key();
        int mac1Offset = switch (type) {
            case INITIATION -> Initiation.MAC1_OFFSET;
            case RESPONSE -> Response.MAC1_OFFSET;
            case COOKIE_REPLY, TRANSPORT -> -1;
        };
        if (key == null || mac1Offset < 0) {
            return false;
        }
        beginWith(key);
        blake2s.update(message, mac1Offset);
        blake2s.finish(mac, 0);
        int difference = 0;
        for (int i = 0; i < mac.length; i++) {
            difference |= mac[i] ^ Memory.getByte(message + mac1Offset + i);
        }
        return difference == 0;
    }

    private void beginWith(byte[] key) {
        if (!Arrays.equals(key, absorbedKey)) {
            blake2s.beginMac(key, 0, key.length);
            blake2s.absorbKey(keyedState);
            absorbedKey = key;
        }
        blake2s.resumeMac(keyedState);
    }
}
