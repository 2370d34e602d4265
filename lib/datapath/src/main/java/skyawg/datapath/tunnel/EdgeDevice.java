package skyawg.datapath.tunnel;

import java.lang.foreign.Arena;
import org.jspecify.annotations.Nullable;
import skyawg.datapath.forward.EventCounters;
import skyawg.datapath.forward.Worker;
import skyawg.datapath.sys.PollFd;
import skyawg.datapath.tun.Coalescer;
import skyawg.datapath.tun.FramePort;
import skyawg.datapath.tun.Segmenter;
import skyawg.datapath.tun.VirtioHeader;
import skyawg.protocol.wire.IpHeader;
import skyawg.protocol.wire.Memory;

/**
 * A network interface at the mesh's edge: {@code sky0} at an ingress, {@code skyx0} at an egress. What the kernel sends
 * through it is cut into packets and given to the edge; packets out of tunnels are collected, rows of them as one, and
 * written at the end of the batch.
 *
 * <p>The packet thread's, but for the counters and {@link #close}.
 */
public final class EdgeDevice implements Worker, AutoCloseable {
    /** Frames taken before others have their turn. */
    private static final int MAX_FRAMES = 64;

    /** After a read failed: the link is down, and nothing says when it is up again. */
    private static final long PAUSE_NANOS = 500_000_000L;

    private final TunnelEnds node;
    private final FramePort port;
    private final Arena arena = Arena.ofAuto();
    private final long frame = Memory.allocate(arena, Segmenter.FRAME_LENGTH);
    private final long answer = Memory.allocate(arena, VirtioHeader.SIZE + ANSWER_LENGTH);
    private final Segmenter segmenter = new Segmenter(arena);
    private final Coalescer coalescer;
    private final EventCounters<TunnelDrop> drops = new EventCounters<>(TunnelDrop.class);
    private @Nullable PacketTaker taker;
    private long pausedUntilNanos;

    /** Room for {@link #answer()}. */
    static final int ANSWER_LENGTH = 1500;

    /** @param port the device's from now on */
    public EdgeDevice(TunnelEnds node, FramePort port) {
        this.node = node;
        this.port = port;
        this.coalescer = new Coalescer(arena, port.hasUdpOffload());
    }

    /** Says who takes what comes; before the device is opened. */
    void setTaker(PacketTaker packets) {
        taker = packets;
    }

    /** How often packets were dropped here for this reason. Any thread. */
    public long drops(TunnelDrop reason) {
        return drops.get(reason);
    }

    void drop(TunnelDrop reason) {
        drops.count(reason);
    }

    /** Gives the kernel a packet, which stays as it is until {@link #flush}. */
    void deliver(long packet, int length) {
        coalescer.add(packet, length);
        if (coalescer.isFull()) {
            flush();
        }
    }

    /** Where a packet of up to {@link #ANSWER_LENGTH} bytes is made for {@link #sendAnswer}. */
    long answer() {
        return answer + VirtioHeader.SIZE;
    }

    /** Gives the kernel the packet in {@link #answer()} at once. */
    void sendAnswer(int length) {
        VirtioHeader.put(answer, VirtioHeader.GSO_NONE, 0, 0, 0, 0);
        if (!port.write(answer, VirtioHeader.SIZE + length)) {
            drops.count(TunnelDrop.DEVICE_REFUSED);
        }
    }

    void flush() {
        int refused = coalescer.flush(port);
        if (refused > 0) {
            drops.count(TunnelDrop.DEVICE_REFUSED, refused);
        }
    }

    @Override
    public int descriptors() {
        return 1;
    }

    @Override
    public void watch(long pollFds) {
        PollFd.set(pollFds, pausedUntilNanos == 0 ? port.fd() : -1, PollFd.POLLIN);
    }

    @Override
    public long wakeNanos() {
        return pausedUntilNanos == 0 ? NEVER : pausedUntilNanos;
    }

    @Override
    public int doWork(long pollFds, long nowNanos) {
        if (pausedUntilNanos != 0) {
            if (nowNanos - pausedUntilNanos < 0) {
                return 0;
            }
            pausedUntilNanos = 0;
        } else if (PollFd.returned(pollFds) == 0) {
            return 0;
        }
        int frames = 0;
        while (frames < MAX_FRAMES) {
            int length = port.read(frame, Segmenter.FRAME_LENGTH);
            if (length < 0) {
                pausedUntilNanos = nowNanos + PAUSE_NANOS;
            }
            if (length <= 0) {
                break;
            }
            frames++;
            cut(length, nowNanos);
        }
        if (frames > 0) {
            node.flushSends();
        }
        return frames;
    }

    private void cut(int frameLength, long nowNanos) {
        PacketTaker present = taker;
        if (present == null || !segmenter.begin(frame, frameLength)) {
            drops.count(TunnelDrop.MALFORMED);
            return;
        }
        while (segmenter.next()) {
            int length = IpHeader.packetLength(segmenter.packet(), segmenter.length());
            if (length < 0) {
                drops.count(TunnelDrop.MALFORMED);
            } else {
                present.take(segmenter.packet(), length, nowNanos);
            }
        }
    }

    /** Closes the interface; the packet thread must have let go of it. */
    @Override
    public void close() {
        port.close();
    }
}
