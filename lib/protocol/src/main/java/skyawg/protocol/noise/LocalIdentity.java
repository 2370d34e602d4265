package skyawg.protocol.noise;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.crypto.Blake2s;
import skyawg.protocol.crypto.DhKey;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.names.Secret;

/** The interface's private key and what follows from it. The owner closes it. */
final class LocalIdentity implements AutoCloseable {
    private static final byte[] MAC1_LABEL = "mac1----".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] COOKIE_LABEL = "cookie--".getBytes(StandardCharsets.US_ASCII);

    private final DhKey privateKey;
    private final byte[] publicBytes = new byte[DhKey.LENGTH];
    private final PublicKey publicKey;

    /** The secret stays the caller's to close. */
    LocalIdentity(Secret secret) {
        privateKey = DhKey.load(secret);
        privateKey.publicKey(publicBytes);
        publicKey = PublicKey.of(publicBytes);
    }

    DhKey privateKey() {
        return privateKey;
    }

    PublicKey publicKey() {
        return publicKey;
    }

    /** Not to be changed. */
    byte[] publicBytes() {
        return publicBytes;
    }

    /** Two private keys with the same public key are the same once clamped. */
    boolean hasSameKey(@Nullable LocalIdentity other) {
        return other != null && publicKey.equals(other.publicKey);
    }

    /** A copy on the heap, which the caller closes. */
    Secret reveal() {
        return privateKey.reveal();
    }

    /** The key of mac1 in messages to the holder of this public key: HASH(label || key). Public knowledge. */
    static void mac1Key(Blake2s blake2s, byte[] publicKey, byte[] out) {
        labelled(blake2s, MAC1_LABEL, publicKey, out);
    }

    /** The key under which the holder of this public key seals cookies. Public knowledge too. */
    static void cookieKey(Blake2s blake2s, byte[] publicKey, byte[] out) {
        labelled(blake2s, COOKIE_LABEL, publicKey, out);
    }

    private static void labelled(Blake2s blake2s, byte[] label, byte[] publicKey, byte[] out) {
        blake2s.begin();
        blake2s.update(label, 0, label.length);
        blake2s.update(publicKey, 0, publicKey.length);
        blake2s.finish(out, 0);
    }

    @Override
    public void close() {
        privateKey.close();
    }
}
