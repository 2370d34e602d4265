package skyawg.protocol.obfuscation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import skyawg.protocol.campaign.Campaign;
import skyawg.protocol.crypto.OffHeap;
import skyawg.protocol.crypto.SeededEntropy;
import skyawg.protocol.wire.Memory;

final class ObfuscationProfileTest {
    private static final String KEY = "header_protection_key=" + "4b".repeat(32);

    private final SeededEntropy entropy = new SeededEntropy(3);
    private final OffHeap memory = new OffHeap();
    private final long keystream = memory.allocate(ObfuscationProfile.HEADER_KEYSTREAM_ROOM);

    @AfterEach
    void freeMemory() {
        memory.close();
    }

    @Test
    void defaultsArePlainWireGuard() {
        ObfuscationProfile profile = ObfuscationProfile.compile(ParameterSet.DEFAULTS, 0);
        assertThat(profile.isPlain()).isTrue();
        assertThat(profile.sendsCookieReplies()).isTrue();
        for (MessageType type : MessageType.values()) {
            assertThat(profile.padding(type)).isZero();
            assertThat(profile.drawTypeWord(type, entropy)).isEqualTo(type.typeWord());
        }
    }

    @Test
    void decoysAndTimesLeaveTheRestPlain() {
        ParameterSet set =
                ParameterTexts.parse("jc=3", "jmin=10", "jmax=20", "rekey_timeout=4-6", "disable_cookies=1", "i1=<t>");
        ObfuscationProfile profile = ObfuscationProfile.compile(set, 0);
        assertThat(profile.isPlain()).isTrue();
        assertThat(profile.sendsCookieReplies()).isFalse();
        assertThat(profile.decoyCount()).isEqualTo(4);
    }

