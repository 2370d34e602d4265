package skyawg.datapath.tun;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import skyawg.datapath.sys.IoVec;
import skyawg.datapath.sys.WakeUp;
import skyawg.protocol.wire.Memory;

/**
 * A TUN without a kernel: the test is the system behind it. It puts frames that the tunnel reads and takes those that
 * the tunnel writes. The tunnel's threads call what {@link FramePort} names; the rest is the test's.
 */
public final class MemoryTun implements FramePort {
    private static final long PAUSE_NANOS = 100_000L;

    private final FrameRing toTunnel = new FrameRing();
    private final FrameRing fromTunnel = new FrameRing();
    private final Arena arena = Arena.ofAuto();
    private final WakeUp readable = new WakeUp(arena);
    private final boolean hasUdpOffload;
    private final Object puttingLock = new Object();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile int failure;
    private volatile boolean isHeld;

    public MemoryTun(boolean hasUdpOffload) throws IOException {
        this.hasUdpOffload = hasUdpOffload;
    }

    /** Gives the tunnel a frame to read; false when it is closed or too many wait. Any thread. */
    public boolean put(long frame, int length) {
        synchronized (puttingLock) {
            if (closed.get() || !toTunnel.offer(frame, length)) {
                return false;
            }
            readable.signal();
            return true;
        }
    }

    /** Takes a frame that the tunnel has written; 0 when there is none. One thread. */
    public int take(long frame, int capacity) {
        return fromTunnel.poll(frame, capacity);
    }

    /** True when the tunnel has read every frame. */
    public boolean isDrained() {
        return toTunnel.isEmpty();
    }

    /** Makes every read fail with this error number, as that of a link which is down; 0 ends it. */
    public void failReads(int errno) {
        synchronized (puttingLock) {
            failure = errno;
            if (!closed.get()) {
                readable.signal();
            }
        }
    }

    /** Makes the thread that reads next wait in its read, until {@link #letGo}. */
    public void hold() {
        isHeld = true;
        synchronized (puttingLock) {
            readable.signal();
        }
    }

    public void letGo() {
        isHeld = false;
    }

    public boolean isClosed() {
        return closed.get();
    }

    @Override
    public int read(long frame, int capacity) {
        while (isHeld) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        if (failure != 0) {
            return -failure;
        }
        int length = toTunnel.poll(frame, capacity);
        if (length > 0) {
            return length;
        }
        readable.drain();
        // A frame may have come since: it must stay announced.
        length = toTunnel.poll(frame, capacity);
        if (length > 0) {
            readable.signal();
        }
        return length;
    }

    @Override
    public int fd() {
        return readable.fd();
    }

    @Override
    public boolean hasUdpOffload() {
        return hasUdpOffload;
    }

    @Override
    public boolean write(long frame, int length) {
        return fromTunnel.offer(frame, length);
    }

    @Override
    public boolean writev(long iovecs, int count) {
        int length = 0;
        for (int i = 0; i < count; i++) {
            length += (int) Memory.getLongLe(iovecs + (long) i * IoVec.SIZE + 8);
        }
        return fromTunnel.offer(iovecs, count, length);
    }

    @Override
    public void close() {
        synchronized (puttingLock) {
            if (closed.compareAndSet(false, true)) {
                readable.close();
            }
        }
    }
}
