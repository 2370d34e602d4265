package skyawg.protocol.crypto;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import skyawg.protocol.names.Secret;
import skyawg.protocol.wire.Memory;

/**
 * Where every key that lives longer than a call is kept: cells of 32 bytes outside the heap, so that no collector
 * copies them, each zeroed when it is given back. A cell is named by its address.
 *
 * <pre>
 *   0              32       40           48         64
 *   | 32 secret bytes | state | next free | unused    |
 * </pre>
 *
 * <p>Cells come in chunks of whole pages that are never returned; {@link #watchChunks} lets the daemon pin them in
 * memory. Any thread may call it.
 */
public final class KeyVault {
    public static final int KEY_LENGTH = 32;

    private static final int CELL_LENGTH = 64;
    private static final int CHUNK_LENGTH = 64 * 1024;
    private static final int PAGE = 4096;
    private static final int STATE_OFFSET = 32;
    private static final int NEXT_OFFSET = 40;
    private static final long LIVE = 0x6c69_7665_6365_6c6cL;

    private static final Object LOCK = new Object();
    private static final List<MemorySegment> CHUNKS = new ArrayList<>();
    private static final List<ChunkWatcher> WATCHERS = new ArrayList<>();
    private static long firstFree;
    private static long liveCells;

    private KeyVault() {}

    /** Told of each chunk of cells, once. */
    @FunctionalInterface
    public interface ChunkWatcher {
        void chunk(long address, long lengthBytes);
    }

    /** A zeroed cell. Whoever asks for it gives it back by {@link #release}. */
    public static long allocate() {
        synchronized (LOCK) {
            if (firstFree == 0) {
                grow();
            }
            long cell = firstFree;
            firstFree = Memory.getLongLe(cell + NEXT_OFFSET);
            Memory.putLongLe(cell + NEXT_OFFSET, 0);
            Memory.putLongLe(cell + STATE_OFFSET, LIVE);
            liveCells++;
            return cell;
        }
    }

    /**
     * Zeroes the cell and takes it back.
     *
     * @throws IllegalStateException when the cell is not in use: it was given back before, or is no cell
     */
    public static void release(long address) {
        synchronized (LOCK) {
            if (address == 0 || address % CELL_LENGTH != 0 || Memory.getLongLe(address + STATE_OFFSET) != LIVE) {
                throw new IllegalStateException("key cell is not in use: it was released before or is no cell");
            }
            wipe(address, KEY_LENGTH);
            VarHandle.fullFence();
            Memory.putLongLe(address + STATE_OFFSET, 0);
            Memory.putLongLe(address + NEXT_OFFSET, firstFree);
            firstFree = address;
            liveCells--;
        }
    }

    /** A new cell with the secret's bytes; the secret stays the caller's to close. */
    public static long store(Secret secret) {
        long cell = allocate();
        byte[] bytes = new byte[KEY_LENGTH];
        secret.copyTo(bytes, 0);
        Memory.copy(bytes, 0, cell, KEY_LENGTH);
        Arrays.fill(bytes, (byte) 0);
        return cell;
    }

    /** In constant time. */
    public static boolean isZero(long address) {
        return (Memory.getLongLe(address)
                        | Memory.getLongLe(address + 8)
                        | Memory.getLongLe(address + 16)
                        | Memory.getLongLe(address + 24))
                == 0;
    }

    /** A copy on the heap, for output that the user asked for; the caller closes it. */
    public static Secret reveal(long address) {
        byte[] bytes = new byte[KEY_LENGTH];
        Memory.copy(address, bytes, 0, KEY_LENGTH);
        return Secret.owning(bytes);
    }

    /** Zeroes up to some hundred bytes of off-heap memory; no later store overtakes it. */
    public static void wipe(long address, int lengthBytes) {
        Memory.clearShort(address, lengthBytes);
        VarHandle.releaseFence();
    }

    /** How many cells are in use: a test that ends with more than it began with has found a leak. */
    public static long liveCells() {
        synchronized (LOCK) {
            return liveCells;
        }
    }

    /**
     * Calls the watcher for every chunk there is, at once, and for each later one before its first cell is handed out.
     */
    public static void watchChunks(ChunkWatcher watcher) {
        synchronized (LOCK) {
            WATCHERS.add(watcher);
            for (MemorySegment chunk : CHUNKS) {
                watcher.chunk(chunk.address(), chunk.byteSize());
            }
        }
    }

    private static void grow() {
        MemorySegment chunk = Arena.global().allocate(CHUNK_LENGTH, PAGE);
        CHUNKS.add(chunk);
        for (ChunkWatcher watcher : WATCHERS) {
            watcher.chunk(chunk.address(), chunk.byteSize());
        }
        for (long offset = CHUNK_LENGTH - CELL_LENGTH; offset >= 0; offset -= CELL_LENGTH) {
            long cell = chunk.address() + offset;
            Memory.putLongLe(cell + NEXT_OFFSET, firstFree);
            firstFree = cell;
        }
    }
}
