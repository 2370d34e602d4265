package skyawg.datapath.sys;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.wire.Memory;
import skyawg.protocol.wire.UdpPath;

/** The kernel's structures, byte for byte. */
final class LayoutTest {
    private final Arena arena = Arena.ofConfined();
    private final long memory = Memory.allocate(arena, 128);

    @AfterEach
    void free() {
        arena.close();
    }

    private String hex(int length) {
        byte[] bytes = new byte[length];
        Memory.copy(memory, bytes, 0, length);
        return HexFormat.of().formatHex(bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 0, 51820, 0200ca6cc00002010000000000000000",
        "2001:db8::5, 0, 443, 0a0001bb0000000020010db800000000000000000000000500000000",
        "fe80::1, 7, 1, 0a00000100000000fe80000000000000000000000000000107000000"
    })
    void socketAddress(String address, int scope, int port, String bytes) {
        Memory.fill(memory, 128, 0xee);
        int length = SockAddr.put(memory, IpAddress.parse(address), scope, port);
        assertThat(hex(length)).isEqualTo(bytes);
        assertThat(SockAddr.address(memory)).isEqualTo(IpAddress.parse(address));
        assertThat(SockAddr.port(memory)).isEqualTo(port);
        assertThat(SockAddr.scopeId(memory)).isEqualTo(scope);
        UdpPath path = UdpPath.to(IpAddress.parse(address), scope, port);
        assertThat(SockAddr.isRemoteOf(memory, path)).isTrue();
        assertThat(SockAddr.isRemoteOf(memory, UdpPath.to(path.remote(), scope, port ^ 1)))
                .isFalse();
        assertThat(SockAddr.isRemoteOf(memory, UdpPath.to(IpAddress.parse("192.0.2.2"), 0, port)))
                .isFalse();
        assertThat(SockAddr.isRemoteOf(memory, UdpPath.to(IpAddress.parse("fe80::2"), scope, port)))
                .isFalse();
    }

    @Test
    void controlMessage() {
        long value = ControlMessage.put(memory, 17, 103, 2);
        Memory.putShortLe(value, 1200);
        assertThat(hex(18)).isEqualTo("120000000000000011000000" + "67000000" + "b004");
        assertThat(ControlMessage.length(memory)).isEqualTo(18);
        assertThat(ControlMessage.level(memory)).isEqualTo(17);
        assertThat(ControlMessage.type(memory)).isEqualTo(103);
        assertThat(ControlMessage.data(memory)).isEqualTo(memory + 16);
        assertThat(ControlMessage.space(2)).isEqualTo(24);
        assertThat(ControlMessage.space(12)).isEqualTo(32);
        assertThat(ControlMessage.space(20)).isEqualTo(40);
    }

    @Test
    void pollEntryAndIoVector() {
        PollFd.set(memory, 5, PollFd.POLLIN);
        IoVec.set(memory + 8, 0x1122334455L, 9);
        assertThat(hex(24)).isEqualTo("0500000001000000" + "5544332211000000" + "0900000000000000");
    }

    @Test
    void timespec() {
        Timespec.set(memory, 2_000_000_258L);
        assertThat(hex(Timespec.SIZE)).isEqualTo("0200000000000000" + "0201000000000000");
        assertThat(Timespec.nanos(memory)).isEqualTo(2_000_000_258L);
    }

    @Test
    void textEndsWithANul() {
        Memory.fill(memory, 16, 0xee);
        CString.put(memory, "awg0");
        assertThat(hex(6)).isEqualTo("6177673000ee");
        assertThat(CString.get(memory, 16)).isEqualTo("awg0");
        assertThat(CString.get(memory, 2)).isEqualTo("aw");
    }

    @ParameterizedTest
    @CsvSource({
        "1, operation not permitted",
        "22, invalid argument",
        "98, address already in use",
        "99, cannot assign requested address",
        "101, network is unreachable",
        "105, no buffer space available",
        "123, errno 123"
    })
    void errorTexts(int errno, String text) {
        assertThat(Errno.text(errno)).isEqualTo(text);
        assertThat(new SystemCallException("do it", errno)).hasMessage("do it: " + text);
    }

    @Test
    void bootClockGoesOnAndIsNotBehindTheMonotonicClock() throws Exception {
        BootClock clock = new BootClock();
        long first = clock.nowNanos();
        clock.refresh();
        assertThat(clock.nowNanos()).isGreaterThanOrEqualTo(first);
        String uptime = Files.readString(Path.of("/proc/uptime"));
        long up = (long) (Double.parseDouble(uptime.substring(0, uptime.indexOf(' '))) * 1e9);
        assertThat(Math.abs(clock.nowNanos() - up)).isLessThan(2_000_000_000L);
    }

    @Test
    void wakeUpEndsAPollUntilItIsDrained() throws Exception {
        try (WakeUp wakeUp = new WakeUp(arena)) {
            PollFd.set(memory, wakeUp.fd(), PollFd.POLLIN);
            assertThat(LibC.poll(memory, 1, 0)).isZero();
            wakeUp.signal();
            wakeUp.signal();
            assertThat(LibC.poll(memory, 1, 0)).isEqualTo(1);
            assertThat(PollFd.returned(memory)).isEqualTo(PollFd.POLLIN);
            wakeUp.drain();
            PollFd.set(memory, wakeUp.fd(), PollFd.POLLIN);
            assertThat(LibC.poll(memory, 1, 0)).isZero();
        }
    }
}
