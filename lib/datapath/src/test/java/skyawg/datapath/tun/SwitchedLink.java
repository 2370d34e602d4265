package skyawg.datapath.tun;

/** A link that the test sets up and down; the tunnel must be told to look. */
public final class SwitchedLink implements LinkView {
    private volatile boolean exists = true;
    private volatile boolean isUp;
    private volatile int mtu;

    public SwitchedLink(int mtu) {
        this.mtu = mtu;
    }

    public void set(boolean up) {
        isUp = up;
    }

    public void setMtu(int bytes) {
        mtu = bytes;
    }

    public void remove() {
        exists = false;
    }

    @Override
    public boolean exists() {
        return exists;
    }

    @Override
    public boolean isUp() {
        return exists && isUp;
    }

    @Override
    public int mtu() {
        return exists ? mtu : 0;
    }

    @Override
    public void close() {
        exists = false;
    }
}
