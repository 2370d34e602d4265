package skyawg.datapath.tun;

import java.lang.foreign.Arena;
import java.util.concurrent.atomic.AtomicLong;
import skyawg.datapath.sys.IoVec;
import skyawg.protocol.wire.Memory;

/**
 * Frames on their way from one thread to another, outside the heap: nothing is allocated, so that a test can ask the
 * threads under test what they have allocated. A full ring refuses.
 *
 * <pre>
 *   | length, or SKIP to the ring's end | frame ... | to a multiple of 8
 * </pre>
 */
final class FrameRing {
    private static final int CAPACITY = 4 << 20;
    private static final int HEADER_LENGTH = 8;
    private static final int SKIP = -1;

    private final Arena arena = Arena.ofAuto();
    private final long ring = Memory.allocate(arena, CAPACITY);
    private final AtomicLong head = new AtomicLong();
    private final AtomicLong tail = new AtomicLong();

    boolean offer(long frame, int length) {
        long to = claim(length);
        if (to == 0) {
            return false;
        }
        Memory.copy(frame, to, length);
        commit(length);
        return true;
    }

    /** Puts one frame that lies in pieces. */
    boolean offer(long iovecs, int count, int length) {
        long to = claim(length);
        if (to == 0) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            long iovec = iovecs + (long) i * IoVec.SIZE;
            long pieceLength = Memory.getLongLe(iovec + 8);
            Memory.copy(Memory.getLongLe(iovec), to, pieceLength);
            to += pieceLength;
        }
        commit(length);
        return true;
    }

    /** Takes the oldest frame; 0 when there is none. */
    int poll(long to, int capacity) {
        long position = head.getPlain();
        if (position == tail.getAcquire()) {
            return 0;
        }
        int length = Memory.getIntLe(at(position));
        if (length == SKIP) {
            position += CAPACITY - position % CAPACITY;
            length = Memory.getIntLe(at(position));
        }
        if (length > capacity) {
            throw new IllegalStateException("a frame of " + length + " bytes where there is room for " + capacity);
        }
        Memory.copy(at(position) + HEADER_LENGTH, to, length);
        head.setRelease(position + space(length));
        return length;
    }

    boolean isEmpty() {
        return head.getAcquire() == tail.getAcquire();
    }

    /** Where the frame goes; 0 when it does not fit now. */
    private long claim(int length) {
        long position = tail.getPlain();
        long rest = CAPACITY - position % CAPACITY;
        long skipped = rest < space(length) ? rest : 0;
        if (position + skipped + space(length) - head.getAcquire() > CAPACITY) {
            return 0;
        }
        if (skipped > 0) {
            Memory.putIntLe(at(position), SKIP);
            position += skipped;
        }
        Memory.putIntLe(at(position), length);
        return at(position) + HEADER_LENGTH;
    }

    private void commit(int length) {
        long position = tail.getPlain();
        long rest = CAPACITY - position % CAPACITY;
        long skipped = rest < space(length) ? rest : 0;
        tail.setRelease(position + skipped + space(length));
    }

    private long at(long position) {
        return ring + position % CAPACITY;
    }

    private static int space(int length) {
        return HEADER_LENGTH + ((length + 7) & ~7);
    }
}
