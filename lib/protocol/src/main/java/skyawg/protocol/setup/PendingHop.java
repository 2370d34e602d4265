package skyawg.protocol.setup;

import skyawg.protocol.crypto.DhKey;
import skyawg.protocol.crypto.KeyVault;
import skyawg.protocol.wire.Memory;

/** What the ingress keeps of one hop until the reply comes. Keys are in the vault. */
final class PendingHop implements AutoCloseable {
    private final PathHop hop;
    private final DhKey ephemeral;
    private final byte[] ephemeralPublic = new byte[DhKey.LENGTH];
    private final byte[] mediumTerm;
    private final byte[] hash = new byte[NoiseNk.HASH_LENGTH];
    private final long chainKey = KeyVault.allocate();
    private final long requestKey = KeyVault.allocate();
    private final long forwardLayer = KeyVault.allocate();
    private final long reverseLayer = KeyVault.allocate();

    /** Takes over the key. */
    PendingHop(PathHop hop, DhKey ephemeral) {
        this.hop = hop;
        this.ephemeral = ephemeral;
        ephemeral.publicKey(ephemeralPublic);
        mediumTerm = hop.mediumTerm().toBytes();
    }

    /** First agreement and layer keys. @return false when M is of low order */
    boolean agree(Slot slot) {
        NoiseNk noise = slot.noise();
        if (!noise.agreeFirst(ephemeral, mediumTerm, 0)) {
            return false;
        }
        Memory.copyShort(noise.chainKey(), chainKey, KeyVault.KEY_LENGTH);
        Memory.copyShort(noise.key(), requestKey, KeyVault.KEY_LENGTH);
        slot.deriveLayers(ephemeralPublic, 0, mediumTerm, forwardLayer, reverseLayer);
        return true;
    }

    /**
     * Seals the request; LF and the request's key are then done with.
     *
     * @param area at {@code offset}, its rest in place: the slot is written before it
     * @param record scratch of {@link Request#LENGTH} bytes, which the caller wipes
     */
    void seal(Slot slot, byte[] area, int offset, byte[] record) {
        NoiseNk noise = slot.noise();
        System.arraycopy(ephemeralPublic, 0, area, offset, DhKey.LENGTH);
        slot.beginTranscript(hop.node().toBytes(), mediumTerm, area, offset);
        noise.resumeKey(requestKey);
        RequestCodec.write(hop.request(), record);
        noise.seal(record, Request.LENGTH, area, offset + Slot.RECORD_OFFSET);
        System.arraycopy(noise.hash(), 0, hash, 0, NoiseNk.HASH_LENGTH);
        KeyVault.wipe(requestKey, KeyVault.KEY_LENGTH);
        KeyVault.wipe(forwardLayer, KeyVault.KEY_LENGTH);
    }

    /**
     * Opens the reply slot at {@code offset}.
     *
     * @param record receives {@link ReplyRecord#LENGTH} bytes
     * @return false when it is not genuine
     */
    boolean open(Slot slot, byte[] replySlot, int offset, byte[] record) {
        NoiseNk noise = slot.noise();
        noise.resume(hash, chainKey);
        return noise.agreeSecond(replySlot, offset, ephemeral, replySlot, offset)
                && noise.open(replySlot, offset + Slot.RECORD_OFFSET, Slot.SEALED_RECORD_LENGTH, record);
    }

    Request request() {
        return hop.request();
    }

    /** LF, until the request is sealed. */
    long forwardLayer() {
        return forwardLayer;
    }

    /** LR. */
    long reverseLayer() {
        return reverseLayer;
    }

    @Override
    public void close() {
        ephemeral.close();
        KeyVault.release(chainKey);
        KeyVault.release(requestKey);
        KeyVault.release(forwardLayer);
        KeyVault.release(reverseLayer);
    }
}
