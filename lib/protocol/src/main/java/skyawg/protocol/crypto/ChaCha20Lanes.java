package skyawg.protocol.crypto;

import java.lang.foreign.Arena;
import skyawg.protocol.wire.Memory;

/**
 * Header protection for a batch: the first 16 bytes of ChaCha20 key stream (block 0) for many nonces under one key. An
 * instance belongs to one thread.
 */
public final class ChaCha20Lanes {
    /** Bytes of key stream made for each nonce: a transport header's length. */
    public static final int STREAM_LENGTH = 16;

    private final Arena arena = Arena.ofAuto();
    private final long block = Memory.allocate(arena, ChaCha20Block.LENGTH);

    /**
     * Writes 16 bytes of key stream to {@code out + 16 * i} for each nonce.
     *
     * @param keyAddress 32 bytes
     * @param nonces {@code count} nonces of 12 bytes, one behind the other
     */
    public void headers(long keyAddress, long nonces, int count, long out) {
        for (int i = 0; i < count; i++) {
            ChaCha20Block.keystream(keyAddress, nonces + 12L * i, block, 1);
            Memory.copy(block, out + 16L * i, STREAM_LENGTH);
        }
    }
}
