package skyawg.datapath.tun;

/** What takes frames: the TUN, or in tests a list. */
public interface FrameSink {
    /** Writes one frame; false when it was not taken. */
    boolean write(long frame, int length);

    /** Writes one frame that lies in {@code count} pieces; false when it was not taken. */
    boolean writev(long iovecs, int count);
}
