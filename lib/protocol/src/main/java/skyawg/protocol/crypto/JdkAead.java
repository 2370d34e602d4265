package skyawg.protocol.crypto;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import skyawg.protocol.wire.Memory;

/**
 * A context of the JDK's cipher. It allocates at each call, and its copies of the key stay on the heap until they are
 * collected; that is why it is the last resort.
 */
final class JdkAead extends Rfc8439Aead {
    private static final String TRANSFORMATION = "ChaCha20-Poly1305";
    private static final int USUAL = 1536;

    private final byte[] keyBytes = new byte[KeyVault.KEY_LENGTH];
    private final SecretKeySpec key;
    private final Cipher cipher;
    private final byte[] nonce = new byte[NONCE_LENGTH];
    private final ByteBuffer nonceView = ByteBuffer.wrap(nonce).order(ByteOrder.LITTLE_ENDIAN);
    private byte[] input = new byte[USUAL];
    private byte[] output = new byte[USUAL];
    private byte[] additionalBytes = new byte[0];
    private boolean used;
    private boolean closed;
    private int lastPrefix;
    private long lastCounter;

    JdkAead(long keyAddress) {
        Memory.copy(keyAddress, keyBytes, 0, keyBytes.length);
        key = new SecretKeySpec(keyBytes, TRANSFORMATION);
        try {
            cipher = Cipher.getInstance(TRANSFORMATION);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no ChaCha20-Poly1305", e);
        }
    }

    @Override
    public void seal(
            int noncePrefix,
            long counter,
            long additional,
            int additionalLength,
            long from,
            int length,
            int zeroPadding,
            long to) {
        try {
            start(Cipher.ENCRYPT_MODE, noncePrefix, counter);
            addAdditional(additional, additionalLength);
            makeRoom(length + zeroPadding + TAG_LENGTH);
            Memory.copy(from, input, 0, length);
            Arrays.fill(input, length, length + zeroPadding, (byte) 0);
            int sealed = cipher.doFinal(input, 0, length + zeroPadding, output);
            Memory.copy(output, 0, to, sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK's cipher refused to seal", e);
        }
    }

    @Override
    public boolean open(
            int noncePrefix, long counter, long additional, int additionalLength, long from, int length, long to) {
        if (length < TAG_LENGTH) {
            return false;
        }
        try {
            start(Cipher.DECRYPT_MODE, noncePrefix, counter);
            addAdditional(additional, additionalLength);
            makeRoom(length);
            Memory.copy(from, input, 0, length);
            int opened = cipher.doFinal(input, 0, length, output);
            Memory.copy(output, 0, to, opened);
            return true;
        } catch (AEADBadTagException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK's cipher refused to open", e);
        }
    }

    /** The JDK refuses a nonce that equals the one before, even for opening, so another one goes between. */
    private void start(int mode, int prefix, long counter) throws GeneralSecurityException {
        if (closed) {
            throw new IllegalStateException("cipher context is closed");
        }
        nonceView.putInt(0, prefix);
        if (used && counter == lastCounter && prefix == lastPrefix) {
            nonceView.putLong(NONCE_COUNTER_OFFSET, ~counter);
            cipher.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(nonce));
        }
        nonceView.putLong(NONCE_COUNTER_OFFSET, counter);
        cipher.init(mode, key, new IvParameterSpec(nonce));
        used = true;
        lastPrefix = prefix;
        lastCounter = counter;
    }

    private void makeRoom(int length) {
        if (input.length < length) {
            Arrays.fill(input, (byte) 0);
            Arrays.fill(output, (byte) 0);
            input = new byte[length];
            output = new byte[length];
        }
    }

    private void addAdditional(long address, int length) {
        if (length > 0) {
            if (additionalBytes.length < length) {
                additionalBytes = new byte[length];
            }
            Memory.copy(address, additionalBytes, 0, length);
            cipher.updateAAD(additionalBytes, 0, length);
        }
    }

    @Override
    public void close() {
        closed = true;
        Arrays.fill(keyBytes, (byte) 0);
        Arrays.fill(input, (byte) 0);
        Arrays.fill(output, (byte) 0);
    }
}
