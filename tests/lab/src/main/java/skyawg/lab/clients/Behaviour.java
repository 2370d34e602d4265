package skyawg.lab.clients;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** What a hostile client does once it is connected. Each runs on a thread of its own and may block for ever. */
enum Behaviour {
    /** Connects and says nothing. */
    IDLE {
        @Override
        void act(SocketChannel channel, long amount) throws IOException {
            awaitEnd(channel);
        }
    },
    /** One byte of a line every 50 ms. */
    SLOW {
        @Override
        void act(SocketChannel channel, long amount) throws IOException, InterruptedException {
            for (int i = 0; i < Integer.MAX_VALUE; i++) {
                channel.write(ByteBuffer.wrap(new byte[] {(byte) "set=1\nprivate_key=".charAt(i % 18)}));
                Thread.sleep(50);
            }
        }
    },
    /** One line of {@code amount} bytes, without an end. */
    ENDLESS_LINE {
        @Override
        void act(SocketChannel channel, long amount) throws IOException {
            channel.write(ByteBuffer.wrap("set=1\n".getBytes(StandardCharsets.US_ASCII)));
            byte[] part = "a".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
            for (long sent = 0; sent < amount; sent += part.length) {
                channel.write(ByteBuffer.wrap(part));
            }
            awaitEnd(channel);
        }
    },
    /** Half a request, then no more output; never reads. */
    HALF_CLOSED {
        @Override
        void act(SocketChannel channel, long amount) throws IOException, InterruptedException {
            channel.write(ByteBuffer.wrap("get=1\n".getBytes(StandardCharsets.US_ASCII)));
            channel.shutdownOutput();
            Thread.sleep(Long.MAX_VALUE);
        }
    },
    /** Random bytes, {@code amount} of them. */
    BINARY {
        @Override
        void act(SocketChannel channel, long amount) throws IOException {
            Random random = new Random(amount);
            byte[] part = new byte[4096];
            for (long sent = 0; sent < amount; sent += part.length) {
                random.nextBytes(part);
                channel.write(ByteBuffer.wrap(part));
            }
            awaitEnd(channel);
        }
    },
    /** Asks again and again and never takes the answers. */
    DEAF {
        @Override
        void act(SocketChannel channel, long amount) throws IOException, InterruptedException {
            byte[] request = "get=1\n\n".getBytes(StandardCharsets.US_ASCII);
            while (true) {
                channel.write(ByteBuffer.wrap(request));
                Thread.sleep(1);
            }
        }
    };

    abstract void act(SocketChannel channel, long amount) throws IOException, InterruptedException;

    private static void awaitEnd(SocketChannel channel) throws IOException {
        ByteBuffer sink = ByteBuffer.allocate(4096);
        while (channel.read(sink) >= 0) {
            sink.clear();
        }
    }
}
