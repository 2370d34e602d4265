package skyawg.protocol.crypto;

import java.io.FileInputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.Arrays;
import skyawg.protocol.wire.Memory;

/**
 * Cryptographically secure random numbers without a system call for each: a ChaCha20 generator with fast key erasure,
 * seeded from the kernel. Each refill makes a new key first, and what is handed out is zeroed behind it, so that a
 * later look at memory tells nothing about earlier numbers. Belongs to one thread.
 */
public final class SystemEntropy implements Entropy {
    private static final int KEY_LENGTH = KeyVault.KEY_LENGTH;
    private static final int BUFFER_BLOCKS = 64;
    private static final int BUFFER_LENGTH = BUFFER_BLOCKS * ChaCha20Block.LENGTH;
    /** The kernel's word is mixed in again after this many refills (1 MB of output). */
    private static final int REFILLS_PER_SEED = 256;

    private static final String DEVICE = "/dev/urandom";

    private final Arena arena = Arena.ofAuto();
    private final long buffer = Memory.allocate(arena, BUFFER_LENGTH);
    private final long key = Memory.allocate(arena, KEY_LENGTH);
    private final long zeroNonce = Memory.allocate(arena, ChaCha20Block.NONCE_LENGTH);
    private final byte[] seed = new byte[KEY_LENGTH];
    private int position = BUFFER_LENGTH;
    private int refillsLeft;

    @Override
    public void fill(long address, int length) {
        int done = 0;
        while (done < length) {
            int part = Math.min(length - done, available());
            Memory.copy(buffer + position, address + done, part);
            consume(part);
            done += part;
        }
    }

    @Override
    public void fill(byte[] bytes) {
        int done = 0;
        while (done < bytes.length) {
            int part = Math.min(bytes.length - done, available());
            Memory.copy(buffer + position, bytes, done, part);
            consume(part);
            done += part;
        }
    }

    @Override
    public long nextLong() {
        if (BUFFER_LENGTH - position < Long.BYTES) {
            refill();
        }
        long value = Memory.getLongLe(buffer + position);
        consume(Long.BYTES);
        return value;
    }

    @Override
    public long uniform(long low, long high) {
        return UniformNumber.draw(this, low, high);
    }

    private int available() {
        if (position == BUFFER_LENGTH) {
            refill();
        }
        return BUFFER_LENGTH - position;
    }

    private void consume(int length) {
        Memory.fill(buffer + position, length, 0);
        position += length;
    }

    private void refill() {
        if (refillsLeft == 0) {
            reseed();
            refillsLeft = REFILLS_PER_SEED;
        }
        refillsLeft--;
        ChaCha20Block.keystream(key, zeroNonce, buffer, BUFFER_BLOCKS);
        Memory.copy(buffer, key, KEY_LENGTH);
        position = 0;
        consume(KEY_LENGTH);
    }

    private void reseed() {
        try (FileInputStream device = new FileInputStream(DEVICE)) {
            if (device.readNBytes(seed, 0, KEY_LENGTH) != KEY_LENGTH) {
                throw new IllegalStateException(DEVICE + " ended early");
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + DEVICE, e);
        }
        for (int i = 0; i < KEY_LENGTH; i++) {
            Memory.putByte(key + i, Memory.getByte(key + i) ^ seed[i]);
        }
        Arrays.fill(seed, (byte) 0);
    }
}
