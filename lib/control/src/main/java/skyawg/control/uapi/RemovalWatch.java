package skyawg.control.uapi;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Tells servers when the file of their socket may have gone: one watch (inotify) for a whole directory. */
final class RemovalWatch implements AutoCloseable {
    private final WatchService service;
    private final Set<UapiServer> servers = ConcurrentHashMap.newKeySet();

    private RemovalWatch(WatchService service) {
        this.service = service;
    }

    static RemovalWatch of(Path directory) throws IOException {
        RemovalWatch watch = new RemovalWatch(directory.getFileSystem().newWatchService());
        // CREATE as well: it reports a file that was moved over ours.
        directory.register(watch.service, StandardWatchEventKinds.ENTRY_DELETE, StandardWatchEventKinds.ENTRY_CREATE);
        Thread.ofVirtual().name("watch " + directory).start(watch::run);
        return watch;
    }

    void add(UapiServer server) {
        servers.add(server);
        // It may have gone before we looked.
        server.checkInPlace();
    }

    void remove(UapiServer server) {
        servers.remove(server);
    }

    @Override
    public void close() {
        try {
            service.close();
        } catch (IOException e) {
            // The watch ends either way.
        }
    }

    private void run() {
        try {
            while (true) {
                WatchKey key = service.take();
                key.pollEvents();
                boolean directoryIsThere = key.reset();
                servers.forEach(UapiServer::checkInPlace);
                if (!directoryIsThere) {
                    return;
                }
            }
        } catch (ClosedWatchServiceException | InterruptedException e) {
            // Closed: the daemon ends.
        }
    }
}
