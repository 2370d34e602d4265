package skyawg.control.uapi;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import skyawg.control.socket.LineReader;
import skyawg.protocol.tunnel.InterfaceSnapshot;
import skyawg.protocol.tunnel.InterfaceUpdate;

/** The texts of the protocol from and to strings. */
public final class UapiText {
    private UapiText() {}

    /** What a get answers, without the errno. */
    public static String of(InterfaceSnapshot snapshot) {
        try (TextBuffer out = new TextBuffer()) {
            SnapshotWriter.writeInterface(out, snapshot);
            snapshot.peers().forEach(peer -> SnapshotWriter.writePeer(out, peer));
            return string(out);
        }
    }

    /** A whole set request. */
    public static String of(InterfaceUpdate update) {
        try (TextBuffer out = new TextBuffer()) {
            UpdateWriter.write(out, update);
            return string(out);
        }
    }

    /** Reads a set request behind its first line. */
    public static InterfaceUpdate readUpdate(byte[] text) throws UapiException, IOException {
        try (LineReader lines = lines(text)) {
            return UpdateReader.read(lines);
        }
    }

    /** Reads an answer to get, errno included. */
    public static InterfaceSnapshot readSnapshot(byte[] text, String name) throws UapiException, IOException {
        try (LineReader lines = lines(text)) {
            return SnapshotReader.read(lines, name);
        }
    }

    private static LineReader lines(byte[] text) {
        return new LineReader(Channels.newChannel(new ByteArrayInputStream(text)), 65_535);
    }

    private static String string(TextBuffer out) {
        return new String(out.bytes(), 0, out.length(), StandardCharsets.UTF_8);
    }
}
