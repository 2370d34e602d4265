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
 * The JDK's own cipher: always there, and the slowest. It allocates at each call, and its copies of the key stay on the
 * heap until they are collected; that is why it is the last resort.
 */
final class JdkAeads implements Aeads {
    @Override
    public String name() {
        return "jdk";
    }

    @Override
    public Aead create(long keyAddress) {
        return new JdkAead(keyAddress);
    }

    private static final class JdkAead implements Aead {
        private static final String TRANSFORMATION = "ChaCha20-Poly1305";
        private static final int NONCE_LENGTH = 12;
        private static final int COUNTER_OFFSET = 4;
        private static final int LONGEST = 65_536 + TAG_LENGTH;

        private final byte[] keyBytes = new byte[KeyVault.KEY_LENGTH];
        private final SecretKeySpec key;
        private final Cipher cipher;
        private final byte[] nonce = new byte[NONCE_LENGTH];
        private final ByteBuffer nonceView = ByteBuffer.wrap(nonce).order(ByteOrder.LITTLE_ENDIAN);
        private final byte[] input = new byte[LONGEST];
        private final byte[] output = new byte[LONGEST];
        private boolean used;
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
        public void seal(long counter, long from, int length, int zeroPadding, long to) {
            try {
                start(Cipher.ENCRYPT_MODE, counter);
                Memory.copy(from, input, 0, length);
                Arrays.fill(input, length, length + zeroPadding, (byte) 0);
                int sealed = cipher.doFinal(input, 0, length + zeroPadding, output);
                Memory.copy(output, 0, to, sealed);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("the JDK's cipher refused to seal", e);
            }
        }

        @Override
        public boolean open(long counter, long from, int length, long to) {
            if (length < TAG_LENGTH) {
                return false;
            }
            try {
                start(Cipher.DECRYPT_MODE, counter);
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
        private void start(int mode, long counter) throws GeneralSecurityException {
            if (used && counter == lastCounter) {
                nonceView.putLong(COUNTER_OFFSET, ~counter);
                cipher.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(nonce));
            }
            nonceView.putLong(COUNTER_OFFSET, counter);
            cipher.init(mode, key, new IvParameterSpec(nonce));
            used = true;
            lastCounter = counter;
        }

        @Override
        public void close() {
            Arrays.fill(keyBytes, (byte) 0);
            Arrays.fill(input, (byte) 0);
            Arrays.fill(output, (byte) 0);
        }
    }
}
