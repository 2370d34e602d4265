package skyawg.lab.traffic;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import skyawg.lab.Arguments;
import skyawg.lab.socket.BatchSocket;
import skyawg.protocol.names.Endpoint;
import skyawg.protocol.names.IpAddress;

/**
 * {@code lab send}: so many numbered packets at so many a second, in batches, with little processor time of its own.
 */
public final class SendCommand {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    /** Longest the sender naps between batches: 1 % of a second's packets at most come late together. */
    private static final long NAP_NANOS = 200_000;

    private static final int END_PACKETS = 20;

    private SendCommand() {}

    public static void run(Arguments arguments) throws IOException {
        Endpoint to = arguments.endpoint("--to");
        long count = arguments.number("--count");
        long rate = arguments.number("--rate", 0);
        int size = (int) arguments.number("--size", 64);
        if (size < NumberedPacket.MIN_LENGTH || size > BatchSocket.MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "--size is " + NumberedPacket.MIN_LENGTH + " to " + BatchSocket.MAX_LENGTH + ", not " + size);
        }
        IpAddress from = IpAddress.parse(arguments.text("--from", to.address().isV6() ? "::" : "0.0.0.0"));
        BatchSocket socket = new BatchSocket(Endpoint.of(from, 0));
        socket.connect(to);
        for (int i = 0; i < BatchSocket.BATCH; i++) {
            socket.setLength(i, size);
        }
        long nanos = send(socket, count, rate, size);
        end(socket, count, size);
        System.out.printf(
                "{\"sent\":%d,\"seconds\":%.3f,\"packets_per_s\":%.0f}%n",
                count, nanos / 1e9, count * 1e9 / Math.max(1, nanos));
    }

    private static long send(BatchSocket socket, long count, long rate, int size) {
        long start = System.nanoTime();
        long sent = 0;
        while (sent < count) {
            long due = rate == 0 ? count : Math.min(count, (System.nanoTime() - start) * rate / NANOS_PER_SECOND + 1);
            if (due <= sent) {
                LockSupport.parkNanos(NAP_NANOS);
                continue;
            }
            int batch = (int) Math.min(BatchSocket.BATCH, due - sent);
            for (int i = 0; i < batch; i++) {
                NumberedPacket.put(socket.payload(i), size, sent + i, count);
            }
            socket.send(batch);
            sent += batch;
        }
        return System.nanoTime() - start;
    }

    /** Several times and slowly: the receiver must not miss it. */
    private static void end(BatchSocket socket, long count, int size) {
        for (int i = 0; i < END_PACKETS; i++) {
            LockSupport.parkNanos(10_000_000);
            NumberedPacket.put(socket.payload(0), size, count, count);
            socket.send(1);
        }
    }
}
