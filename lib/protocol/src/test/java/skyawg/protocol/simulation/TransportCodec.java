package skyawg.protocol.simulation;

import java.lang.foreign.Arena;
import skyawg.protocol.crypto.Aead;
import skyawg.protocol.crypto.KeyVault;
import skyawg.protocol.names.Secret;
import skyawg.protocol.obfuscation.MessageType;
import skyawg.protocol.obfuscation.ObfuscationProfile;
import skyawg.protocol.obfuscation.ParameterSet;
import skyawg.protocol.wire.Memory;
import skyawg.protocol.wire.TransportHeader;

/** Looks into single datagrams and makes single messages, outside any node. */
public final class TransportCodec implements AutoCloseable {
    private static final int ROOM = 4096;

    private final long headerKey;
    private final ObfuscationProfile profile;

    public TransportCodec(ParameterSet parameters) {
        Secret secret = parameters.headerProtectionKey();
        headerKey = secret.isZero() ? 0 : KeyVault.store(secret);
        profile = ObfuscationProfile.compile(parameters, headerKey);
    }

    /** The handshake message in a datagram. */
    public byte[] unmask(MessageType type, byte[] datagram) {
        try (Arena arena = Arena.ofConfined()) {
            long from = Memory.allocate(arena, datagram.length);
            long to = Memory.allocate(arena, ObfuscationProfile.MESSAGE_ROOM);
            Memory.copy(datagram, 0, from, datagram.length);
            profile.unmask(type, from, to);
            byte[] message = new byte[type.length()];
            Memory.copy(to, message, 0, message.length);
            return message;
        }
    }

    /** How many decoys go ahead of an initiation. */
    public int decoyCount() {
        return profile.decoyCount();
    }

    /** A transport message without padding and mask. */
    public static byte[] seal(Aead sealer, int typeWord, int receiver, long counter, byte[] inner, int zeros) {
        try (Arena arena = Arena.ofConfined()) {
            long message = Memory.allocate(arena, ROOM);
            TransportHeader.write(message, typeWord, receiver, counter);
            long content = message + TransportHeader.LENGTH;
            Memory.copy(inner, 0, content, inner.length);
            sealer.seal(counter, content, inner.length, zeros, content);
            byte[] bytes = new byte[TransportHeader.MIN_MESSAGE_LENGTH + inner.length + zeros];
            Memory.copy(message, bytes, 0, bytes.length);
            return bytes;
        }
    }

    @Override
    public void close() {
        if (headerKey != 0) {
            KeyVault.release(headerKey);
        }
    }
}
