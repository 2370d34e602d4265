package skyawg.datapath.tun;

/** Where frames come from and go to: the TUN, or in tests two queues. */
public interface FramePort extends FrameSink, AutoCloseable {
    /** Reads one frame without waiting; 0 when there is none, below 0 the negative error number. */
    int read(long frame, int capacity);

    /** Readable when there is a frame to read. */
    int fd();

    /** Takes UDP superpackets. */
    boolean hasUdpOffload();

    @Override
    void close();
}