    @Test
    void refusesWhatTheDaemonRefuses() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ObfuscationProfile.compile(ParameterTexts.parse("h1=2"), 0))
                .withMessageContaining("overlap");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        ObfuscationProfile.compile(ParameterTexts.parse("s1=12", "s2=12", "s3=12", "s4=12", KEY), 0))
                .withMessageContaining("do not fit together");
    }

    @Test
    void drawsFromTheWholeRangeOfTypeWords() {
        ObfuscationProfile profile = ObfuscationProfile.compile(
                ParameterTexts.parse("h1=0-4294967291", "h2=4294967292", "h3=4294967293", "h4=4294967294-4294967295"),
                0);
        int above = 0;
        boolean hasChanged = false;
        int last = profile.drawTypeWord(MessageType.INITIATION, entropy);
        for (int i = 0; i < 1000; i++) {
            int word = profile.drawTypeWord(MessageType.INITIATION, entropy);
            hasChanged |= word != last;
            above += word < 0 ? 1 : 0;
            assertThat(profile.accepts(MessageType.INITIATION, word)).isTrue();
            assertThat(profile.accepts(MessageType.TRANSPORT, word)).isFalse();
        }
        assertThat(hasChanged).isTrue();
        assertThat(above).isBetween(400, 600);
        assertThat(profile.accepts(MessageType.RESPONSE, -4)).isTrue();
        assertThat(profile.accepts(MessageType.TRANSPORT, -1)).isTrue();
        assertThat(profile.accepts(MessageType.TRANSPORT, -3)).isFalse();
    }

    @Test
    void anyBytesOfAnyLengthAreTakenApartWithoutFault() {
        long datagram = memory.allocate(2048);
        Campaign.run("random datagrams", 200_000, seed -> {
            SeededEntropy seeded = new SeededEntropy(seed);
            try (CompiledProfile compiled = new CompiledProfile(GeneratedSettings.draw(seeded))) {
                int length = (int) seeded.uniform(0, 1500);
                seeded.fill(datagram, length);
                if (compiled.profile.isHeaderProtected()) {
                    compiled.profile.headerKeystream(datagram, keystream);
                }
                int candidates = compiled.profile.candidates(datagram, length, keystream);
                assertThat(candidates).isBetween(0, 15);
                if (length < 32) {
                    assertThat(candidates).isZero();
                }
            }
        });
    }

    @Test
    void theWindowOnlyGrows() {
        ObfuscationProfile profile = ObfuscationProfile.compile(ParameterTexts.parse("s4=20"), 0);
        assertThat(profile.windowAfterSend(500, 100)).isEqualTo(500);
        assertThat(profile.windowAfterSend(500, 1000)).isEqualTo(1052);
        assertThat(profile.windowAfterReceive(500, 1000)).isEqualTo(1036);
        assertThat(profile.windowAfterReceive(1052, 1000)).isEqualTo(1052);
        assertThat(profile.windowAfterSend(500, 65503)).isEqualTo(SignaturePacket.MAX_LENGTH);
    }

    @Test
    void trailersReachFromNoneToTheWindow() {
        ObfuscationProfile profile = ObfuscationProfile.compile(ParameterTexts.parse("random_trailers=1"), 0);
        long message = memory.allocate(148);
        long datagram = memory.allocate(1000);
        int least = Integer.MAX_VALUE;
        int most = 0;
        for (int i = 0; i < 20_000; i++) {
            int length = profile.dressHandshake(MessageType.INITIATION, message, datagram, 500, entropy);
            least = Math.min(least, length);
            most = Math.max(most, length);
        }
        assertThat(least).isEqualTo(148);
        assertThat(most).isEqualTo(499);
    }

    @Test
    void aMillionJunkPacketsCostLessThanASecondOfCpu() {
        ParameterSet set = ParameterTexts.parse("s1=20", "s2=20", "s3=20", "s4=20", KEY, "random_trailers=1");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long junk = memory.allocate(1 << 20);
        entropy.fill(junk, 1 << 20);
        try (CompiledProfile compiled = new CompiledProfile(set)) {
            assertThat(readJunk(compiled.profile, junk, 100_000)).isZero();
            long before = threads.getCurrentThreadCpuTime();
            assertThat(readJunk(compiled.profile, junk, 1_000_000)).isZero();
            long cpu = threads.getCurrentThreadCpuTime() - before;
            assertThat(cpu).isLessThan(1_000_000_000L);
        }
    }

    private int readJunk(ObfuscationProfile profile, long junk, int count) {
        int matches = 0;
        for (int i = 0; i < count; i++) {
            long datagram = junk + (i & 0xffff) * 8L;
            profile.headerKeystream(datagram, keystream);
            matches |= profile.candidates(datagram, 40 + (i & 0x3ff), keystream);
        }
        return matches;
    }

    @Test
    void nothingIsAllocatedPerDatagram() {
        ParameterSet set = ParameterTexts.parse(
                "s1=20",
                "s2=20",
                "s3=20",
                "s4=20",
                KEY,
                "random_trailers=1",
                "jc=3",
                "jmin=40",
                "jmax=70",
                "i1=<b 0x01><rc 3><rd 4><t>");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (CompiledProfile compiled = new CompiledProfile(set)) {
            int[] lengths = new int[compiled.profile.decoyCount()];
            long to = memory.allocate(4096);
            long message = memory.allocate(ObfuscationProfile.MESSAGE_ROOM);
            int sum = 0;
            // Rounds until one allocates nothing: before the JIT is done the interpreter makes objects, and what
            // allocates by itself does so in every round.
            long allocated = Long.MAX_VALUE;
            for (int round = 0; round < 20 && allocated >= 10_000; round++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < 10_000; i++) {
                    sum += step(compiled.profile, to, message, lengths);
                }
                allocated = threads.getCurrentThreadAllocatedBytes() - before;
            }
            assertThat(sum).isPositive();
            assertThat(allocated).as("bytes in 10 000 steps").isLessThan(10_000);
        }
    }

    private int step(ObfuscationProfile profile, long to, long message, int[] lengths) {
        Memory.putIntLe(message, profile.drawTypeWord(MessageType.INITIATION, entropy));
        int length = profile.dressHandshake(MessageType.INITIATION, message, to, 500, entropy);
        profile.headerKeystream(to, keystream);
        int candidates = profile.candidates(to, length, keystream);
        profile.unmask(MessageType.INITIATION, to, message);
        profile.writeTransportPadding(to, entropy);
        profile.maskTransportHeader(to, keystream);
        int zeros = profile.contentPadding(100, 1420, 500, entropy);
        return candidates + zeros + profile.writeDecoys(to, lengths, 1, entropy);
    }
}
