package skyawg.protocol.noise;

import skyawg.protocol.crypto.KeyVault;
import skyawg.protocol.obfuscation.MessageType;
import skyawg.protocol.obfuscation.ObfuscationProfile;
import skyawg.protocol.wire.DatagramBatch;
import skyawg.protocol.wire.Memory;
import skyawg.protocol.wire.UdpPath;

/** Dresses finished messages for the wire, decoys ahead of an initiation, and sends them. */
final class HandshakeSender implements AutoCloseable {
    /** The largest UDP payload, rounded up: a peer's window is no larger. */
    private static final int LARGEST_DATAGRAM = 1 << 16;

    private final InterfaceState state;
    private DatagramBatch batch;
    private int[] decoyLengths;

    HandshakeSender(InterfaceState state) {
        this.state = state;
        this.batch = newBatch(state.profile());
        this.decoyLengths = new int[state.profile().decoyCount()];
    }

    /** To be called after the profile has changed: makes room for its decoys. */
    void followProfile() {
        DatagramBatch old = batch;
        batch = newBatch(state.profile());
        decoyLengths = new int[state.profile().decoyCount()];
        old.close();
    }

    private static DatagramBatch newBatch(ObfuscationProfile profile) {
        int bytes = profile.maxDecoyBytes()
                + LARGEST_DATAGRAM
                + ObfuscationProfile.DRESSING_ROOM
                + MessageType.MAX_HANDSHAKE_LENGTH;
        return new DatagramBatch(bytes, profile.decoyCount() + 1);
    }

    void sendInitiation(Peer peer, byte[] message) {
        batch.clear();
        ObfuscationProfile profile = state.profile();
        long unixSeconds = Math.floorDiv(state.unixNanos(), Constants.NANOS_PER_SECOND);
        profile.writeDecoys(batch.tail(), decoyLengths, unixSeconds, state.entropy());
        for (int length : decoyLengths) {
            batch.append(length);
        }
        dress(MessageType.INITIATION, message, peer.trailerWindow());
        state.outbox().send(peer, batch);
    }

    void sendResponse(Peer peer, byte[] message) {
        batch.clear();
        dress(MessageType.RESPONSE, message, peer.trailerWindow());
        state.outbox().send(peer, batch);
    }

    void sendCookieReply(UdpPath to, byte[] message) {
        batch.clear();
        dress(MessageType.COOKIE_REPLY, message, ObfuscationProfile.INITIAL_WINDOW);
        state.outbox().reply(to, batch);
    }

    /** Keeps the bare message at the very end of the batch's room while it is dressed. */
    private void dress(MessageType type, byte[] message, int window) {
        long bare = batch.tail() + batch.room() - type.length();
        Memory.copy(message, 0, bare, type.length());
        int length = state.profile().dressHandshake(type, bare, batch.tail(), window, state.entropy());
        KeyVault.wipe(bare, type.length());
        batch.append(length);
    }

    @Override
    public void close() {
        batch.close();
    }
}
