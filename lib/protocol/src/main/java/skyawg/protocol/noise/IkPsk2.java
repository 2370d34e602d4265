package skyawg.protocol.noise;

import java.nio.charset.StandardCharsets;
import skyawg.protocol.crypto.DhKey;
import skyawg.protocol.crypto.KeyVault;
import skyawg.protocol.noise.HandshakeMessage.Initiation;
import skyawg.protocol.noise.HandshakeMessage.Response;

/**
 * The handshake Noise_IKpsk2 in both roles (WireGuard paper §5.4.2 to §5.4.5): the parts of the two messages that the
 * transcript covers. Type words, indices and MACs are others' business.
 *
 * <pre>
 *   &lt;- s
 *   ...
 *   -&gt; e, es, s, ss, {timestamp}
 *   &lt;- e, ee, se, psk, {}
 * </pre>
 *
 * <p>Each method goes one step; on false the handshake is to be forgotten, and what the caller keeps of an earlier step
 * is as it was. Call {@link #wipe} when done.
 */
final class IkPsk2 implements AutoCloseable {
    private static final byte[] CONSTRUCTION =
            "Noise_IKpsk2_25519_ChaChaPoly_BLAKE2s".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] IDENTIFIER = "WireGuard v1 zx2c4 Jason@zx2c4.com".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NOTHING = {};

    private final SymmetricState state = new SymmetricState();
    private final byte[] initialHash = new byte[SymmetricState.HASH_LENGTH];
    private final long initialChainKey = KeyVault.allocate();
    private final long shared = KeyVault.allocate();
    private final byte[] publicKey = new byte[DhKey.LENGTH];
    private final byte[] opened = new byte[DhKey.LENGTH];

    // What the responder has read.
    private final byte[] remoteStatic = new byte[DhKey.LENGTH];
    private final byte[] remoteEphemeral = new byte[DhKey.LENGTH];
    private final byte[] timestamp = new byte[Tai64n.LENGTH];

    IkPsk2() {
        state.initialize(CONSTRUCTION, IDENTIFIER);
        state.saveTo(initialHash, initialChainKey);
    }

    private void begin(byte[] responderStatic) {
        state.restoreFrom(initialHash, initialChainKey);
        state.mixHash(responderStatic, 0, DhKey.LENGTH);
    }

    /**
     * Initiator: writes ephemeral key, sealed static key and sealed timestamp.
     *
     * @param staticStatic address of the secret shared by the two static keys
     * @param unixNanos goes into the timestamp
     */
    boolean writeInitiation(
            byte[] message,
            LocalIdentity self,
            byte[] responderStatic,
            long staticStatic,
            DhKey ephemeral,
            long unixNanos) {
        begin(responderStatic);
        writeEphemeral(ephemeral, message, Initiation.EPHEMERAL_OFFSET);
        if (!ephemeral.agree(responderStatic, 0, shared)) {
            return false;
        }
        state.mixKeyForSealing(shared);
        state.seal(self.publicBytes(), 0, DhKey.LENGTH, message, Initiation.STATIC_OFFSET);
        state.mixKeyForSealing(staticStatic);
        Tai64n.write(timestamp, 0, unixNanos);
        state.seal(timestamp, 0, Tai64n.LENGTH, message, Initiation.TIMESTAMP_OFFSET);
        return true;
    }

    /** Initiator: what is to be kept until the response comes; takes over the ephemeral key. */
    PendingInitiation pending(int localIndex, DhKey ephemeral) {
        return new PendingInitiation(localIndex, ephemeral, state);
    }

    /** Responder, first step: opens the static key, which {@link #remoteStatic} then gives. */
    boolean readInitiation(byte[] message, LocalIdentity self) {
        begin(self.publicBytes());
        readEphemeral(message, Initiation.EPHEMERAL_OFFSET);
        if (!self.privateKey().agree(remoteEphemeral, 0, shared)) {
            return false;
        }
        state.mixKeyForSealing(shared);
        return state.open(message, Initiation.STATIC_OFFSET, Initiation.SEALED_STATIC_LENGTH, remoteStatic, 0);
    }

    /** Responder, second step: opens the timestamp, which {@link #timestamp} then gives. */
    boolean readTimestamp(byte[] message, long staticStatic) {
        state.mixKeyForSealing(staticStatic);
        return state.open(message, Initiation.TIMESTAMP_OFFSET, Initiation.SEALED_TIMESTAMP_LENGTH, timestamp, 0);
    }

    /** Responder, third step: writes ephemeral key and tag. The preshared key is 32 bytes at its address. */
    boolean writeResponse(byte[] message, DhKey ephemeral, long presharedKey) {
        writeEphemeral(ephemeral, message, Response.EPHEMERAL_OFFSET);
        if (!ephemeral.agree(remoteEphemeral, 0, shared)) {
            return false;
        }
        state.mixKey(shared);
        if (!ephemeral.agree(remoteStatic, 0, shared)) {
            return false;
        }
        state.mixKey(shared);
        state.mixPresharedKey(presharedKey);
        state.seal(NOTHING, 0, 0, message, Response.EMPTY_OFFSET);
        return true;
    }

    /** Initiator, last step. The preshared key is 32 bytes at its address. */
    boolean readResponse(byte[] message, PendingInitiation pending, LocalIdentity self, long presharedKey) {
        pending.restoreTo(state);
        readEphemeral(message, Response.EPHEMERAL_OFFSET);
        if (!pending.ephemeral().agree(remoteEphemeral, 0, shared)) {
            return false;
        }
        state.mixKey(shared);
        if (!self.privateKey().agree(remoteEphemeral, 0, shared)) {
            return false;
        }
        state.mixKey(shared);
        state.mixPresharedKey(presharedKey);
        return state.open(message, Response.EMPTY_OFFSET, HandshakeMessage.TAG_LENGTH, opened, 0);
    }

    /** Both, when it is over: the initiator's sending key, then its receiving key. */
    void split(long first, long second) {
        state.split(first, second);
    }

    /** The initiator's static key, after {@link #readInitiation}. Overwritten by the next. */
    byte[] remoteStatic() {
        return remoteStatic;
    }

    /** The initiation's timestamp, after {@link #readTimestamp}. Overwritten by the next. */
    byte[] timestamp() {
        return timestamp;
    }

    /** The transcript so far, for tests. */
    SymmetricState state() {
        return state;
    }

    void wipe() {
        state.wipe();
        KeyVault.wipe(shared, KeyVault.KEY_LENGTH);
    }

    private void writeEphemeral(DhKey ephemeral, byte[] message, int offset) {
        ephemeral.publicKey(publicKey);
        System.arraycopy(publicKey, 0, message, offset, DhKey.LENGTH);
        mixEphemeral(publicKey);
    }

    private void readEphemeral(byte[] message, int offset) {
        System.arraycopy(message, offset, remoteEphemeral, 0, DhKey.LENGTH);
        mixEphemeral(remoteEphemeral);
    }

    private void mixEphemeral(byte[] key) {
        state.mixHash(key, 0, DhKey.LENGTH);
        state.mixKey(key, 0, DhKey.LENGTH);
    }

    @Override
    public void close() {
        state.close();
        KeyVault.release(initialChainKey);
        KeyVault.release(shared);
    }
}
