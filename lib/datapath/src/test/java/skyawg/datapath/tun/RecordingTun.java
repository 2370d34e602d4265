package skyawg.datapath.tun;

import java.util.ArrayList;
import java.util.List;
import skyawg.protocol.wire.Memory;

/** A TUN in memory: keeps every frame written to it. */
final class RecordingTun implements FrameSink {
    private final List<byte[]> frames = new ArrayList<>();

    @Override
    public boolean write(long frame, int length) {
        frames.add(InnerPackets.bytes(frame, length));
        return true;
    }

    @Override
    public boolean writev(long iovecs, int count) {
        int total = 0;
        for (int i = 0; i < count; i++) {
            total += (int) Memory.getLongLe(iovecs + 16L * i + 8);
        }
        byte[] whole = new byte[total];
        int at = 0;
        for (int i = 0; i < count; i++) {
            int length = (int) Memory.getLongLe(iovecs + 16L * i + 8);
            Memory.copy(Memory.getLongLe(iovecs + 16L * i), whole, at, length);
            at += length;
        }
        frames.add(whole);
        return true;
    }

    List<byte[]> frames() {
        return frames;
    }
}
