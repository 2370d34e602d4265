package skyawg.datapath.tun;

/** A frame as a row of packets, one at a time and in place. A packet is valid until the next one. One thread. */
public interface FrameCutter {
    /**
     * Starts on a frame of {@code frameLength} bytes.
     *
     * @return false when it is malformed; {@link #next} is then false as well
     */
    boolean begin(long frame, int frameLength);

    /** Moves to the next packet; false after the last one. */
    boolean next();

    /** Where the present packet begins. */
    long packet();

    /** The present packet's length in bytes. */
    int length();
}
