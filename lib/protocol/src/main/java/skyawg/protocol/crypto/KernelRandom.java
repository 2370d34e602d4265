package skyawg.protocol.crypto;

import java.io.FileInputStream;
import java.io.IOException;

/** Random bytes straight from the kernel, without loading the JDK's security providers. */
final class KernelRandom {
    private static final String DEVICE = "/dev/urandom";

    private KernelRandom() {}

    /** 32 bytes; the caller wipes them. */
    static byte[] key() {
        byte[] bytes = new byte[KeyVault.KEY_LENGTH];
        try (FileInputStream device = new FileInputStream(DEVICE)) {
            if (device.readNBytes(bytes, 0, bytes.length) != bytes.length) {
                throw new IllegalStateException(DEVICE + " ended early");
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + DEVICE, e);
        }
        return bytes;
    }
}
