package skyawg.datapath.peer;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.wire.Memory;

/**
 * Frames from the TUN that wait for a session, oldest first. When there are too many the oldest goes. Belongs to the
 * sending thread.
 */
public final class StagedFrames {
    /** As many as the reference keeps for one peer. */
    private static final int MAX_FRAMES = 128;
    /** A frame may be a 64 KiB superpacket; nobody needs 8 MiB of them while a handshake runs. */
    private static final int MAX_BYTES = 1 << 20;

    private final ArrayDeque<byte[]> frames = new ArrayDeque<>();
    private int bytes;

    /** Copies a frame to the end; returns how many frames had to go. */
    public int add(long frame, int length) {
        byte[] copy = new byte[length];
        Memory.copy(frame, copy, 0, length);
        frames.addLast(copy);
        bytes += length;
        int dropped = 0;
        while (frames.size() > MAX_FRAMES || (bytes > MAX_BYTES && frames.size() > 1)) {
            take();
            dropped++;
        }
        return dropped;
    }

    public boolean isEmpty() {
        return frames.isEmpty();
    }

    public int size() {
        return frames.size();
    }

    /** Removes the oldest frame; null when there is none. */
    public byte @Nullable [] take() {
        byte[] frame = frames.pollFirst();
        if (frame != null) {
            bytes -= frame.length;
        }
        return frame;
    }

    public void clear() {
        frames.clear();
        bytes = 0;
    }
}
