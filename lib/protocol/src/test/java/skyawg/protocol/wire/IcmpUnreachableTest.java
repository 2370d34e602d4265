package skyawg.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IcmpUnreachableTest {
    private static final int LONGEST = 65535;

    private final Arena arena = Arena.ofConfined();
    private final long packet = Memory.allocate(arena, LONGEST);
    private final long answer = Memory.allocate(arena, IcmpUnreachable.MAX_LENGTH);

    @AfterEach
    void close() {
        arena.close();
    }

    @Test
    void answersAnEchoRequest() {
        // 10.0.0.1 pings 10.9.0.7, 4 bytes of data.
        int length = put("4500 0020 0000 4000 4001 0000 0a000001 0a090007 0800 0000 0001 0001 61626364");
        int total = IcmpUnreachable.answer(packet, length, answer);
        assertThat(total).isEqualTo(20 + 8 + length);
        assertThat(hex(answer, 10)).isEqualTo("45c0003c000000004001");
        assertThat(hex(answer + 12, 8)).isEqualTo("0a0900070a000001");
        assertThat(hex(answer + 20, 2)).isEqualTo("0301");
        assertThat(hex(answer + 24, 4)).isEqualTo("00000000");
        assertThat(hex(answer + 28, length)).isEqualTo(hex(packet, length));
        assertThat(Checksum.fold(Checksum.add(0, answer, 20))).isEqualTo(0xffff);
        assertThat(Checksum.fold(Checksum.add(0, answer + 20, total - 20))).isEqualTo(0xffff);
    }

    @Test
    void answersAnIpv6Datagram() {
        int length = put("60000000 0009 11 40" + "fd000000000000000000000000000001" + "fd990000000000000000000000000007"
                + "1234 0035 0009 0000 61");
        int total = IcmpUnreachable.answer(packet, length, answer);
        assertThat(total).isEqualTo(40 + 8 + length);
        assertThat(hex(answer, 8)).isEqualTo("60000000" + "0039" + "3a" + "40");
        assertThat(hex(answer + 8, 32))
                .isEqualTo("fd990000000000000000000000000007" + "fd000000000000000000000000000001");
        assertThat(hex(answer + 40, 2)).isEqualTo("0103");
        long sum = Checksum.pseudoHeader(answer, true, 58, total - 40);
        assertThat(Checksum.fold(Checksum.add(sum, answer + 40, total - 40))).isEqualTo(0xffff);
    }

    @Test
    void quotesNoMoreThanFits() {
        put("4500 ffff 0000 4000 4006 0000 0a000001 0a090007 0050 0051");
        assertThat(IcmpUnreachable.answer(packet, LONGEST, answer)).isEqualTo(576);
        put("60000000 0000 06 40" + "fd000000000000000000000000000001" + "fd990000000000000000000000000007"
                + "00500051");
        assertThat(IcmpUnreachable.answer(packet, LONGEST, answer)).isEqualTo(1280);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // an ICMP error; one cut off before its type
                "4500 0024 0000 4000 4001 0000 0a000001 0a090007 0301 0000 0000 0000 00000000",
                "4500 0014 0000 4000 4001 0000 0a000001 0a090007",
                // a later fragment
                "4500 001c 0000 0001 4011 0000 0a000001 0a090007 0000 0000 0000 0000",
                // to a group, to everybody; from nobody, from loopback
                "4500 001c 0000 4000 4011 0000 0a000001 e0000001 0000 0000 0000 0000",
                "4500 001c 0000 4000 4011 0000 0a000001 ffffffff 0000 0000 0000 0000",
                "4500 001c 0000 4000 4011 0000 00000000 0a090007 0000 0000 0000 0000",
                "4500 001c 0000 4000 4011 0000 7f000001 0a090007 0000 0000 0000 0000",
                // IPv6: an error, to a group, from the unspecified address, from loopback
                "60000000 0004 3a 40 fd000000000000000000000000000001 fd990000000000000000000000000007 0103 0000",
                "60000000 0004 3a 40 fd000000000000000000000000000001 ff020000000000000000000000000001 8000 0000",
                "60000000 0004 11 40 00000000000000000000000000000000 fd990000000000000000000000000007 0000 0000",
                "60000000 0004 11 40 00000000000000000000000000000001 fd990000000000000000000000000007 0000 0000",
                // no IP at all, and too little of it
                "9500 001c 0000 0000 4011 0000 0a000001 0a090007 0000 0000 0000 0000",
                "4500 001c 0000 0000 4011"
            })
    void staysSilentWhereAnAnswerIsForbidden(String words) {
        assertThat(IcmpUnreachable.answer(packet, put(words), answer)).isZero();
    }

    @Test
    void neverAnswersItsOwnAnswers() {
        Random random = new Random(17);
        int answered = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[20 + random.nextInt(80)];
            random.nextBytes(bytes);
            bytes[0] = (byte) (random.nextBoolean() ? 0x45 : 0x60);
            Memory.copy(bytes, 0, packet, bytes.length);
            int total = IcmpUnreachable.answer(packet, bytes.length, answer);
            if (total > 0) {
                answered++;
                Memory.copy(answer, packet, total);
                assertThat(IcmpUnreachable.answer(packet, total, answer)).isZero();
            }
        }
        assertThat(answered).isGreaterThan(1000);
    }

    private int put(String words) {
        byte[] bytes = HexFormat.of().parseHex(words.replace(" ", ""));
        Memory.copy(bytes, 0, packet, bytes.length);
        return bytes.length;
    }

    private static String hex(long at, int length) {
        byte[] bytes = new byte[length];
        Memory.copy(at, bytes, 0, length);
        return HexFormat.of().formatHex(bytes);
    }
}
