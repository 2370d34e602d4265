package skyawg.protocol.crypto;

import java.lang.foreign.Arena;
import skyawg.protocol.wire.Memory;

/**
 * ChaCha20 block after block in plain Java, the key in the vault: slow, but it allocates nothing and leaves nothing.
 */
final class BlockwiseStreamCipher implements StreamCipher {
    private static final int BLOCK = ChaCha20Block.LENGTH;

    private final Arena arena = Arena.ofAuto();
    private final long stream = Memory.allocate(arena, BLOCK);
    private long key = KeyVault.allocate();

    BlockwiseStreamCipher(long keyAddress) {
        Memory.copyShort(keyAddress, key, KEY_LENGTH);
    }

    @Override
    public void xor(int noncePrefix, long nonceRest, long at, int length) {
        if (key == 0) {
            throw new IllegalStateException("cipher context is closed");
        }
        for (int done = 0, number = 0; done < length; done += BLOCK, number++) {
            ChaCha20Block.block(key, number, noncePrefix, (int) nonceRest, (int) (nonceRest >>> 32), stream);
            xorBlock(at + done, Math.min(BLOCK, length - done));
        }
        KeyVault.wipe(stream, BLOCK);
    }

    private void xorBlock(long at, int length) {
        int done = 0;
        for (; done <= length - Long.BYTES; done += Long.BYTES) {
            Memory.putLongLe(at + done, Memory.getLongLe(at + done) ^ Memory.getLongLe(stream + done));
        }
        for (; done < length; done++) {
            Memory.putByte(at + done, Memory.getByte(at + done) ^ Memory.getByte(stream + done));
        }
    }

    @Override
    public void close() {
        if (key != 0) {
            KeyVault.release(key);
            key = 0;
        }
    }
}
