package skyawg.datapath.tun;

/** Frames that are one packet each. One thread. */
public final class WholeFrame implements FrameCutter {
    private long packet;
    private int length;
    private boolean isNext;

    @Override
    public boolean begin(long frame, int frameLength) {
        packet = frame;
        length = frameLength;
        isNext = true;
        return true;
    }

    @Override
    public boolean next() {
        boolean isThere = isNext;
        isNext = false;
        return isThere;
    }

    @Override
    public long packet() {
        return packet;
    }

    @Override
    public int length() {
        return length;
    }
}
