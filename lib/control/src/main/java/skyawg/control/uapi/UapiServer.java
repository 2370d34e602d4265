package skyawg.control.uapi;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import skyawg.control.socket.LocalServer;

/** One interface's UAPI socket, being served: see {@link UapiDirectory#serve}. */
public final class UapiServer implements AutoCloseable {
    private static final Logger LOG = System.getLogger(UapiServer.class.getName());

    private final LocalServer server;
    private final Path link;
    private final RemovalWatch watch;
    private final Runnable whenRemoved;
    private final AtomicBoolean ended = new AtomicBoolean();

    UapiServer(LocalServer server, Path link, RemovalWatch watch, Runnable whenRemoved) {
        this.server = server;
        this.link = link;
        this.watch = watch;
        this.whenRemoved = whenRemoved;
    }

    public Path path() {
        return server.file().path();
    }

    /** Removes the socket's file and its link and ends every connection. */
    @Override
    public void close() {
        if (ended.compareAndSet(false, true)) {
            watch.remove(this);
            unlink();
            server.close();
        }
    }

    /** Called by the watch when something in the directory has changed. */
    void checkInPlace() {
        if (!server.file().isInPlace() && ended.compareAndSet(false, true)) {
            watch.remove(this);
            unlink();
            server.close();
            whenRemoved.run();
        }
    }

    /** Lets stock {@code wg} in. Where another WireGuard has the name, only {@code awg} finds the interface. */
    void link() {
        try {
            if (Files.isSymbolicLink(link)) {
                Files.delete(link);
            }
            Files.createSymbolicLink(link, path());
        } catch (FileAlreadyExistsException e) {
            LOG.log(Level.WARNING, () -> link + ": belongs to someone else: wg will not find this interface, awg will");
        } catch (IOException e) {
            LOG.log(Level.WARNING, () -> link + ": wg will not find this interface: " + e);
        }
    }

    private void unlink() {
        try {
            if (Files.isSymbolicLink(link) && Files.readSymbolicLink(link).equals(path())) {
                Files.delete(link);
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, () -> link + ": cannot be removed: " + e);
        }
    }
}
