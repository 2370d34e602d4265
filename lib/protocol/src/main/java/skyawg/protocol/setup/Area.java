package skyawg.protocol.setup;

import java.lang.foreign.Arena;
import java.util.Arrays;
import skyawg.protocol.crypto.ChaCha20Block;
import skyawg.protocol.crypto.KeyVault;
import skyawg.protocol.wire.Memory;

/**
 * The nested part of a set-up (area A) or of its reply (area B): 6 slots of 144 bytes, and what a hop does to them with
 * the key stream {@code ChaCha20(key, 12 zero bytes)} of its layer.
 *
 * <pre>
 *   | slot 0 | slot 1 | ... | slot 5 |
 *   |  144   |         rest 720      |
 *
 *   peel     A' = (A[144..863] | 144 zeros) XOR stream(LF)      hop, set-up
 *   wrap     B' = (slot | B[0..719]) XOR stream(LR)             hop, reply
 * </pre>
 *
 * <p>The stream is in off-heap scratch memory, wiped after each use. One thread at a time.
 */
final class Area {
    static final int SLOT_LENGTH = 144;
    static final int SLOTS = 6;
    static final int LENGTH = SLOTS * SLOT_LENGTH;
    static final int REST_LENGTH = LENGTH - SLOT_LENGTH;

    private static final int BLOCKS = (LENGTH + ChaCha20Block.LENGTH - 1) / ChaCha20Block.LENGTH;
    private static final int STREAM_LENGTH = BLOCKS * ChaCha20Block.LENGTH;

    private final Arena arena = Arena.ofAuto();
    private final long stream = Memory.allocate(arena, STREAM_LENGTH + ChaCha20Block.NONCE_LENGTH);
    private final long zeroNonce = stream + STREAM_LENGTH;

    /** @param area the whole area, at {@code offset}; changed in place */
    void peel(long layerKey, byte[] area, int offset) {
        System.arraycopy(area, offset + SLOT_LENGTH, area, offset, REST_LENGTH);
        Arrays.fill(area, offset + REST_LENGTH, offset + LENGTH, (byte) 0);
        xor(layerKey, 0, area, offset, LENGTH);
    }

    /** @param area the whole area, at {@code offset}; changed in place, its last slot is pushed out */
    void wrap(long layerKey, byte[] slot, byte[] area, int offset) {
        System.arraycopy(area, offset, area, offset + SLOT_LENGTH, REST_LENGTH);
        System.arraycopy(slot, 0, area, offset, SLOT_LENGTH);
        xor(layerKey, 0, area, offset, LENGTH);
    }

    /**
     * XORs bytes with the part of the layer's stream that begins at {@code streamOffset}.
     *
     * @param length so that the part ends within the 864 bytes of an area
     */
    void xor(long layerKey, int streamOffset, byte[] bytes, int offset, int length) {
        ChaCha20Block.keystream(layerKey, zeroNonce, stream, BLOCKS);
        for (int i = 0; i < length; i++) {
            bytes[offset + i] ^= Memory.getByte(stream + streamOffset + i);
        }
        KeyVault.wipe(stream, STREAM_LENGTH);
    }
}
