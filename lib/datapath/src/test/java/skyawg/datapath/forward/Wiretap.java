package skyawg.datapath.forward;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.names.Endpoint;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.names.Secret;

/**
 * A stretch of network between the two ends of a pair that the test holds in its hand: it sees every datagram and
 * decides what becomes of it.
 *
 * <pre>
 *   a  ----&gt;  | facing a |  handler  | facing b |  ----&gt;  b
 * </pre>
 */
final class Wiretap implements AutoCloseable {
    private static final int BUFFER_BYTES = 4 << 20;

    /** Told of every datagram, on the wire's thread; passes on what it wants to. */
    interface Handler {
        void datagram(boolean isFromA, byte[] datagram) throws IOException;
    }

    private final DatagramChannel facingA = open();
    private final DatagramChannel facingB = open();
    private final Selector selector = Selector.open();
    private final InetSocketAddress addressOfB;
    private final Thread thread;
    private volatile @Nullable SocketAddress addressOfA;
    private volatile Handler handler = this::pass;

    /** Moves the pair's path onto the wire. */
    Wiretap(TunnelPair pair) throws IOException {
        addressOfB = new InetSocketAddress(InetAddress.getLoopbackAddress(), pair.b.port());
        facingA.register(selector, SelectionKey.OP_READ);
        facingB.register(selector, SelectionKey.OP_READ);
        thread = Thread.ofPlatform().name("wiretap").daemon().start(this::run);
        int port = ((InetSocketAddress) facingA.getLocalAddress()).getPort();
        Endpoint endpoint = Endpoint.of(IpAddress.parse("127.0.0.1"), port);
        pair.a.apply(new Change().peer(pair.b.publicKey(), Optional.of(Secret.zero()), Optional.of(endpoint)));
    }

    private static DatagramChannel open() throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
        channel.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER_BYTES);
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        channel.configureBlocking(false);
        return channel;
    }

    void handle(Handler newHandler) {
        handler = newHandler;
    }

    /** Passes a datagram on as it is: the handler to begin with. */
    void pass(boolean isFromA, byte[] datagram) throws IOException {
        if (isFromA) {
            toB(datagram);
        } else {
            toA(datagram);
        }
    }

    /** Sends to b as if from a. Any thread. */
    void toB(byte[] datagram) throws IOException {
        facingB.send(ByteBuffer.wrap(datagram), addressOfB);
    }

    /** Sends to a as if from b; a must have sent something before. Any thread. */
    void toA(byte[] datagram) throws IOException {
        SocketAddress to = addressOfA;
        if (to != null) {
            facingA.send(ByteBuffer.wrap(datagram), to);
        }
    }

    private void run() {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        try {
            while (selector.isOpen()) {
                selector.select();
                read(facingA, true, buffer);
                read(facingB, false, buffer);
            }
        } catch (IOException | ClosedSelectorException e) {
            if (selector.isOpen()) {
                throw new IllegalStateException("the wire broke", e);
            }
        }
    }

    private void read(DatagramChannel channel, boolean isFromA, ByteBuffer buffer) throws IOException {
        while (channel.isOpen()) {
            buffer.clear();
            SocketAddress from = channel.receive(buffer);
            if (from == null) {
                return;
            }
            if (isFromA) {
                addressOfA = from;
            }
            buffer.flip();
            byte[] datagram = new byte[buffer.remaining()];
            buffer.get(datagram);
            handler.datagram(isFromA, datagram);
        }
    }

    @Override
    public void close() throws IOException {
        selector.close();
        facingA.close();
        facingB.close();
        Await.until("the wire's thread ends", () -> !thread.isAlive());
    }
}
