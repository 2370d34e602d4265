package skyawg.awgd;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import skyawg.control.uapi.UapiDirectory;
import skyawg.control.uapi.UapiServer;
import skyawg.datapath.forward.Tunnel;
import skyawg.datapath.sys.NetlinkMonitor;
import skyawg.datapath.tunnel.DirectIngress;

/**
 * The interfaces of this process. One that loses its socket file or its network interface is closed; unless
 * {@code staysWithoutInterfaces} the last one takes the daemon with it. Any thread may call.
 */
final class Daemon implements NetlinkMonitor.Listener, AutoCloseable {
    /** The daemon ends: whoever wants an interface starts another. */
    static final class EndingException extends IOException {
        private static final long serialVersionUID = 1L;

        EndingException() {
            super("the daemon is ending");
        }
    }

    static final class NameInUseException extends IOException {
        private static final long serialVersionUID = 1L;

        NameInUseException(String name) {
            super("interface " + name + " is there already");
        }
    }

    /** Told of interfaces that come and go. Called with no lock held. */
    interface Listener {
        void added(String name);

        void removed(String name);
    }

    /** Makes the tunnel behind an interface. */
    @FunctionalInterface
    interface TunnelMaker {
        /** @param whenGone as in {@link Tunnel#create} */
        Tunnel make(String name, Runnable whenGone) throws IOException;
    }

    private record Served(Tunnel tunnel, UapiServer uapi) {}

    private final TunnelMaker maker;
    private final BooleanSupplier staysWithoutInterfaces;
    private final UapiDirectory directory;
    private final NetlinkMonitor monitor;
    private final Map<String, Served> interfaces = new LinkedHashMap<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable Listener listener;
    private volatile DirectIngress direct = new DirectIngress();
    private volatile Runnable routesListener = () -> {};
    private boolean isClosed;

    /** @param directory where the sockets go; the daemon's to close */
    Daemon(UapiDirectory directory, TunnelMaker maker, BooleanSupplier staysWithoutInterfaces) throws IOException {
        this.directory = directory;
        this.maker = maker;
        this.staysWithoutInterfaces = staysWithoutInterfaces;
        this.monitor = new NetlinkMonitor(this);
        monitor.start();
    }

    /** Sets who is told when the kernel's routes have changed, beside the interfaces; there is one. */
    void setRoutesListener(Runnable newListener) {
        routesListener = newListener;
    }

    /** Sets what takes packets of the interfaces' peers before the kernel does; before there is any interface. */
    void setDirectIngress(DirectIngress ingress) {
        direct = ingress;
    }

    /** Sets who is told of interfaces that come and go; there is one. */
    void setListener(Listener newListener) {
        listener = newListener;
    }

    /** Makes an interface and serves its socket; returns when the socket answers. */
    void add(String name) throws IOException {
        open(name);
        Listener told = listener;
        if (told != null) {
            told.added(name);
        }
    }

    private synchronized void open(String name) throws IOException {
        if (isClosed) {
            throw new EndingException();
        }
        if (interfaces.containsKey(name)) {
            throw new NameInUseException(name);
        }
        Tunnel tunnel = maker.make(name, () -> Thread.startVirtualThread(() -> remove(name)));
        direct.add(tunnel);
        try {
            UapiServer uapi = directory.serve(name, new ServedTunnel(tunnel), () -> remove(name));
            interfaces.put(name, new Served(tunnel, uapi));
        } catch (IOException | RuntimeException e) {
            direct.remove(tunnel);
            tunnel.close();
            throw e;
        }
    }

    /** Ends an interface; nothing happens when there is none of that name. */
    void remove(String name) {
        Served served;
        boolean isLast;
        synchronized (this) {
            served = interfaces.remove(name);
            isLast = interfaces.isEmpty() && !staysWithoutInterfaces.getAsBoolean();
            isClosed |= served != null && isLast;
        }
        if (served != null) {
            close(served);
            Listener told = listener;
            if (told != null) {
                told.removed(name);
            }
            if (isLast) {
                ended.countDown();
            }
        }
    }

    /** Ends the daemon if nothing keeps it: a reason to stay has gone. */
    void endIfIdle() {
        synchronized (this) {
            if (!interfaces.isEmpty() || staysWithoutInterfaces.getAsBoolean()) {
                return;
            }
            isClosed = true;
        }
        ended.countDown();
    }

    synchronized List<String> names() {
        return List.copyOf(interfaces.keySet());
    }

    synchronized @Nullable Tunnel find(String name) {
        Served served = interfaces.get(name);
        return served == null ? null : served.tunnel();
    }

    /** Waits until the daemon has no reason to stay. */
    void awaitEnd() throws InterruptedException {
        ended.await();
    }

    private void close(Served served) {
        served.uapi().close();
        direct.remove(served.tunnel());
        served.tunnel().close();
    }

    private synchronized List<Served> served() {
        return new ArrayList<>(interfaces.values());
    }

    @Override
    public void linkChanged() {
        for (Served served : served()) {
            served.tunnel().linkChanged();
        }
    }

    @Override
    public void routesChanged() {
        for (Served served : served()) {
            served.tunnel().routesChanged();
        }
        routesListener.run();
    }

    /** Removes every interface. */
    @Override
    public void close() {
        List<Served> all;
        synchronized (this) {
            isClosed = true;
            all = new ArrayList<>(interfaces.values());
            interfaces.clear();
        }
        all.forEach(this::close);
        monitor.close();
        directory.close();
        ended.countDown();
    }
}
