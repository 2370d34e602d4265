package skyawg.protocol.noise;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The UDP payloads over IPv4 in a capture file of Ethernet frames, with their source ports, in order. */
final class Capture {
    private static final int FILE_HEADER = 24;
    private static final int FRAME_HEADER = 16;
    private static final int ETHERNET_HEADER = 14;
    private static final int UDP_HEADER = 8;
    private static final int IPV4 = 0x0800;
    private static final int UDP = 17;

    /** One datagram. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Datagram(int sourcePort, byte[] payload) {}

    private Capture() {}

    static List<Datagram> read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.getInt(0) != 0xa1b2c3d4) {
            throw new IOException("not a little-endian capture with microseconds: " + file);
        }
        List<Datagram> datagrams = new ArrayList<>();
        int position = FILE_HEADER;
        while (position < bytes.limit()) {
            int length = bytes.getInt(position + 8);
            ByteBuffer frame = bytes.slice(position + FRAME_HEADER, length).order(ByteOrder.BIG_ENDIAN);
            if (frame.getShort(12) == IPV4 && frame.get(ETHERNET_HEADER + 9) == UDP) {
                int udp = ETHERNET_HEADER + 4 * (frame.get(ETHERNET_HEADER) & 0xf);
                byte[] payload = new byte[(frame.getShort(udp + 4) & 0xffff) - UDP_HEADER];
                frame.get(udp + UDP_HEADER, payload);
                datagrams.add(new Datagram(frame.getShort(udp) & 0xffff, payload));
            }
            position += FRAME_HEADER + length;
        }
        return datagrams;
    }
}
