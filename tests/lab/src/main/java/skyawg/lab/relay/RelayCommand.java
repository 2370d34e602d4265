package skyawg.lab.relay;

import java.io.IOException;
import java.lang.foreign.Arena;
import skyawg.datapath.sys.SockAddr;
import skyawg.lab.Arguments;
import skyawg.lab.socket.BatchSocket;
import skyawg.protocol.names.Endpoint;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.wire.Memory;

/**
 * {@code lab relay}: stands between one client and one server, and spoils the datagrams of both directions alike. It
 * runs until it is ended by a signal, and then prints what it did.
 *
 * <pre>
 *   client ----> --listen | back socket ----> --to (server)
 * </pre>
 */
public final class RelayCommand {
    private RelayCommand() {}

    public static void run(Arguments arguments) throws IOException, InterruptedException {
        Endpoint listen = arguments.endpoint("--listen");
        Endpoint server = arguments.endpoint("--to");
        long seed = arguments.number("--seed");
        Impairment impairment = new Impairment(
                arguments.percent("--loss"),
                arguments.percent("--duplicate"),
                arguments.percent("--corrupt"),
                arguments.percent("--reorder"),
                (int) arguments.number("--depth", 200));
        BatchSocket front = new BatchSocket(listen);
        BatchSocket back =
                new BatchSocket(Endpoint.of(IpAddress.parse(server.address().isV6() ? "::" : "0.0.0.0"), 0));
        back.connect(server);
        Client client = new Client(listen.address().isV6() ? SockAddr.IN6_LENGTH : SockAddr.IN_LENGTH);
        Direction up = new Direction(front, back, impairment, seed) {
            @Override
            void arrivedFrom(long source) {
                client.moveTo(source);
            }

            @Override
            boolean address(BatchSocket socket, int i) {
                return true;
            }
        };
        Direction down = new Direction(back, front, impairment, ~seed) {
            @Override
            void arrivedFrom(long source) {}

            @Override
            boolean address(BatchSocket socket, int i) {
                return client.address(socket, i);
            }
        };
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> System.out.printf("{\"up\":%s,\"down\":%s}%n", up.counters(), down.counters())));
        Thread upThread = Thread.ofPlatform().name("up").start(up);
        Thread.ofPlatform().name("down").daemon().start(down);
        upThread.join();
    }

    /** The client's latest address, written by the thread that hears it and read by the one that answers. */
    private static final class Client {
        private final int length;
        private final long name = Memory.allocate(Arena.global(), SockAddr.MAX_LENGTH);
        private volatile boolean known;

        Client(int length) {
            this.length = length;
        }

        void moveTo(long source) {
            Memory.copy(source, name, length);
            known = true;
        }

        boolean address(BatchSocket socket, int i) {
            if (known) {
                socket.setDestination(i, name, length);
            }
            return known;
        }
    }
}
