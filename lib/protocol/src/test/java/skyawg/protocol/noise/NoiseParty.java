package skyawg.protocol.noise;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.crypto.DhKey;
import skyawg.protocol.crypto.KeyVault;
import skyawg.protocol.wire.Memory;

/**
 * One party of any Noise handshake (Noise specification §5.3), for vectors only: it drives the engine's
 * {@link SymmetricState} through a pattern's tokens. WireGuard never seals twice under one handshake key; where other
 * patterns do, the JDK's cipher takes the nonces above zero.
 */
final class NoiseParty implements AutoCloseable {
    private static final int TAG_LENGTH = 16;

    private final SymmetricState state = new SymmetricState();
    private final boolean isInitiator;
    private final boolean hasPresharedKeys;
    private final @Nullable DhKey ourStatic;
    private final DhKey ourEphemeral;
    private final ArrayDeque<byte[]> presharedKeys;
    private byte[] theirStatic;
    private byte[] theirEphemeral = {};
    private final long scratch = KeyVault.allocate();
    private boolean hasKey;
    private long nonce;

    /** @param theirStatic empty when not known beforehand */
    NoiseParty(
            boolean isInitiator,
            byte[] protocolName,
            byte[] prologue,
            @Nullable DhKey ourStatic,
            DhKey ourEphemeral,
            byte[] theirStatic,
            List<byte[]> presharedKeys) {
        this.isInitiator = isInitiator;
        this.ourStatic = ourStatic;
        this.ourEphemeral = ourEphemeral;
        this.theirStatic = theirStatic;
        this.presharedKeys = new ArrayDeque<>(presharedKeys);
        this.hasPresharedKeys = !presharedKeys.isEmpty();
        state.initialize(protocolName, prologue);
    }

    /** A static key that both know before the first message. */
    void premix(byte[] publicKey) {
        state.mixHash(publicKey, 0, publicKey.length);
    }

    byte[] write(List<String> tokens, byte[] payload) throws GeneralSecurityException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        for (String token : tokens) {
            switch (token) {
                case "e" -> {
                    message.writeBytes(publicKey(ourEphemeral));
                    mixEphemeral(publicKey(ourEphemeral));
                }
                case "s" -> message.writeBytes(seal(publicKey(known(ourStatic))));
                default -> mix(token);
            }
        }
        message.writeBytes(seal(payload));
        return message.toByteArray();
    }

    byte[] read(List<String> tokens, byte[] message) throws GeneralSecurityException {
        int position = 0;
        for (String token : tokens) {
            switch (token) {
                case "e" -> {
                    theirEphemeral = Arrays.copyOfRange(message, position, position + DhKey.LENGTH);
                    position += DhKey.LENGTH;
                    mixEphemeral(theirEphemeral);
                }
                case "s" -> {
                    int length = DhKey.LENGTH + (hasKey ? TAG_LENGTH : 0);
                    theirStatic = open(Arrays.copyOfRange(message, position, position + length));
                    position += length;
                }
                default -> mix(token);
            }
        }
        return open(Arrays.copyOfRange(message, position, message.length));
    }

    private void mix(String token) {
        switch (token) {
            case "ee" -> agree(ourEphemeral, theirEphemeral);
            case "ss" -> agree(known(ourStatic), theirStatic);
            case "es" ->
                agree(isInitiator ? ourEphemeral : known(ourStatic), isInitiator ? theirStatic : theirEphemeral);
            case "se" ->
                agree(isInitiator ? known(ourStatic) : ourEphemeral, isInitiator ? theirEphemeral : theirStatic);
            case "psk" -> {
                Memory.copy(presharedKeys.remove(), 0, scratch, KeyVault.KEY_LENGTH);
                state.mixPresharedKey(scratch);
                haveNewKey();
            }
            default -> throw new IllegalArgumentException("unknown token " + token);
        }
    }

    private void mixEphemeral(byte[] key) {
        state.mixHash(key, 0, key.length);
        if (hasPresharedKeys) {
            Memory.copy(key, 0, scratch, key.length);
            state.mixKeyForSealing(scratch);
            haveNewKey();
        }
    }

    private void agree(DhKey ours, byte[] theirs) {
        if (!ours.agree(theirs, 0, scratch)) {
            throw new IllegalStateException("vectors have no low-order points");
        }
        state.mixKeyForSealing(scratch);
        haveNewKey();
    }

    private void haveNewKey() {
        hasKey = true;
        nonce = 0;
    }

    private byte[] seal(byte[] plaintext) throws GeneralSecurityException {
        byte[] sealed = new byte[plaintext.length + TAG_LENGTH];
        if (!hasKey) {
            state.mixHash(plaintext, 0, plaintext.length);
            return plaintext;
        }
        if (nonce == 0) {
            state.seal(plaintext, 0, plaintext.length, sealed, 0);
        } else {
            sealed = transform(Cipher.ENCRYPT_MODE, state.key(), nonce, state.hash(), plaintext);
            state.mixHash(sealed, 0, sealed.length);
        }
        nonce++;
        return sealed;
    }

    private byte[] open(byte[] sealed) throws GeneralSecurityException {
        if (!hasKey) {
            state.mixHash(sealed, 0, sealed.length);
            return sealed;
        }
        byte[] plaintext = new byte[sealed.length - TAG_LENGTH];
        if (nonce == 0) {
            if (!state.open(sealed, 0, sealed.length, plaintext, 0)) {
                throw new GeneralSecurityException("a recorded part does not open");
            }
        } else {
            plaintext = transform(Cipher.DECRYPT_MODE, state.key(), nonce, state.hash(), sealed);
            state.mixHash(sealed, 0, sealed.length);
        }
        nonce++;
        return plaintext;
    }

    /** By the JDK's cipher, with the key of 32 bytes at an address. */
    static byte[] transform(int mode, long keyAddress, long nonce, byte[] additional, byte[] input)
            throws GeneralSecurityException {
        byte[] key = new byte[KeyVault.KEY_LENGTH];
        Memory.copy(keyAddress, key, 0, key.length);
        byte[] iv = new byte[12];
        for (int i = 0; i < Long.BYTES; i++) {
            iv[4 + i] = (byte) (nonce >>> (8 * i));
        }
        Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
        cipher.init(mode, new SecretKeySpec(key, "ChaCha20"), new IvParameterSpec(iv));
        cipher.updateAAD(additional);
        return cipher.doFinal(input);
    }

    SymmetricState state() {
        return state;
    }

    static byte[] publicKey(DhKey key) {
        byte[] bytes = new byte[DhKey.LENGTH];
        key.publicKey(bytes);
        return bytes;
    }

    private static DhKey known(@Nullable DhKey key) {
        if (key == null) {
            throw new IllegalStateException("the pattern needs a key that the vector lacks");
        }
        return key;
    }

    @Override
    public void close() {
        state.close();
        KeyVault.release(scratch);
    }
}
