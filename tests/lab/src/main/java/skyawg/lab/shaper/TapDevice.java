package skyawg.lab.shaper;

import java.io.IOException;
import skyawg.datapath.sys.LibC;
import skyawg.datapath.tun.CloneDevice;

/**
 * One end of a link: an Ethernet interface whose frames this process reads and writes, wherever it is moved. It has no
 * offloads, so that each frame is one that would be on a real wire. Disappears when closed.
 */
final class TapDevice implements AutoCloseable {
    private final String name;
    private final int fd;

    /** Makes the interface in the process's network namespace. */
    TapDevice(String name) throws IOException {
        this.name = name;
        fd = CloneDevice.attach(name, CloneDevice.IFF_TAP | CloneDevice.IFF_NO_PI);
    }

    /** As it was made; whoever moves it may give it another. */
    String name() {
        return name;
    }

    int fd() {
        return fd;
    }

    /** Reads one frame without waiting. @return its length, 0 for none, below 0 when the interface is gone */
    int read(long frame, int capacity) {
        return CloneDevice.read(fd, frame, capacity);
    }

    /** False when the interface is down or gone. */
    boolean write(long frame, int length) {
        return LibC.write(fd, frame, length) == length;
    }

    @Override
    public void close() {
        LibC.close(fd);
    }
}
