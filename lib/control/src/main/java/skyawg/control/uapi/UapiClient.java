package skyawg.control.uapi;

import java.io.File;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import skyawg.control.socket.LineReader;
import skyawg.protocol.tunnel.InterfaceSnapshot;
import skyawg.protocol.tunnel.InterfaceUpdate;

/**
 * Asks the daemons behind a directory of UAPI sockets, ours or any other. Requests block; one thread at a time.
 *
 * <p>Every command of the tools starts here, so nothing is loaded that a short-lived process can do without.
 */
public final class UapiClient {
    /** A daemon's line may be longer than a tool's: I packets of 64 KiB are written in hex. */
    private static final int LINE_LIMIT_BYTES = 1 << 20;

    private static final String SUFFIX = ".sock";

    private final Path directory;

    public UapiClient() {
        this(UapiDirectory.AMNEZIAWG);
    }

    public UapiClient(Path directory) {
        this.directory = directory;
    }

    /** The names of the interfaces that a daemon answers for, sorted. Sockets that nobody listens on are removed. */
    public List<String> interfaces() {
        String[] files = directory.toFile().list();
        List<String> names = new ArrayList<>();
        if (files == null) {
            return names;
        }
        Arrays.sort(files);
        for (String file : files) {
            if (file.endsWith(SUFFIX) && file.length() > SUFFIX.length()) {
                String name = file.substring(0, file.length() - SUFFIX.length());
                if (isThere(name)) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    /** True unless nobody listens: an interface that we may not ask is there. */
    private boolean isThere(String name) {
        try {
            connect(name).close();
            return true;
        } catch (UapiException e) {
            return e.number() != Errno.ENODEV.number();
        } catch (IOException e) {
            return true;
        }
    }

    /**
     * What the interface is. The caller closes the secrets in it.
     *
     * @throws UapiException ENODEV when no daemon answers for the name, EACCES when this user may not ask, EPROTO when
     *     the answer cannot be read, else what the daemon says
     */
    public InterfaceSnapshot get(String interfaceName) throws UapiException {
        try (TextBuffer request = new TextBuffer();
                SocketChannel channel = connect(interfaceName);
                LineReader lines = new LineReader(channel, LINE_LIMIT_BYTES)) {
            send(channel, request.line("get", 1).end());
            return SnapshotReader.read(lines, interfaceName);
        } catch (IOException e) {
            throw new UapiException(Errno.EIO, e.getMessage());
        }
    }

    /** Applies an update. @throws UapiException as {@link #get}; with our daemons nothing has changed then */
    public void set(String interfaceName, InterfaceUpdate update) throws UapiException {
        try (TextBuffer request = new TextBuffer();
                SocketChannel channel = connect(interfaceName);
                LineReader lines = new LineReader(channel, LINE_LIMIT_BYTES)) {
            UpdateWriter.write(request, update);
            send(channel, request);
            Reply.toSet(lines);
        } catch (IOException e) {
            throw new UapiException(Errno.EIO, e.getMessage());
        }
    }

    private static void send(SocketChannel channel, TextBuffer request) throws IOException {
        // Off the heap: a heap buffer would be copied through one that is never wiped.
        ByteBuffer staging = ByteBuffer.allocateDirect(request.length());
        try {
            staging.put(request.bytes(), 0, request.length()).flip();
            while (staging.hasRemaining()) {
                channel.write(staging);
            }
        } finally {
            staging.clear();
            staging.put(new byte[staging.capacity()]);
        }
    }

    private SocketChannel connect(String interfaceName) throws UapiException, IOException {
        if (interfaceName.isEmpty() || interfaceName.indexOf('/') >= 0 || interfaceName.indexOf('\0') >= 0) {
            throw new UapiException(Errno.ENODEV, null);
        }
        Path path = directory.resolve(interfaceName + SUFFIX);
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(path));
            return channel;
        } catch (IOException e) {
            channel.close();
            throw unreachable(path.toFile(), e.getMessage());
        }
    }

    /** What the C library's errno was is only in the exception's words. */
    private static UapiException unreachable(File file, @Nullable String words) {
        String text = String.valueOf(words);
        if (text.contains("Permission denied")) {
            return new UapiException(Errno.EACCES, null);
        }
        if (text.contains("Connection refused")) {
            file.delete(); // the daemon is gone and left it behind
        }
        return new UapiException(Errno.ENODEV, null);
    }
}
