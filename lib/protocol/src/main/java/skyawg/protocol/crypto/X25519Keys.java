package skyawg.protocol.crypto;

import java.util.Arrays;
import org.bouncycastle.math.ec.rfc7748.X25519;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.names.Secret;

/**
 * X25519 keys for a command line tool: ready at once, because it loads neither native code nor the JDK's security
 * providers. Long-lived keys of the daemon are {@link DhKey}s.
 */
public final class X25519Keys {
    private X25519Keys() {}

    /** A new private key, clamped (RFC 7748 §5). The caller closes it. */
    public static Secret generate() {
        byte[] bytes = KernelRandom.key();
        clamp(bytes);
        return Secret.owning(bytes);
    }

    /** 32 random bytes, for a preshared key. The caller closes it. */
    public static Secret generatePresharedKey() {
        return Secret.owning(KernelRandom.key());
    }

    /** The public key of a private key, which need not be clamped. */
    public static PublicKey publicKey(Secret privateKey) {
        byte[] scalar = new byte[Secret.LENGTH];
        byte[] base = new byte[PublicKey.LENGTH];
        byte[] point = new byte[PublicKey.LENGTH];
        base[0] = 9;
        privateKey.copyTo(scalar, 0);
        // Not scalarMultBase: making its tables takes a cold JVM 20 ms, this multiplication 14.
        X25519.scalarMult(scalar, 0, base, 0, point, 0);
        Arrays.fill(scalar, (byte) 0);
        return PublicKey.of(point);
    }

    static void clamp(byte[] scalar) {
        scalar[0] &= (byte) 0xf8;
        scalar[31] = (byte) ((scalar[31] & 0x7f) | 0x40);
    }
}
