package skyawg.control.uapi;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import skyawg.control.socket.LineReader;
import skyawg.control.socket.LineTooLongException;
import skyawg.control.socket.LocalConnection;
import skyawg.control.socket.LocalServer;
import skyawg.protocol.names.Secret;
import skyawg.protocol.tunnel.InterfaceSnapshot;
import skyawg.protocol.tunnel.InterfaceUpdate;
import skyawg.protocol.tunnel.PeerSnapshot;
import skyawg.protocol.tunnel.TunnelRefusedException;

/** Answers the requests of one interface's clients. */
final class UapiDialogue implements LocalServer.Handler {
    private static final byte[] GET = "get=1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SET = "set=1".getBytes(StandardCharsets.US_ASCII);

    /** An answer is sent in parts of about this size, so that its reader need not wait for the whole of it. */
    private static final int PART_BYTES = 32 * 1024;

    private final TunnelInterface tunnel;
    private final ReentrantLock lock = new ReentrantLock();

    UapiDialogue(TunnelInterface tunnel) {
        this.tunnel = tunnel;
    }

    @Override
    public LocalServer.WhenFull whenFull() {
        return LocalServer.WhenFull.REPLACE_SILENT;
    }

    /** Ends at the first thing that is neither {@code get=1} nor {@code set=1}, without an answer, as the reference. */
    @Override
    public void serve(LocalConnection connection) throws IOException {
        try (TextBuffer reply = new TextBuffer()) {
            while (connection.awaitRequest()) {
                boolean goOn = answer(connection, reply);
                send(reply, connection);
                if (!goOn) {
                    return;
                }
            }
        }
    }

    /** @return false when the connection is of no more use */
    private boolean answer(LocalConnection connection, TextBuffer reply) throws IOException {
        LineReader lines = connection.lines();
        try {
            if (!lines.next() || !lines.isTerminated()) {
                return false;
            }
            if (isLine(lines, GET)) {
                get(connection, reply);
            } else if (isLine(lines, SET)) {
                set(lines);
            } else {
                return false;
            }
            reply.line(Key.ERRNO, 0).end();
            return true;
        } catch (UapiException e) {
            refuse(reply, e.number(), e.getMessage());
            return true;
        } catch (TunnelRefusedException e) {
            refuse(reply, e.reason().errno(), e.getMessage());
            return true;
        } catch (LineTooLongException e) {
            refuse(reply, Errno.EIO.number(), e.getMessage());
            return false;
        }
    }

    private void get(LocalConnection connection, TextBuffer reply) throws IOException, UapiException {
        LineReader lines = connection.lines();
        if (!lines.next() || lines.length() > 0) {
            throw new UapiException(Errno.EINVAL, "get takes nothing but an empty line");
        }
        InterfaceSnapshot snapshot;
        lock.lock();
        try {
            snapshot = tunnel.snapshot();
        } finally {
            lock.unlock();
        }
        try {
            SnapshotWriter.writeInterface(reply, snapshot);
            for (PeerSnapshot peer : snapshot.peers()) {
                SnapshotWriter.writePeer(reply, peer);
                if (reply.length() >= PART_BYTES) {
                    send(reply, connection);
                }
            }
        } finally {
            wipe(snapshot);
        }
    }

    private void set(LineReader lines) throws IOException, UapiException, TunnelRefusedException {
        try (InterfaceUpdate update = UpdateReader.read(lines)) {
            lock.lock();
            try {
                tunnel.apply(update);
            } finally {
                lock.unlock();
            }
        }
    }

    private static void send(TextBuffer reply, LocalConnection connection) throws IOException {
        connection.write(reply.bytes(), reply.length());
        reply.reset();
    }

    private static void refuse(TextBuffer reply, int errno, @Nullable String reason) {
        reply.reset();
        if (reason != null) {
            reply.line(Key.ERROR, reason.replace('\n', ' '));
        }
        reply.line(Key.ERRNO, "-" + errno).end();
    }

    private static boolean isLine(LineReader lines, byte[] expected) {
        return Arrays.equals(lines.bytes(), 0, lines.length(), expected, 0, expected.length);
    }

    private static void wipe(InterfaceSnapshot snapshot) {
        snapshot.privateKey().ifPresent(Secret::close);
        for (PeerSnapshot peer : snapshot.peers()) {
            peer.presharedKey().ifPresent(Secret::close);
        }
    }
}
