package skyawg.awgd.mesh;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import skyawg.protocol.names.IpAddress;

/** This machine's addresses, looked up again when something may have changed, a few times a second at most. */
final class OwnAddresses {
    private static final System.Logger LOG = System.getLogger(OwnAddresses.class.getName());
    private static final long GAP_NANOS = 200_000_000L;

    private final Consumer<List<IpAddress>> taker;
    private final AtomicBoolean isLooking = new AtomicBoolean();

    /** @param taker called on a thread of its own */
    OwnAddresses(Consumer<List<IpAddress>> taker) {
        this.taker = taker;
    }

    /** All addresses of this machine now. */
    static List<IpAddress> now() throws SocketException {
        List<IpAddress> own = new ArrayList<>();
        for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
            for (InetAddress address : each.inetAddresses().toList()) {
                own.add(IpAddress.of(address.getAddress()));
            }
        }
        return own;
    }

    /** Something may have changed. Any thread; it returns at once. */
    void lookAgain() {
        if (isLooking.compareAndSet(false, true)) {
            Thread.ofVirtual().name("own addresses").start(this::look);
        }
    }

    private void look() {
        LockSupport.parkNanos(GAP_NANOS);
        isLooking.set(false); // what changes from here on is looked up once more
        try {
            taker.accept(now());
        } catch (SocketException e) {
            LOG.log(System.Logger.Level.WARNING, "this machine's addresses cannot be listed", e);
        }
    }
}
