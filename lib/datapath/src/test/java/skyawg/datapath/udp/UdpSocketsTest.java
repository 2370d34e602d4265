package skyawg.datapath.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skyawg.datapath.sys.Errno;
import skyawg.datapath.sys.SystemCallException;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.wire.Memory;
import skyawg.protocol.wire.UdpPath;

final class UdpSocketsTest {
    private static final long DEADLINE_NANOS = 10_000_000_000L;

    private final Arena arena = Arena.ofConfined();
    private final SendBatch sending = new SendBatch(arena);
    private final ReceiveBatch receiving = new ReceiveBatch(arena);
    private final long data = Memory.allocate(arena, 1 << 16);

    @AfterEach
    void free() {
        arena.close();
    }

    private static UdpSocket socket(UdpSockets sockets, boolean isV6) {
        UdpSocket socket = sockets.family(isV6);
        if (socket == null) {
            throw new AssertionError("this machine lacks an address family");
        }
        return socket;
    }

    private int receive(UdpSocket socket) {
        long start = System.nanoTime();
        int count = receiving.receive(socket);
        while (count == 0 && System.nanoTime() - start < DEADLINE_NANOS) {
            LockSupport.parkNanos(100_000L);
            count = receiving.receive(socket);
        }
        return count;
    }

    @Test
    void portZeroIsAFreePortThatBothFamiliesShare() throws IOException {
        try (UdpSockets sockets = UdpSockets.open(0, 0, true)) {
            assertThat(sockets.port()).isPositive();
            assertThat(socket(sockets, false).port()).isEqualTo(sockets.port());
            assertThat(socket(sockets, true).port()).isEqualTo(sockets.port());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void refusesAPortThatEitherFamilyHasTaken(boolean isV6) throws IOException {
        InetAddress any = InetAddress.getByAddress(new byte[isV6 ? 16 : 4]);
        try (DatagramSocket taken = new DatagramSocket(0, any)) {
            int port = taken.getLocalPort();
            assertThatThrownBy(() -> UdpSockets.open(port, 0, true).close())
                    .isInstanceOfSatisfying(
                            SystemCallException.class,
                            e -> assertThat(e.errno()).isEqualTo(Errno.EADDRINUSE))
                    .hasMessage("bind UDP port " + port + ": address already in use");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void tellsWhereADatagramCameFromAndWhichAddressItReached(String address) throws IOException {
        IpAddress loopback = IpAddress.parse(address);
        int index = NetworkInterface.getByName("lo").getIndex();
        try (UdpSockets from = UdpSockets.open(0, 0, true);
                UdpSockets to = UdpSockets.open(0, 0, true)) {
            sending.add(UdpPath.to(loopback, 0, to.port()), data, 100, 100);
            assertThat(sending.flush(from)).isZero();
            assertThat(receive(socket(to, loopback.isV6()))).isEqualTo(1);
            assertThat(receiving.length(0)).isEqualTo(100);

            UdpPath path = receiving.path(0);
            assertThat(path).isEqualTo(new UdpPath(loopback, 0, from.port(), loopback, index));
            assertThat(receiving.cameBy(0, path)).isTrue();
            assertThat(receiving.cameBy(0, path.withoutSource())).isFalse();
            assertThat(receiving.cameBy(0, new UdpPath(loopback, 0, from.port(), loopback, index + 1)))
                    .isFalse();
            assertThat(receiving.cameBy(0, new UdpPath(loopback, 0, from.port() ^ 1, loopback, index)))
                    .isFalse();
            IpAddress other = loopback.isV6() ? IpAddress.parse("::2") : IpAddress.parse("127.0.0.2");
            assertThat(receiving.cameBy(0, new UdpPath(other, 0, from.port(), loopback, index)))
                    .isFalse();
            assertThat(receiving.cameBy(0, new UdpPath(loopback, 0, from.port(), other, index)))
                    .isFalse();
        }
    }

    @Test
    void sendsFromTheAddressThatThePeerHadReached() throws IOException {
        assertThat(sourceWhenAskedFor("127.0.0.7")).isEqualTo(IpAddress.parse("127.0.0.7"));
    }

    @Test
    void leavesTheSourceToTheRouteWhenTheAddressIsGone() throws IOException {
        assertThat(sourceWhenAskedFor("192.0.2.77")).isEqualTo(IpAddress.parse("127.0.0.1"));
    }

    /** Where a datagram over loopback comes from, when it should come from {@code source}. */
    private IpAddress sourceWhenAskedFor(String source) throws IOException {
        IpAddress loopback = IpAddress.parse("127.0.0.1");
        try (UdpSockets from = UdpSockets.open(0, 0, true);
                UdpSockets to = UdpSockets.open(0, 0, true)) {
            sending.add(new UdpPath(loopback, 0, to.port(), IpAddress.parse(source), 1), data, 10, 10);
            assertThat(sending.flush(from)).isZero();
            assertThat(receive(socket(to, false))).isEqualTo(1);
            return receiving.path(0).remote();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRunArrivesAsTheDatagramsItStandsFor(boolean offloads) throws IOException {
        int size = 100;
        int length = 10 * size + 50;
        for (int i = 0; i < length; i++) {
            Memory.putByte(data + i, i);
        }
        try (UdpSockets from = UdpSockets.open(0, 0, offloads);
                UdpSockets to = UdpSockets.open(0, 0, offloads)) {
            assertThat(socket(from, false).hasGso()).isEqualTo(offloads);
            sending.add(UdpPath.to(IpAddress.parse("127.0.0.1"), 0, to.port()), data, length, size);
            assertThat(sending.flush(from)).isZero();
            int bytes = 0;
            int datagrams = 0;
            while (bytes < length) {
                int messages = receive(socket(to, false));
                assertThat(messages).isPositive();
                for (int i = 0; i < messages; i++) {
                    int segment = receiving.segmentSize(i);
                    for (int at = 0; at < receiving.length(i); at += segment) {
                        assertThat(Memory.getByte(receiving.data(i) + at)).isEqualTo((byte) (datagrams * size));
                        datagrams++;
                    }
                    bytes += receiving.length(i);
                }
            }
            assertThat(bytes).isEqualTo(length);
            assertThat(datagrams).isEqualTo(11);
        }
    }

    @Test
    void countsWhatTheSystemDoesNotTakeAndSendsTheRest() throws IOException {
        IpAddress loopback = IpAddress.parse("127.0.0.1");
        try (UdpSockets from = UdpSockets.open(0, 0, true);
                UdpSockets to = UdpSockets.open(0, 0, true)) {
            UdpPath good = UdpPath.to(loopback, 0, to.port());
            sending.add(good, data, 10, 10);
            // Broadcast without permission, and more than a datagram takes.
            sending.add(UdpPath.to(IpAddress.parse("255.255.255.255"), 0, 9), data, 10, 10);
            sending.add(good, data, 65_508, 65_508);
            sending.add(good, data, 20, 20);
            assertThat(sending.flush(from)).isEqualTo(2);
            int[] lengths = new int[2];
            for (int i = 0; i < 2; ) {
                int messages = receive(socket(to, false));
                assertThat(messages).isPositive();
                for (int k = 0; k < messages; k++) {
                    lengths[i++] = receiving.length(k);
                }
            }
            assertThat(lengths).containsExactly(10, 20);
        }
    }
}
