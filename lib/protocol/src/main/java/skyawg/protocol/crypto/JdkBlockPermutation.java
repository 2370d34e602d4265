package skyawg.protocol.crypto;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import skyawg.protocol.wire.Memory;

/**
 * A context of the JDK's AES-128. Its copies of the key stay on the heap until they are collected, and it reads tables
 * wherever the JIT has not put the processor's AES instructions in their place; that is why it is the last resort.
 */
final class JdkBlockPermutation implements BlockPermutation {
    private final Cipher cipher;
    private final byte[] in = new byte[BLOCK_LENGTH];
    private final byte[] out = new byte[BLOCK_LENGTH];
    private boolean closed;

    private JdkBlockPermutation(long keyAddress, int mode) {
        byte[] key = new byte[KEY_LENGTH];
        Memory.copy(keyAddress, key, 0, KEY_LENGTH);
        try {
            cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no AES-128", e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    static JdkBlockPermutation encrypting(long keyAddress) {
        return new JdkBlockPermutation(keyAddress, Cipher.ENCRYPT_MODE);
    }

    static JdkBlockPermutation decrypting(long keyAddress) {
        return new JdkBlockPermutation(keyAddress, Cipher.DECRYPT_MODE);
    }

    @Override
    public void apply(long block) {
        if (closed) {
            throw new IllegalStateException("cipher context is closed");
        }
        Memory.copy(block, in, 0, BLOCK_LENGTH);
        try {
            cipher.update(in, 0, BLOCK_LENGTH, out, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK's cipher refused to permute", e);
        }
        Memory.copy(out, 0, block, BLOCK_LENGTH);
    }

    @Override
    public void close() {
        closed = true;
        Arrays.fill(in, (byte) 0);
        Arrays.fill(out, (byte) 0);
    }
}
