package skyawg.lab.clients;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * One request, one answer.
 *
 * @param request what to say
 * @param end what the answer ends with, its line ends included
 */
record HonestClient(UnixDomainSocketAddress address, String request, String end) {
    /** @return how long it took in nanoseconds, or -1 when the answer did not come */
    long ask() {
        long began = System.nanoTime();
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(address);
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8)));
            ByteBuffer part = ByteBuffer.allocate(1 << 16);
            StringBuilder answer = new StringBuilder();
            while (channel.read(part) >= 0) {
                answer.append(StandardCharsets.UTF_8.decode(part.flip()));
                part.clear();
                if (answer.toString().endsWith(end)) {
                    return System.nanoTime() - began;
                }
            }
            return -1;
        } catch (IOException e) {
            return -1;
        }
    }
}
