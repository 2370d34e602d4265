package skyawg.control.uapi;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** A client that says exactly what it is told, right or wrong, and reports raw replies as the recordings write them. */
public final class UapiExchange implements AutoCloseable {
    public static final String END = "<EOF>";
    public static final String SILENCE = "<TIMEOUT>";

    private final SocketChannel channel;

    private UapiExchange(SocketChannel channel) {
        this.channel = channel;
    }

    public static UapiExchange connect(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket));
        return new UapiExchange(channel);
    }

    /** One request, one reply. */
    public String ask(String request) throws IOException {
        send(request);
        return read();
    }

    public void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    public void send(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /** Says that nothing more will be sent; replies can still be read. */
    public void endSending() throws IOException {
        channel.shutdownOutput();
    }

    /** Up to the empty line; what came before the end of the stream, or {@link #END} if nothing did. */
    public String read() throws IOException {
        StringBuilder reply = new StringBuilder();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (channel.read(one.clear()) > 0) {
            reply.append((char) one.get(0));
            int length = reply.length();
            if (length >= 2 && reply.charAt(length - 1) == '\n' && reply.charAt(length - 2) == '\n') {
                return reply.toString();
            }
        }
        return reply.isEmpty() ? END : reply.toString();
    }

    /** As {@link #read}, but {@link #SILENCE} when nothing comes in time. The exchange is over then. */
    public String readWithin(Duration patience) throws IOException {
        Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(patience);
                channel.close();
            } catch (InterruptedException | IOException e) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            return read();
        } catch (AsynchronousCloseException e) {
            return SILENCE;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
